import Geometry
import Ingestion
import Synchronization
import Testing
import TransitModel

@testable import Service

@Suite(.timeLimit(.minutes(5))) struct `A Dishub source` {
    /// 2026-06-22 07:14:33 in Padang.
    private static let arrival = Timestamp(unix: 1_782_087_273)

    private let book = LogBook()
    private let collector = PingCollector()

    private func settings(
        silence: Duration = .seconds(10),
        pauses: ClosedRange<Double> = 0.001...0.002
    ) -> DishubSource.Settings {
        var settings = DishubSource.Settings()
        settings.silence = silence
        settings.sinkPause = .milliseconds(1)
        settings.backoff = Backoff(bounds: pauses)
        return settings
    }

    private func source(
        _ url: String,
        _ settings: DishubSource.Settings? = nil
    ) throws -> DishubSource {
        try DishubSource(
            url: url,
            settings: settings ?? self.settings(),
            now: { Self.arrival },
            logger: book.logger
        )
    }

    /// Runs a source against a server until the body is through.
    private func listening(
        _ settings: DishubSource.Settings? = nil,
        into collector: PingCollector? = nil,
        _ body: (DishubServer, DishubSource) async throws -> Void
    ) async throws {
        let server = try await DishubServer.start()
        let source = try source(server.url, settings)
        let collector = collector ?? self.collector
        try await alongside {
            try await source.run { try collector.take($0) }
        } _: {
            try await eventually("a subscriber") { server.subscriberCount == 1 }
            try await body(server, source)
        }
        try await eventually("the subscriber is gone") { server.subscriberCount == 0 }
        await server.close()
    }

    private func frame(_ buses: String...) -> String {
        #"{"type":"allBusLocation","data":["# + buses.joined(separator: ",") + "]}"
    }

    private func bus(_ id: String, at time: String, longitude: String = "100.398153") -> String {
        #"{"bus":"\#(id)","latitude":"\#(longitude)","longitude":"-0.934401","corridor":"K6","#
            + #""speed":"27","route":"Pasar Raya - Unand","direct":"Unand","last_update":"\#(time)"}"#
    }

    @Test func `turns exchanged coordinates and numbers in texts into pings`() async throws {
        try await listening { server, _ in
            server.broadcast(frame(bus("46", at: "2026-06-22 07:14:31")))
            try await eventually("a ping") { collector.pings.count == 1 }
        }
        let ping = try #require(collector.pings.first)
        #expect(ping.vehicleID == "46")
        #expect(ping.coordinate == Coordinate(latitude: -0.934401, longitude: 100.398153))
        #expect(ping.timestamp == Self.arrival - 2)
        #expect(ping.receivedAt == Self.arrival)
        #expect(ping.routeID == "K6")
        #expect(ping.directionText == "Unand")
        #expect(abs((ping.speed ?? 0) - 7.5) < 1e-9)
    }

    @Test func `hands pings over in order and repeated fixes not at all`() async throws {
        try await listening { server, source in
            for second in 10..<30 {
                let frame = frame(bus("46", at: "2026-06-22 07:14:\(second)"))
                for _ in 1...3 { server.broadcast(frame) }
            }
            try await eventually("all messages") { source.figures.messages == 60 }
            #expect(source.figures.pings == 20)
            #expect(source.figures.notices == ["repeated": 40])
        }
        #expect(collector.pings.map { Int($0.timestamp - Self.arrival) } == Array(-23 ... -4))
        #expect(book.lines == [])
    }

    @Test func `a parked bus is as old as its own time says`() async throws {
        try await listening { server, _ in
            server.broadcast(
                frame(
                    bus("31", at: "2026-06-21 19:22:05"),
                    bus("46", at: "2026-06-22 07:14:31")
                )
            )
            try await eventually("two pings") { collector.pings.count == 2 }
        }
        #expect(collector.pings.map { Self.arrival - $0.timestamp } == [42_748, 2])
    }

    @Test func `joins fragmented frames`() async throws {
        try await listening { server, _ in
            server.broadcast(frame(bus("46", at: "2026-06-22 07:14:31")), fragments: 7)
            try await eventually("a ping") { collector.pings.count == 1 }
        }
    }

    @Test func `each oddity is counted always and logged once a connection`() async throws {
        try await listening { server, source in
            for _ in 1...3 {
                server.broadcast("not json {")
                server.broadcast(#"{"type":"pong"}"#)
                server.broadcast(frame(bus("7", at: "2026-06-22 07:14:31", longitude: "0")))
            }
            server.broadcast(frame(bus("46", at: "2026-06-22 07:14:31")))
            try await eventually("a ping after all") { collector.pings.count == 1 }
            #expect(
                source.figures.notices == [
                    DishubNotice.notJSON.rawValue: 3, DishubNotice.otherMessage.rawValue: 3,
                    DishubNotice.noFix.rawValue: 3,
                ])
            #expect(book.lines.count == 3)
            server.dropConnections()
            try await eventually("the end is seen") { source.figures.faults == ["closed": 1] }
            try await eventually("another connection") { server.subscriberCount == 1 }
            server.broadcast("not json {")
            try await eventually("the message") {
                source.figures.notices[DishubNotice.notJSON.rawValue] == 4
            }
            #expect(book.lines.count == 5)
        }
    }

    @Test func `comes back after a drop, and remembers what it has seen`() async throws {
        try await listening { server, source in
            server.broadcast(frame(bus("46", at: "2026-06-22 07:14:31")))
            try await eventually("a ping") { collector.pings.count == 1 }
            server.dropConnections()
            try await eventually("the end is seen") { source.figures.faults == ["closed": 1] }
            try await eventually("another connection") { server.subscriberCount == 1 }
            server.broadcast(frame(bus("46", at: "2026-06-22 07:14:31")))
            server.broadcast(frame(bus("46", at: "2026-06-22 07:14:33")))
            try await eventually("the next fix") { collector.pings.count == 2 }
            #expect(source.figures.connections == 2)
            #expect(source.figures.notices == ["repeated": 1])
        }
        #expect(book.lines.count { $0.contains("the server closed the connection") } == 1)
    }

    @Test func `a silent feed is dead and connected to again`() async throws {
        try await listening(settings(silence: .milliseconds(30))) { server, source in
            try await eventually("two silences") { source.figures.faults["silent", default: 0] > 1 }
            try await eventually("another connection") { server.subscriberCount == 1 }
        }
    }

    @Test func `waits for a server that is not there yet`() async throws {
        let absent = try await DishubServer.start()
        let url = absent.url
        await absent.close()
        let port = try WebSocketAddress(url).port
        let source = try source(url)
        try await alongside {
            try await source.run { _ in }
        } _: {
            try await eventually("some attempts") {
                source.figures.faults["unreachable", default: 0] > 2
            }
            #expect(!source.figures.isConnected)
            let server = try await Self.server(at: port)
            try await eventually("a subscriber") { server.subscriberCount == 1 }
            #expect(source.figures.isConnected)
            await server.close()
        }
    }

    /// A server at a port that another test may have been given meanwhile, but will let go soon.
    private static func server(at port: Int) async throws -> DishubServer {
        for _ in 0..<100 {
            if let server = try? await DishubServer.start(port: port) { return server }
            try await Task.sleep(for: .milliseconds(50))
        }
        return try await DishubServer.start(port: port)
    }

    @Test func `a sink that fails once gets the same pings again`() async throws {
        let collector = PingCollector(failing: 1)
        try await listening(into: collector) { server, source in
            server.broadcast(frame(bus("46", at: "2026-06-22 07:14:31")))
            try await eventually("the ping") { collector.pings.count == 1 }
            try await eventually("is counted") { source.figures.pings == 1 }
            #expect(source.figures.lostPings == 0)
        }
        #expect(book.lines.count == 1)
    }

    @Test func `a sink that goes on failing does not end the source`() async throws {
        let collector = PingCollector(failing: 6)
        try await listening(into: collector) { server, source in
            for second in 10..<15 {
                server.broadcast(frame(bus("46", at: "2026-06-22 07:14:\(second)")))
            }
            try await eventually("the rest") { source.figures.pings == 2 }
            #expect(source.figures.lostPings == 3)
            #expect(source.figures.faults == [:])
        }
        #expect(book.lines.count == 1)
    }

    @Test func `slow work on a frame is no silence`() async throws {
        let server = try await DishubServer.start()
        let source = try source(server.url, settings(silence: .milliseconds(200)))
        let deliveries = Mutex<[(before: Int, after: Int)]>([])
        try await alongside {
            try await source.run { _ in
                let before = source.figures.connections
                try await Task.sleep(for: .milliseconds(500))
                let after = source.figures.connections
                deliveries.withLock { $0.append((before, after)) }
            }
        } _: {
            var second = 1_782_087_000
            try await eventually("a delivery") {
                server.broadcast(frame(bus("46", at: String(second))))
                second += 1
                return deliveries.withLock { !$0.isEmpty }
            }
        }
        #expect(deliveries.withLock { $0.allSatisfy { $0.before == $0.after } })
        await server.close()
    }

    @Test func `cancelling ends a pause at once`() async throws {
        let server = try await DishubServer.start()
        let url = server.url
        await server.close()
        let source = try source(url, settings(pauses: 1000...1001))
        try await alongside {
            try await source.run { _ in }
        } _: {
            try await eventually("a failure") { source.figures.faults == ["unreachable": 1] }
        }
    }

    @Test func `a text that is no address is refused when the source is made`() {
        #expect(throws: WebSocketFault.notAnAddress("dishub")) { try source("dishub") }
    }
}
