public import Ingestion
public import Logging
public import TransitModel

/// Pings that a broker hands on over MQTT 3.1.1.
///
/// Subscribes with QoS 1, and acknowledges messages only once the sink has kept their pings. While
/// the sink works nothing more is read, so that a broker that sends faster waits. When the sink
/// fails twice the connection is dropped unacknowledged; a broker that knows us by
/// ``Settings/clientID`` then sends the same messages again, as it does after any break. Without
/// one, what is sent while we are away is missed.
public final class MQTTSource: PingSource {
    /// What the messages hold.
    public enum Payload: Hashable, Sendable {
        /// High-frequency positioning of HSL.
        case hfp
        /// Our own JSON, of the vehicle that the topic's last level names unless the message names
        /// one itself; with `onlyTopic` it may not name another.
        case native(onlyTopic: Bool)
    }

    /// Patience and manners towards the broker.
    public struct Settings: Sendable {
        /// What the messages hold.
        public var payload: Payload
        /// The name under which the broker keeps messages while we are away; nil for a session that
        /// ends with the connection.
        public var clientID: String?
        /// What the senders do otherwise than the format says.
        public var wire = WireSettings()
        /// How long the broker may take to let us in.
        public var timeout = Duration.seconds(10)
        /// How long to wait when the sink has failed.
        public var sinkPause = Duration.seconds(1)
        /// Pauses between connections.
        public var backoff = Backoff()
        /// A file with the certificates to trust; nil for the system's.
        var authorities: String?

        /// Makes the settings for a payload.
        public init(payload: Payload) { self.payload = payload }
    }

    /// What the source is called in logs and figures.
    public var name: String { tally.name }
    private let address: MQTTAddress
    private let settings: Settings
    private let now: @Sendable () -> Timestamp
    private let tally: SourceTally

    /// Makes a source that is not connected yet.
    ///
    /// - Parameters:
    ///   - url: Broker and topic, `mqtt://` or `mqtts://`. Topics of HFP begin with the `/` of the
    ///     path, others behind it.
    ///   - name: What the source is called in logs and figures.
    ///   - settings: Patience and manners.
    ///   - now: The clock that says when a message was received.
    ///   - logger: Where oddities go.
    /// - Throws: When the text is no such URL.
    public init(
        url: String, name: String = "mqtt", settings: Settings,
        now: @escaping @Sendable () -> Timestamp, logger: Logger
    ) throws(ServiceFault) {
        address = try MQTTAddress(url)
        self.settings = settings
        self.now = now
        tally = SourceTally(name: name, logger: logger)
    }

    /// What has come in so far.
    public var figures: SourceFigures { tally.figures }

    /// Listens until cancelled.
    public func run(into sink: @escaping @Sendable ([Ping]) async throws -> Void) async throws {
        var backoff = settings.backoff
        while !Task.isCancelled {
            let start = ContinuousClock.now
            let fault = await follow(into: sink)
            let steady = figures.isConnected ? (ContinuousClock.now - start) / .seconds(1) : 0
            tally.disconnected()
            guard !Task.isCancelled else { return }
            let pause = backoff.pause(afterSuccessOf: steady)
            tally.failed(fault, pause: pause)
            try? await Task.sleep(for: pause)
        }
    }

    /// Keeps one connection up and says why it ended.
    private func follow(
        into sink: @Sendable ([Ping]) async throws -> Void
    ) async -> SourceFault {
        do {
            let connection = MQTTConnection(login, filter: filter)
            let deadline = ContinuousClock.now + settings.timeout
            try await abandonable(within: settings.timeout) { try await connection.open() }
            while !Task.isCancelled {
                // Before anything is received, so that the broker hears from us first.
                try await connection.acknowledge()
                let arrival = try await connection.receive()
                if arrival.isSubscribed { tally.connected(to: address) }
                guard arrival.isSubscribed || .now < deadline else { throw noAnswer }
                try await take(arrival, into: sink)
            }
            return SourceFault(.closed, "told to stop")
        } catch {
            return fault(error)
        }
    }

    private func take(
        _ arrival: MQTTConnection.Arrival, into sink: @Sendable ([Ping]) async throws -> Void
    ) async throws {
        tally.count("oversized", arrival.oversized)
        guard !arrival.messages.isEmpty else { return }
        let receivedAt = now()
        tally.heard(arrival.messages.count, at: receivedAt)
        var pings: [Ping] = []
        var faults: [PingFault] = []
        for message in arrival.messages {
            do throws(PingFault) {
                let batch = try settings.payload.decode(
                    message, settings.wire, receivedAt: receivedAt)
                pings += batch.pings
                faults += batch.rejections.map(\.reason)
            } catch {
                faults.append(error)
            }
        }
        tally.note(faults)
        if !pings.isEmpty { try await deliver(pings, into: sink) }
    }

    private func deliver(
        _ pings: [Ping], into sink: @Sendable ([Ping]) async throws -> Void
    ) async throws {
        do {
            try await sink(pings)
        } catch {
            try await Task.sleep(for: settings.sinkPause)
            do {
                try await sink(pings)
            } catch {
                if settings.clientID == nil { tally.lost(pings.count) }
                throw SourceFault(.unkept, "pings could not be kept: \(error)")
            }
        }
        tally.kept(pings.count)
    }
}

extension MQTTSource {
    private var login: Mosquitto.Login {
        Mosquitto.Login(
            host: address.host, port: address.port, user: address.user,
            password: address.password, isSecure: address.isSecure,
            authorities: settings.authorities, clientID: settings.clientID)
    }

    private var filter: String {
        switch settings.payload {
        case .hfp: address.path
        case .native: String(address.path.dropFirst())
        }
    }

    private var noAnswer: SourceFault {
        SourceFault(.unreachable, "\(address) did not answer in time")
    }

    private func fault(_ error: any Error) -> SourceFault {
        switch error {
        case let fault as SourceFault: fault
        case let fault as MosquittoFault:
            figures.isConnected
                ? SourceFault(.closed, "the connection to \(address) ended: \(fault)")
                : SourceFault(.unreachable, "\(address) cannot be reached: \(fault)")
        case is CancellationError: noAnswer
        default: SourceFault(.closed, "\(address): \(error)")
        }
    }
}
