import Geometry
import Synchronization
import Testing
import TransitModel

@testable import Service

@Suite(.serialized, .timeLimit(.minutes(5)), .enabled(if: MosquittoBroker.isInstalled))
struct `A source over MQTT` {
    private static let arrival = Timestamp(unix: 1_782_087_273)

    private let book = LogBook()
    private let collector = PingCollector()

    private func settings(_ payload: MQTTSource.Payload = .native(onlyTopic: false))
        -> MQTTSource.Settings
    {
        var settings = MQTTSource.Settings(payload: payload)
        settings.sinkPause = .milliseconds(1)
        settings.backoff = Backoff(bounds: 0.001...0.002)
        return settings
    }

    private func source(_ url: String, _ settings: MQTTSource.Settings? = nil) throws -> MQTTSource
    {
        try MQTTSource(
            url: url, settings: settings ?? self.settings(), now: { Self.arrival },
            logger: book.logger)
    }

    /// Runs a source at a broker until the body is through.
    private func listening(
        to topic: String = "buses/%23", at broker: MosquittoBroker,
        _ settings: MQTTSource.Settings? = nil, into collector: PingCollector? = nil,
        _ body: (MQTTSource) async throws -> Void
    ) async throws {
        let source = try source(broker.url(topic), settings)
        let collector = collector ?? self.collector
        try await alongside {
            try await source.run { try collector.take($0) }
        } _: {
            try await eventually("a connection") { source.figures.connections > 0 }
            try await body(source)
        }
        #expect(!source.figures.isConnected)
    }

