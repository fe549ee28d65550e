import Testing

@testable import Evaluation

struct TruthSelectionTests {
    private func events(brackets: [Double]) -> [TruthEvent] {
        brackets.enumerated().map { index, bracket in
            TruthEvent(
                trip: 1,
                vehicle: 1,
                fullVehicle: 1,
                stop: Int32(index),
                sequence: Int32(index),
                arrival: Double(index) * 100,
                bracket: bracket,
                run: 0
            )
        }
    }

    @Test func `vague events are counted and dropped only on demand`() {
        let events = events(brackets: [30, 120, 121, 200])
        let all = TruthSelection(
            events,
            excluding: Exclusions(),
            maximumBracket: nil,
            merging: false
        )
        #expect(all.events.count == 4)
        #expect(all.report.vaguePercent == 50)
        let sharp = TruthSelection(
            events,
            excluding: Exclusions(),
            maximumBracket: 120,
            merging: false
        )
        #expect(sharp.events.count == 2)
        #expect(sharp.report.droppedByBracket == 2)
    }
}
