import Testing

@testable import Evaluation

struct IdentityTallyTests {
    /// Whether a row that names a trip, or a route and direction, counts as the right service of `t0`.
    private func isRight(trip: String, route: String = "", direction: String = "") throws -> Bool {
        var ids = IDTable()
        let timetable = ScoringTimetable(try Street().network(), ids: &ids)
        let row = PredictionRow(
            madeAt: 0,
            arrival: 0,
            departure: .nan,
            uncertainty: .nan,
            vehicle: 1,
            trip: ids.number(of: trip),
            stop: 1,
            sequence: 1,
            route: ids.number(of: route),
            direction: ids.number(of: direction)
        )
        let passage = Passage(
            trip: ids.number(of: "t0"),
            vehicle: 1,
            stop: 1,
            sequence: 1,
            run: 0,
            moment: 0,
            begun: 0,
            isTerminal: false
        )
        var tally = IdentityTally(timetable: timetable, ids: ids)
        tally.add(row, to: passage, isMidTrip: true)
        return tally.report.midTripRouteAndDirectionPercent == 100
    }

    @Test func `a known trip is judged by its own route and direction`() throws {
        #expect(try isRight(trip: "t0"))
        #expect(try isRight(trip: "t1"))
    }

    @Test func `an unknown trip is judged by what the row says`() throws {
        #expect(try isRight(trip: "", route: "R", direction: "0"))
        #expect(try !isRight(trip: "", route: "R", direction: "1"))
        #expect(try !isRight(trip: "", route: "Q", direction: "0"))
    }

    @Test func `no answers have no shares`() throws {
        var ids = IDTable()
        let timetable = ScoringTimetable(try Street().network(), ids: &ids)
        #expect(IdentityTally(timetable: timetable, ids: ids).report == IdentityReport())
    }
}
