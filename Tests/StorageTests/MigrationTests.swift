import ETAEngine
import GRDB
import Testing
import TransitModel

@testable import Storage

@Suite struct Migrations {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    /// A file as the first release left it.
    private func firstRelease(_ rows: String) throws -> Storage.Database {
        let path = scratch.file("transpadang.db")
        let queue = try DatabaseQueue(path: path)
        try Storage.Database.migrations.migrate(queue, upTo: "1 first tables")
        try queue.write { try $0.execute(sql: rows) }
        try queue.close()
        return try scratch.database()
    }

    @Test func `what was learned under ids alone is kept`() throws {
        let database = try firstRelease(
            "INSERT INTO link_statistics VALUES ('a', 'b', 7, 12.5, 1.25, 0.1)")
        let kept = try ExperienceStore(database).load()
        let link = LinkStatistic(
            from: StopPlace(id: "a"), to: StopPlace(id: "b"), period: 7, count: 12.5, mean: 1.25,
            variance: 0.1)
        #expect(kept == Experience(links: [link]))
    }

    @Test func `calls at stops are kept, and are known again`() throws {
        let database = try firstRelease(
            """
            INSERT INTO stop_events VALUES
            (5, '46', 'K1-0600', '20260622', '', 'K1', 1, 'halte-2', 30, 200, 200, 215, 12)
            """)
        let log = StopEventLog(database)
        let old = try #require(try log.events(since: Timestamp(0)).first)
        #expect(old.stop == StopPlace(id: "halte-2"))
        #expect(old.route == RouteSign(id: "K1"))
        #expect((old.arrival, old.departure) == (Timestamp(200), Timestamp(215)))
        let again = StopEvent(
            vehicleID: "46",
            instance: TripInstance(
                trip: TripIndex(0), serviceDate: try #require(ServiceDate(text: "20260622"))),
            position: 2, arrival: Timestamp(201), departure: nil, bracket: 12)
        try log.append([again], on: smallNetwork())
        #expect(try log.events(since: Timestamp(0)).map(\.stop.name) == ["Halte 2"])
    }

    @Test func `calls of before have neither kind nor errors`() throws {
        let path = scratch.file("transpadang.db")
        let queue = try DatabaseQueue(path: path)
        try Storage.Database.migrations.migrate(queue, upTo: "4 pings by time, devices that sign")
        try queue.write {
            try $0.execute(
                sql: """
                    INSERT INTO stop_events VALUES (5, '46', 'K1-0600', '20260622', '', 'K1', '', '',
                    1, 'halte-2', '', NULL, NULL, 30, 200, 200, 215, 12)
                    """)
        }
        try queue.close()
        let log = StopEventLog(try scratch.database())
        let old = try #require(try log.events(since: Timestamp(0)).first)
        #expect((old.arrival, old.departure, old.bracket) == (Timestamp(200), Timestamp(215), 12))
        #expect(old.call == .unknown)
        #expect(old.arrivalError == nil && old.departureError == nil && old.dwell == nil)
    }

    @Test func `alerts are kept by their ids`() throws {
        let texts = """
            {"description":[],"header":[{"language":"id","text":"x"}],"informed":[{"route":"K1"}]}
            """
        let database = try firstRelease(
            "INSERT INTO alerts VALUES ('a', NULL, NULL, 1, 8, 1, '\(texts)')")
        let kept = try #require(try AlertStore(database).list().first)
        #expect(kept.informed == [InformedPlace(route: RouteSign(id: "K1"))])
        #expect(kept.alert.informed == [Alert.InformedEntity(routeID: "K1")])
    }
}
