import Testing
import TransitModel

@testable import Evaluation

struct LayoverTests {
    private let street = Street(tripCount: 1)

    /// The layover in a run that comes 900 s later from a position on.
    private func layover(from position: Int, pings: [Ping]? = nil) throws -> Layover? {
        var ids = IDTable()
        var events = try TruthTable(street.truth(), ids: &ids).events
        for index in position..<events.count { events[index].arrival += 900 }
        let finder = LayoverFinder(
            timetable: ScoringTimetable(try street.network(), ids: &ids),
            traces: pings.map { VehicleTraces($0, ids: &ids) }
        )
        return finder.layover(in: events[...])
    }

    @Test func `a long wait past the first stop is a layover`() throws {
        let layover = try #require(try layover(from: 3))
        #expect(layover.lastArrivalBefore == street.arrival(0, 2))
        #expect(layover.end == street.arrival(0, 3) + 900)
    }

    @Test func `a wait at the first stop is an ordinary one`() throws {
        #expect(try layover(from: 1) == nil)
    }

    @Test func `a wait beyond the first ten scheduled minutes is traffic`() throws {
        #expect(try layover(from: 5) != nil)
        #expect(try layover(from: 6) == nil)
    }

    @Test func `with fixes it ends one fix after the last still one`() throws {
        let wait = street.arrival(0, 2)
        let moments = stride(from: wait, through: wait + 1020, by: 60)
        let pings = moments.map { moment in
            Ping(
                vehicleID: "v0",
                timestamp: Timestamp(moment),
                receivedAt: Timestamp(moment),
                coordinate: street.coordinate(moment < wait + 600 ? 2 : 2.4)
            )
        }
        let layover = try #require(try layover(from: 3, pings: Array(pings.prefix(11))))
        #expect(layover.end == wait + 600)
    }
}
