import Testing

@testable import Evaluation

struct SampleGridTests {
    private func grid(moment: Double, minutes: FeedMinutes? = nil) -> SampleGrid {
        SampleGrid(
            passages: [
                Passage(
                    trip: 1,
                    vehicle: 1,
                    stop: 1,
                    sequence: 1,
                    run: 0,
                    moment: moment,
                    begun: 0,
                    isTerminal: false
                )
            ],
            minutes: minutes
        )
    }

    @Test func `a passage is asked about at the thirty minutes before it`() {
        let grid = grid(moment: 6001)
        let minutes = (0..<SampleGrid.depth).compactMap { grid.minute(passage: 0, step: $0) }
        #expect(minutes == Array(stride(from: 6000, to: 4200, by: -60)))
        #expect(minutes.indices.allSatisfy { grid.slot(passage: 0, minute: minutes[$0]) == $0 })
    }

    @Test func `a passage on the whole minute is not its own sample`() {
        #expect(grid(moment: 6000).minute(passage: 0, step: 0) == 5940)
        #expect(grid(moment: 6000).slot(passage: 0, minute: 6000) == nil)
        #expect(grid(moment: 6000).slot(passage: 0, minute: 4200) == 29)
        #expect(grid(moment: 6000).slot(passage: 0, minute: 4140) == nil)
    }

    @Test func `dead minutes are not asked about`() {
        let grid = grid(moment: 6001, minutes: FeedMinutes(heard: [5900], patience: 180))
        #expect(grid.slot(passage: 0, minute: 5940) == 1)
        #expect(grid.slot(passage: 0, minute: 6000) == nil)
        #expect(grid.minute(passage: 0, step: 0) == nil)
    }

    @Test func `a slot holds the last answer set`() {
        var grid = grid(moment: 6001)
        #expect(grid.answer(at: 3) == nil)
        grid.setAnswer(7, at: 3)
        #expect(grid.answer(at: 3) == 7)
    }
}
