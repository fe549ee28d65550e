import Testing
import TransitModel

@testable import Evaluation

struct TripStartTests {
    private let street = Street(tripCount: 1)

    private func start(
        pings: [Ping]?,
        usesLabels: Bool = false,
        dropping dropped: Int = 0
    ) throws -> TripStart {
        var ids = IDTable()
        let truth = try TruthTable(street.truth(), ids: &ids)
        let timetable = ScoringTimetable(try street.network(), ids: &ids)
        let traces = pings.map { VehicleTraces($0, ids: &ids) }
        let finder = TripStartFinder(timetable: timetable, traces: traces, usesLabels: usesLabels)
        return try #require(finder.start(of: truth.events[dropped...]))
    }

    @Test func `without fixes a run begins with its first event`() throws {
        let start = try start(pings: nil)
        #expect(start.begun == street.start(0))
        #expect(start.departure == nil)
    }

    // At 400 m in 130 s the bus is 92 m out after 30 s, 185 m after 60 s.
    @Test func `a run begins with the first fix away from its first stop`() throws {
        #expect(try start(pings: street.pings()).begun == street.start(0) + 60)
    }

    @Test func `the departure is when the bus crossed 100 m, less 15 s`() throws {
        let departure = try #require(try start(pings: street.pings()).departure)
        #expect(abs(departure.moment - (street.start(0) + 32.5 - 15)) < 0.01)
        #expect(departure.gap == 30)
    }

    @Test func `a run has not begun before a fix carries its label`() throws {
        let pings = street.pings().map { ping in
            var ping = ping
            if ping.timestamp.seconds < street.start(0) + 100 { ping.tripID = "another" }
            return ping
        }
        #expect(try start(pings: pings, usesLabels: true).begun == street.start(0) + 120)
        #expect(try start(pings: pings, usesLabels: false).begun == street.start(0) + 60)
    }

    @Test func `a run has not begun longer before its first event than is plausible`() throws {
        let pings = street.pings().filter { $0.timestamp.seconds > street.start(0) + 60 }
        let start = try start(pings: pings, dropping: 10)
        #expect(start.begun == street.start(0) + 90)
        #expect(start.departure == nil)
        let late = street.pings().map { ping in
            var ping = ping
            ping.coordinate = street.coordinate(30)
            return ping
        }
        let first = street.arrival(0, 1)
        #expect(try self.start(pings: late, dropping: 1).begun == first - (2 * Street.link + 300))
    }
}
