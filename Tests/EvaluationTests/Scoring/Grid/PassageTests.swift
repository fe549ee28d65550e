import Testing
import TransitModel

@testable import Evaluation

struct PassageTests {
    private let street = Street(tripCount: 1)

    private func passages(pings: [Ping]?, maximumBracket: Double? = nil) throws -> [Passage] {
        var ids = IDTable()
        let truth = try TruthTable(street.truth(), ids: &ids)
        let timetable = ScoringTimetable(try street.network(), ids: &ids)
        var finder = PassageFinder(
            timetable: timetable,
            traces: pings.map { VehicleTraces($0, ids: &ids) },
            usesLabels: true,
            maximumBracket: maximumBracket
        )
        return finder.passages(of: truth.events)
    }

    @Test func `without fixes the first stop's row is the departure`() throws {
        let passages = try passages(pings: nil)
        #expect(passages.count == Street.stopCount)
        #expect(passages.filter(\.isTerminal).map(\.moment) == [street.start(0)])
    }

    @Test func `with fixes the departure replaces the first stop's row`() throws {
        let passages = try passages(pings: street.pings())
        #expect(passages.count == Street.stopCount)
        let terminals = passages.filter(\.isTerminal)
        #expect(terminals.map(\.sequence) == [1])
        #expect(abs((terminals.first?.moment ?? 0) - street.start(0) - 17.5) < 0.01)
    }

    @Test func `a departure between fixes far apart is left out`() throws {
        let passages = try passages(pings: street.pings(), maximumBracket: 20)
        #expect(passages.count == Street.stopCount - 1)
        #expect(passages.count(where: { $0.isTerminal }) == 0)
    }

    private func event(_ vehicle: Int32, _ arrival: Double, run: Int32) -> TruthEvent {
        TruthEvent(
            trip: run,
            vehicle: vehicle,
            fullVehicle: vehicle,
            stop: 1,
            sequence: 1,
            arrival: arrival,
            bracket: 0,
            run: run
        )
    }

    @Test func `one passage under two trips stays with the longer run`() {
        let events = [
            event(1, 1000, run: 1), event(1, 1179, run: 2), event(1, 9000, run: 2),
            event(1, 9180, run: 3), event(2, 1000, run: 4),
        ]
        let kept = events.mergingDoublePassages()
        #expect(kept.map(\.run) == [2, 2, 3, 4])
        #expect(kept.map(\.arrival) == [1179, 9000, 9180, 1000])
    }

    @Test func `one run may pass a stop twice`() {
        let events = [event(1, 1000, run: 1), event(1, 1100, run: 1)]
        #expect(events.mergingDoublePassages().count == 2)
    }
}
