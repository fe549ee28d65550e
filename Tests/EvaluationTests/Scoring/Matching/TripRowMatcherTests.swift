import Testing
import TransitModel

@testable import Evaluation

struct TripRowMatcherTests {
    private func passage(vehicle: Int32, stop: Int32 = 9, sequence: Int32, at moment: Double)
        -> Passage
    {
        Passage(
            trip: 1,
            vehicle: vehicle,
            stop: stop,
            sequence: sequence,
            run: vehicle,
            moment: moment,
            begun: 0,
            isTerminal: false
        )
    }

    /// Which rows answer at the minute before 6001, passage by passage, and which rows are left.
    private func match(_ passages: [Passage], _ rows: String) throws -> ([Int?], [Int]) {
        var ids = IDTable()
        for name in ["t", "v", "w"] { _ = ids.number(of: name) }
        let text = "made_at,vehicle_id,trip_id,stop_sequence,stop_id,arrival\n" + rows
        let table = try PredictionTable(CSVSource(file: "p", bytes: Array(text.utf8)), ids: &ids)
        var grid = SampleGrid(passages: passages, minutes: nil)
        var matcher = TripRowMatcher(grid)
        var left: [Int] = []
        table.forEachMinute { left += matcher.match($0, of: table, on: &grid) }
        return (passages.indices.map { grid.answer(at: $0 * SampleGrid.depth) }, left)
    }

    @Test func `a row goes to its trip and sequence`() throws {
        let passages = [
            passage(vehicle: 2, sequence: 1, at: 6001), passage(vehicle: 2, sequence: 2, at: 6001),
        ]
        let (answers, left) = try match(passages, "6000,v,t,2,x,6001\n6000,v,t,3,x,6001\n")
        #expect(answers == [nil, 0])
        #expect(left == [1])
    }

    @Test func `another vehicle answers only where the right one is silent`() throws {
        let passages = [passage(vehicle: 2, sequence: 1, at: 6001)]
        #expect(try match(passages, "6000,w,t,1,x,6001\n").0 == [0])
        let (answers, left) = try match(passages, "6000,w,t,1,x,6001\n6000,v,t,1,x,6001\n")
        #expect(answers == [1])
        #expect(left == [0])
    }

    @Test func `two vehicles on one trip need the right one`() throws {
        let passages = [
            passage(vehicle: 2, sequence: 1, at: 6001), passage(vehicle: 3, sequence: 1, at: 6010),
        ]
        #expect(try match(passages, "6000,w,t,1,x,6001\n").0 == [nil, 0])
        #expect(try match(passages, "6000,,t,1,x,6001\n").0 == [nil, nil])
    }

    @Test func `a row without a sequence is matched by a stop that occurs once`() throws {
        var ids = IDTable()
        for name in ["t", "v", "w", "x"] { _ = ids.number(of: name) }
        let stop = ids.number(of: "x")
        let once = [passage(vehicle: 2, stop: stop, sequence: 5, at: 6001)]
        #expect(try match(once, "6000,v,t,,x,6001\n").0 == [0])
        let twice = once + [passage(vehicle: 2, stop: stop, sequence: 6, at: 6001)]
        #expect(try match(twice, "6000,v,t,,x,6001\n").0 == [nil, nil])
    }
}
