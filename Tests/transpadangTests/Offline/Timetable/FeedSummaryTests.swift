import Ingestion
import Testing
import TransitModel

@testable import transpadang

struct FeedSummaryTests {
    @Test func `a planner reads who, when, how much and how buses are tracked`() throws {
        let summary = FeedSummary(try Village.network(), today: try Village.january(9))
        #expect(
            summary.text == """
                Village Buses
                Version    v7
                Time zone  Asia/Jakarta
                Service    2026-01-06 to 2026-01-31; 3 trips today (2026-01-09), \
                1 by headway: about 74 runs
                           No service on 5 of the next 28 days: 2026-01-11, 2026-01-17, 2026-01-18, \
                2026-01-24, 2026-01-25. It ends in 22 days: a new version is due.
                Contents   2 routes, 5 stops, 2 patterns, 4 trips, 12 stop times
                           2 of 4 trips run by headway.
                           1 trip runs past midnight.
                Tracking   Buses can be tracked on it: 1 pattern on shapes, 1 without; 2 trips are \
                drawn straight from stop to stop.
                           2 of 4 trips have a block, which tells a bus's next trip.
                """)
    }

    @Test func `the last run of a headway may pass midnight`() throws {
        let frequencies = """
            trip_id,start_time,end_time,headway_secs,exact_times
            loose,22:00:00,24:00:00,600,0
            """
        let summary = FeedSummary(
            try Village.network(["frequencies.txt": frequencies]), today: try Village.january(9))
        #expect(summary.counts.tripsPastMidnight == 2)
        #expect(summary.counts.headwayTrips == 1)
    }

    @Test func `service that has ended is called so`() throws {
        let summary = FeedSummary(try Village.network(), today: try Village.january(31) + 2)
        #expect(summary.text.contains("Service ended 2 days ago: nothing can be predicted."))
    }

    @Test func `service that ends soon is called so`() throws {
        let summary = FeedSummary(try Village.network(), today: try Village.january(30))
        #expect(
            summary.text.contains(
                "Service runs on each day from now on. It ends in 1 day: a new version is due."))
        #expect(summary.service.daysWithoutService.count == 26)
    }

    @Test func `service that is to come is called so`() throws {
        let summary = FeedSummary(try Village.network(), today: try Village.january(1))
        #expect(summary.text.contains("Service starts in 5 days. No service on"))
    }

    @Test func `the bundled feed serves every day on shapes`() throws {
        let network = try Bundled.network()
        let date = try #require(ServiceDate(year: 2026, month: 12, day: 1))
        let summary = FeedSummary(network, today: date)
        #expect(summary.service.daysWithoutService.isEmpty)
        #expect(summary.tracking.patternsStraight == 0)
        #expect(summary.counts.headwayTrips == summary.counts.trips)
    }
}

/// The feed that comes with the executable.
enum Bundled {
    static let path = "GTFS/trans-padang"

    static func network() throws -> Network {
        let root = try #require(#filePath.split(separator: "/Tests/transpadangTests").first)
        return try ScheduleLoader.load(path: "/\(root)/\(path)").network
    }
}
