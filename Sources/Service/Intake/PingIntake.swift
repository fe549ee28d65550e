import Feeds
import Ingestion
import Logging
import Storage
import TransitModel

/// The whole way of trackers' pings into the live state: admit, decode, journal, move the engine,
/// acknowledge.
///
/// Asks no actor and waits for nothing but the disk, so that as many senders as there are connections
/// share each commit. The next publication shows what their pings changed.
final class PingIntake: Sendable {
    /// Where the engine finds what has come.
    let inbox = EngineInbox()
    /// How answers get back to the connections of the fast lane.
    let relay = AnswerRelay()
    /// What has come in, counted.
    let account = IntakeAccount()
    private let gate: Gate
    private let stores: Stores
    private let showcase: Showcase
    private let clock: @Sendable () -> Timestamp
    private let logger: Logger

    init(
        _ stores: Stores, showcase: Showcase, limits: IngestLimits,
        clock: @escaping @Sendable () -> Timestamp, logger: Logger
    ) {
        gate = Gate(stores.devices, limits: limits, clock: clock)
        self.stores = stores
        self.showcase = showcase
        self.clock = clock
        self.logger = logger
        stores.writer.afterEachCommit { [relay, inbox] in
            relay.handOver()
            inbox.announce()
        }
    }

    /// Takes a request in and tells `sender` what came of it, once the pings are on the disk.
    ///
    /// `sender` is called on the thread that commits, or before this returns. Nothing may be written
    /// before ``begin()`` is called, which is to be done once for all requests that came together.
    func take(
        _ request: IngestRequest, then sender: @escaping @Sendable (IngestAnswer) -> Void
    ) {
        do {
            let reading = try read(request)
            try requireReadiness()
            keep(reading.batch.pings, signed: reading.sequence) { [self] result in
                sender(answer(to: request.form, reading.batch, result))
            }
        } catch {
            sender(refusal(error))
        }
    }

    /// Has what was taken in written to the disk.
    func begin() { stores.writer.begin() }

    /// Takes a request in and answers once the pings are on the disk.
    func take(_ request: IngestRequest) async -> IngestAnswer {
        await withCheckedContinuation { sender in
            take(request) { sender.resume(returning: $0) }
            begin()
        }
    }

    /// Takes the pings of a source in; answers for each whether it is new, once all are on the disk.
    @discardableResult
    func keep(_ pings: [Ping]) async throws -> [Bool] {
        try requireReadiness()
        let result = await withCheckedContinuation { sender in
            keep(pings, signed: nil) { sender.resume(returning: $0) }
            begin()
        }
        return try result.get()
    }

    private func requireReadiness() throws(IngestRefusal) {
        guard showcase.published != nil else { throw .notReady }
    }

    private func keep(
        _ pings: [Ping], signed sequence: MessageSequence?,
        then done: @escaping @Sendable (JournalWriter.Answer) -> Void
    ) {
        guard !pings.isEmpty || sequence != nil else { return done(.success([])) }
        let begun = ContinuousClock.now
        stores.writer.submit(pings, signed: sequence) { [self] result in
            let isFailing = account.note {
                $0.noteCommit(ContinuousClock.now - begun)
                return $0.failingSince != nil
            }
            switch result {
            case .success(let isNew):
                if isFailing { reportTrouble(nil) }
                inbox.put(pings.only(isNew))
            case .failure(let fault) where fault.isTroubleOfTheDisk:
                if !isFailing { reportTrouble(fault) }
                // Riders are told all the same; the sender comes again, and then the pings are known.
                inbox.put(pings)
            case .failure: break
            }
            done(result)
        }
    }

    /// Says in the log when pings cannot be kept any more, and when they can again.
    private func reportTrouble(_ fault: StorageFault?) {
        let isNews = account.note { $0.note(isFailing: fault != nil, at: clock()) }
        guard isNews else { return }
        if let fault {
            logger.error("pings cannot be kept, so trackers are told to send again: \(fault)")
        } else {
            logger.notice("pings are kept again")
        }
    }

    // MARK: - Reading

    /// What a request comes to.
    private struct Reading {
        var batch: PingBatch
        var sequence: MessageSequence?
    }

    private func read(_ request: IngestRequest) throws -> Reading {
        switch request.form {
        case .native: try readNative(request)
        case .osmAnd:
            try read(request) { settings, now in
                try OsmAndDecoder.decode(
                    query: request.query, body: request.body, settings: settings, receivedAt: now)
            }
        case .traccar:
            try read(request) { settings, now in
                try TraccarDecoder.decode(request.body, settings: settings, receivedAt: now)
            }
        }
    }