    private func ping(_ second: Int, of vehicle: String? = nil) -> String {
        let name = vehicle.map { #""vehicle_id":"\#($0)","# } ?? ""
        return "{\(name)\"timestamp\":\(1_782_087_200 + second),"
            + #""latitude":-0.934401,"longitude":100.398153,"speed_mps":7.5}"#
    }

    @Test func `our own JSON is of the vehicle that the topic names`() async throws {
        let broker = try await MosquittoBroker()
        try await listening(at: broker) { source in
            try broker.publish(ping(1), to: "buses/46")
            try broker.publish("[\(ping(2)),\(ping(3))]", to: "buses/7")
            try await eventually("three pings") { source.figures.pings == 3 }
            #expect(source.figures.messages == 2)
            #expect(source.figures.connections == 1)
            #expect(source.figures.lastMessageAt == Self.arrival)
        }
        #expect(collector.pings.map(\.vehicleID) == ["46", "7", "7"])
        let first = try #require(collector.pings.first)
        #expect(first.coordinate == Coordinate(latitude: -0.934401, longitude: 100.398153))
        #expect(first.timestamp == Timestamp(unix: 1_782_087_201))
        #expect(first.receivedAt == Self.arrival)
        #expect(first.speed == 7.5)
        #expect(book.lines == [])
    }

    @Test func `HFP is taken under its own topics`() async throws {
        let broker = try await MosquittoBroker()
        let topic = "hfp/v2/journey/ongoing/vp/bus/0055/01216/1069/1/Malmi/07:20/1130106/2/60;24/19"
        try await listening(to: "hfp/v2/journey/ongoing/vp/%23", at: broker, settings(.hfp)) { _ in
            try broker.publish(
                #"{"VP":{"dir":"1","oper":22,"veh":1216,"tst":"2026-06-22T00:14:31.000Z","#
                    + #""spd":6.25,"hdg":354,"lat":60.174436,"long":24.934122,"route":"1069"}}"#,
                to: "/" + topic)
            try await eventually("a ping") { collector.pings.count == 1 }
        }
        #expect(collector.pings.first?.vehicleID == "0055/01216")
        #expect(collector.pings.first?.routeID == "1069")
    }

    @Test func `what cannot be used is counted, and logged once a kind`() async throws {
        let broker = try await MosquittoBroker()
        try await listening(at: broker) { source in
            for _ in 1...2 {
                try broker.publish("off", to: "buses/46")
                try broker.publish(#"{"timestamp":1782087201}"#, to: "buses/46")
            }
            try broker.publish(ping(1), to: "buses/46")
            try await eventually("the ping") { source.figures.pings == 1 }
            #expect(source.figures.notices == ["unreadable": 2, "missing": 2])
        }
        #expect(book.lines.count == 2)
    }

    @Test func `a message is acknowledged only once its pings are kept`() async throws {
        let broker = try await MosquittoBroker()
        var settings = settings()
        settings.clientID = "transpadang-test"
        // Twice two attempts fail, and twice the connection is dropped for it.
        let collector = PingCollector(failing: 4)
        try await listening(at: broker, settings, into: collector) { source in
            try broker.publish(ping(1), to: "buses/46")
            try await eventually("the ping") { source.figures.pings == 1 }
            #expect(source.figures.faults == ["unkept": 2])
            #expect(source.figures.lostPings == 0)
            #expect(source.figures.messages == 3)
        }
        #expect(collector.pings.count == 1)
    }

    @Test func `what a broker keeps for us is there when we are back`() async throws {
        let broker = try await MosquittoBroker()
        var settings = settings()
        settings.clientID = "transpadang-test"
        try await listening(at: broker, settings) { _ in }
        for second in 0..<50 { try broker.publish(ping(second), to: "buses/46") }
        try await listening(at: broker, settings) { source in
            try await eventually("all pings") { source.figures.pings == 50 }
        }
        #expect(collector.pings.map { Int($0.timestamp.seconds) - 1_782_087_200 } == Array(0..<50))
    }

    @Test func `a message is not acknowledged while the sink works`() async throws {
        let broker = try await MosquittoBroker()
        var settings = settings()
        settings.clientID = "transpadang-test"
        let source = try source(broker.url("buses/%23"), settings)
        let hasBegun = Mutex(false)
        try await alongside {
            try await source.run { _ in
                hasBegun.withLock { $0 = true }
                try await Task.sleep(for: .seconds(1000))
            }
        } _: {
            try await eventually("a connection") { source.figures.connections > 0 }
            try broker.publish(ping(1), to: "buses/46")
            try await eventually("the sink") { hasBegun.withLock { $0 } }
        }
        try await listening(at: broker, settings) { source in
            try await eventually("the same ping") { source.figures.pings == 1 }
        }
    }

    @Test func `without a name of ours pings that cannot be kept are lost`() async throws {
        let broker = try await MosquittoBroker()
        try await listening(at: broker, into: PingCollector(failing: 2)) { source in
            try broker.publish(ping(1), to: "buses/46")
            try await eventually("a loss") { source.figures.lostPings == 1 }
        }
    }

    @Test func `comes back after the broker was away`() async throws {
        let broker = try await MosquittoBroker()
        try await listening(at: broker) { source in
            broker.stop()
            try await eventually("failures") { source.figures.faults["unreachable"] ?? 0 > 1 }
            #expect(source.figures.faults["closed"] == 1)
            #expect(!source.figures.isConnected)
            try await broker.start()
            try await eventually("another connection") { source.figures.connections == 2 }
            try broker.publish(ping(1), to: "buses/46")
            try await eventually("a ping") { collector.pings.count == 1 }
        }
        #expect(book.lines.count == 2)
    }

    @Test(arguments: [
        ("bus:wrong@", "buses/%23", "authori"), ("", "buses/%23", "authori"),
        ("nobody:hush@", "a", "authori"),
    ])
    func `a broker that does not let us in is told once, without the password`(
        user: String, topic: String, words: String
    ) async throws {
        let broker = try await MosquittoBroker()
        let source = try source(broker.url(topic, user: user))
        try await alongside {
            try await source.run { _ in }
        } _: {
            try await eventually("refusals") { source.figures.faults["refused"] ?? 0 > 2 }
        }
        #expect(book.lines.count == 1)
        #expect(book.lines.first?.contains(words) == true, "\(book.lines)")
        #expect(!book.lines.joined().contains("hush") && !book.lines.joined().contains("wrong"))
    }

    @Test(.enabled(if: Certificate.canBeMade))
    func `an encrypted broker is heard when its certificate is trusted`() async throws {
        let broker = try await MosquittoBroker(isSecure: true)
        var settings = settings()
        settings.authorities = broker.certificate
        try await listening(at: broker, settings) { _ in
            try broker.publish(ping(1), to: "buses/46")
            try await eventually("a ping") { collector.pings.count == 1 }
        }
    }

    @Test(.enabled(if: Certificate.canBeMade))
    func `an encrypted broker that nobody vouches for is not`() async throws {
        let broker = try await MosquittoBroker(isSecure: true)
        let source = try source(broker.url("buses/%23"))
        try await alongside {
            try await source.run { _ in }
        } _: {
            try await eventually("failures") { source.figures.faults["unreachable"] ?? 0 > 1 }
        }
        #expect(source.figures.connections == 0)
        #expect(book.lines.count == 1)
    }

    @Test func `many messages at once all arrive, in order`() async throws {
        let broker = try await MosquittoBroker()
        // A broker keeps a thousand for who is slow, and drops the rest.
        let all = (0..<900).map { ping($0) }
        try await listening(at: broker) { source in
            try broker.publish(lines: all, to: "buses/46")
            try await eventually("all pings") { source.figures.pings == 900 }
        }
        #expect(
            collector.pings.map { Int($0.timestamp.seconds) - 1_782_087_200 } == Array(0..<900))
    }

    @Test func `cancelling ends a pause at once`() async throws {
        let broker = try await MosquittoBroker()
        let url = broker.url("buses/%23")
        broker.stop()
        var settings = settings()
        settings.backoff = Backoff(bounds: 1000...1001)
        let source = try source(url, settings)
        try await alongside {
            try await source.run { _ in }
        } _: {
            try await eventually("a failure") { source.figures.faults == ["unreachable": 1] }
        }
    }
}
