import Geometry
import Ingestion
import NIOHTTP1
import Simulation
import Synchronization
import Testing
import TransitModel

@testable import Service

@Suite(.timeLimit(.minutes(5))) struct `A simulated fleet` {
    /// A clock on which each look is two seconds after the last.
    private final class SteppingClock: Sendable {
        private let moment = Mutex(LoopbackTown.nine)

        func next() -> Timestamp {
            moment.withLock { moment in
                moment = moment + 2
                return moment
            }
        }

        var now: Timestamp { moment.withLock { $0 } }
    }

    private let book = LogBook()
    private let clock = SteppingClock()

    private func fleet(buses: Int = 12) async throws -> SimulatedFleet {
        var settings = SimulatedFleet.Settings()
        settings.dishubRoutes = 1
        settings.tick = .milliseconds(5)
        settings.backoff = Backoff(bounds: 0.01...0.02)
        settings.faults = .none
        return try await SimulatedFleet(
            network: LoopbackTown.network,
            buses: buses,
            seed: 7,
            settings: settings,
            now: { [clock] in clock.next() },
            logger: book.logger
        )
    }

    /// Runs a fleet against a server of the test until the body is through.
    private func driving(
        answer: @escaping @Sendable (Int) -> HTTPResponseStatus = { _ in .ok },
        _ body: (SimulatedFleet, LoopbackIngest) async throws -> Void
    ) async throws {
        let ingest = try await LoopbackIngest.start(answer: answer)
        let fleet = try await fleet()
        let tokens = Dictionary(uniqueKeysWithValues: fleet.trackerIDs.map { ($0, "token-\($0)") })
        try await alongside {
            try await fleet.run(postingTo: ingest.url, tokens: tokens)
        } _: {
            try await body(fleet, ingest)
        }
        await ingest.close()
    }

    @Test func `names its buses before it starts`() async throws {
        let fleet = try await fleet()
        #expect(fleet.vehicleIDs.count == 12)
        #expect(!fleet.trackerIDs.isEmpty && fleet.trackerIDs.count < 12)
        #expect(fleet.dishubURL.hasPrefix("ws://127.0.0.1:"))
    }

    @Test func `its feed is read where its network is, not only in Padang`() async throws {
        let area = try await fleet().dishubSettings.area
        for stop in LoopbackTown.network.stops.elements {
            #expect(stop.coordinate.map(area.contains) == true)
        }
        #expect(!area.contains(Coordinate(latitude: 0, longitude: 0)))
    }

    @Test func `each bus posts its own pings with its own token`() async throws {
        try await driving { fleet, ingest in
            try await eventually("every bus has posted twice") {
                fleet.trackerIDs.allSatisfy { id in
                    ingest.posts.count { $0.authorization == "Bearer token-\(id)" } > 1
                }
            }
            for post in ingest.posts {
                #expect(post.path == "/ingest/v1/pings")
                #expect(!post.reports.isEmpty)
                for report in post.reports {
                    #expect(post.authorization == "Bearer token-\(report.vehicleId)")
                    #expect(["K1", "K2"].contains(report.routeId))
                }
            }
            #expect(ingest.connections <= 8)
        }
    }

    @Test func `the buses of the last route are seen through the feed alone`() async throws {
        let collector = PingCollector()
        try await driving { fleet, ingest in
            let posting = Set(fleet.trackerIDs)
            let others = Set(fleet.vehicleIDs).subtracting(posting)
            let clock = clock
            let source = try DishubSource(
                url: fleet.dishubURL,
                settings: fleet.dishubSettings,
                now: { clock.next() },
                logger: book.logger
            )
            try await alongside {
                try await source.run { try collector.take($0) }
            } _: {
                try await eventually("all others") {
                    Set(collector.pings.map(\.vehicleID)) == others
                }
                try await eventually("later fixes") { collector.pings.count > 5 * others.count }
            }
            #expect(collector.pings.allSatisfy { $0.routeID == "K6" })
            #expect(ingest.posts.flatMap(\.reports).allSatisfy { posting.contains($0.vehicleId) })
        }
        for (_, pings) in Dictionary(grouping: collector.pings, by: \.vehicleID) {
            #expect(zip(pings, pings.dropFirst()).allSatisfy { $0.timestamp < $1.timestamp })
        }
    }

    @Test func `pings that could not be delivered arrive late, in order and once`() async throws {
        try await driving(answer: { $0 < 60 ? .serviceUnavailable : .ok }) { _, ingest in
            func delivered() -> [LoopbackIngest.Report] {
                ingest.posts.filter { $0.answer == .ok }.flatMap(\.reports)
            }
            func refused() -> Set<LoopbackIngest.Report> {
                Set(ingest.posts.filter { $0.answer != .ok }.flatMap(\.reports))
            }
            try await eventually("all that was refused comes again") {
                ingest.posts.count > 100 && refused().isSubset(of: delivered())
            }
            let byBus = Dictionary(grouping: delivered(), by: \.vehicleId)
            for (_, reports) in byBus {
                #expect(
                    zip(reports, reports.dropFirst()).allSatisfy { $0.timestamp < $1.timestamp }
                )
            }
            #expect(byBus.values.contains { $0.count > 2 })
        }
        #expect(book.lines == [])
    }

    @Test func `refused pings are dropped and said once a bus`() async throws {
        try await driving(answer: { _ in .unauthorized }) { fleet, ingest in
            try await eventually("every bus was refused") {
                book.lines.count == fleet.trackerIDs.count
            }
            let count = ingest.posts.count
            try await eventually("it goes on") { ingest.posts.count > count + 20 }
            #expect(book.lines.count == fleet.trackerIDs.count)
        }
    }

    @Test func `a service that is away ends nothing`() async throws {
        let fleet = try await fleet()
        let begun = clock.now
        try await alongside {
            try await fleet.run(postingTo: "http://127.0.0.1:1", tokens: [:])
        } _: {
            try await eventually("it drives on") { clock.now - begun > 3600 }
        }
    }
}