    private func readNative(_ request: IngestRequest) throws -> Reading {
        let sender = try gate.admit(request)
        let body = try Gzip.inflate(request.body, limit: request.form.mostBytes)
        var batch = try NativePingDecoder.decode(
            body, vehicleID: sender.device.vehicleID, settings: sender.device.settings,
            receivedAt: clock())
        if sender.device.vehicleID == nil { try leaveOutUnknownVehicles(of: &batch) }
        return Reading(batch: batch, sequence: request.sequence)
    }

    /// A gateway speaks for registered vehicles alone, so that made-up ones cannot fill the memory.
    private func leaveOutUnknownVehicles(of batch: inout PingBatch) throws {
        let pings = batch.pings
        batch.pings = []
        for (index, ping) in pings.enumerated() {
            if try stores.devices.knows(vehicleID: ping.vehicleID) {
                batch.pings.append(ping)
            } else {
                batch.rejections.append(RejectedPing(index: index, reason: .unknownVehicle(ping)))
            }
        }
    }

    /// Reads a form in which devices name themselves.
    ///
    /// Phones that cannot send headers give their token as their own name.
    private func read(
        _ request: IngestRequest, _ decode: (WireSettings, Timestamp) throws -> DeviceReport
    ) throws -> Reading {
        let now = clock()
        let report = try decode(WireSettings(), now)
        var request = request
        if case .none = request.credentials, request.form == .osmAnd {
            request.credentials = .token(Array(report.deviceID.utf8))
        }
        let sender = try gate.admit(request).device
        let device = try stores.devices.device(id: report.deviceID)?.device
        guard let vehicleID = sender.vehicleID ?? device?.vehicleID else {
            throw IngestRefusal.unknownDevice(report.deviceID)
        }
        let wire = sender.vehicleID == nil ? device?.wire ?? "" : ""
        let settings = wire.isEmpty ? sender.settings : WireSettings(lenient: wire)
        let rightly = settings == WireSettings() ? report : try decode(settings, now)
        return Reading(batch: rightly.batch(of: vehicleID), sequence: request.sequence)
    }

    // MARK: - Answering

    private func answer(
        to form: IngestRequest.Form, _ batch: PingBatch, _ result: JournalWriter.Answer
    ) -> IngestAnswer {
        do {
            let receipt = PingReceipt(batch, isNew: try result.get())
            account.note { $0.note(receipt) }
            guard !receipt.speaksForOthersOnly else {
                throw PingFault(.otherVehicle, receipt.rejected.first?.reason ?? "")
            }
            return form == .native ? IngestAnswer(receipt) : .done
        } catch {
            return refusal(error)
        }
    }

    private func refusal(_ error: any Error) -> IngestAnswer {
        let refusal = Refusal(ingesting: error)
        account.note { $0.note(refusal: String(refusal.problem.status)) }
        return IngestAnswer(refusal)
    }
}

extension IngestRequest {
    /// The number of a signed message.
    fileprivate var sequence: MessageSequence? {
        guard case .signature(let signature) = credentials else { return nil }
        return MessageSequence(deviceID: signature.deviceID, number: signature.sequence)
    }
}

extension Device {
    /// How it writes.
    fileprivate var settings: WireSettings { WireSettings(lenient: wire) }
}

extension WireSettings {
    /// Reads what was checked when the device was let in.
    fileprivate init(lenient text: String) {
        self = text.isEmpty ? WireSettings() : (try? WireSettings(text)) ?? WireSettings()
    }
}

extension PingFault {
    fileprivate static func unknownVehicle(_ ping: Ping) -> PingFault {
        PingFault(.otherVehicle, "vehicle \(ping.vehicleID) has no device: add one first")
    }
}

extension StorageFault {
    /// Whether nothing is wrong with what was sent.
    fileprivate var isTroubleOfTheDisk: Bool {
        switch kind {
        case .replayed, .refused, .overloaded: false
        default: true
        }
    }
}

extension [Ping] {
    /// Those of which it is said.
    fileprivate func only(_ isNew: [Bool]) -> [Ping] {
        isNew.allSatisfy { $0 } ? self : zip(self, isNew).filter(\.1).map(\.0)
    }
}
