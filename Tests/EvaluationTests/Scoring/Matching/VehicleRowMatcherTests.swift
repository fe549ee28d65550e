import Testing

@testable import Evaluation

struct VehicleRowMatcherTests {
    /// Passages of stop `x` by vehicle `v` at some moments.
    private func match(
        _ moments: [Double],
        _ rows: String
    ) throws -> (grid: SampleGrid, left: [Int], duplicates: Int) {
        var ids = IDTable()
        let passages = moments.map { moment in
            Passage(
                trip: 1,
                vehicle: ids.number(of: "v"),
                stop: ids.number(of: "x"),
                sequence: 1,
                run: 0,
                moment: moment,
                begun: 0,
                isTerminal: false
            )
        }
        let text = "made_at,vehicle_id,trip_id,stop_id,arrival\n" + rows
        let table = try PredictionTable(CSVSource(file: "p", bytes: Array(text.utf8)), ids: &ids)
        var grid = SampleGrid(passages: passages, minutes: nil)
        var matcher = VehicleRowMatcher(grid)
        var left: [Int] = []
        table.forEachMinute { left += matcher.match($0, of: table, on: &grid) }
        return (grid, left, matcher.duplicates)
    }

    private func answer(_ grid: SampleGrid, _ passage: Int, at minute: Int64) -> Int? {
        grid.slot(passage: passage, minute: minute).flatMap { grid.answer(at: $0) }
    }

    @Test func `a row goes to the nearest passage after its minute`() throws {
        let result = try match([5990, 6100, 7000], "6000,v,a,x,6500\n6000,v,b,x,5990\n")
        #expect(answer(result.grid, 1, at: 6000) == 1)
        #expect(answer(result.grid, 2, at: 6000) == nil)
        #expect(result.duplicates == 1)
    }

    @Test func `the closest of many rows answers and the others are duplicates`() throws {
        let result = try match([6500], "6000,v,a,x,6800\n6000,v,b,x,6510\n6000,v,c,x,6400\n")
        #expect(answer(result.grid, 0, at: 6000) == 1)
        #expect(result.duplicates == 2)
        #expect(result.left.isEmpty)
    }

    @Test func `a passage more than 45 minutes off is a stranger`() throws {
        #expect(try match([9000], "6000,v,a,x,6300\n").left.isEmpty)
        #expect(try match([9000], "6000,v,a,x,6299\n").left == [0])
    }

    @Test func `another vehicle or stop finds nothing`() throws {
        #expect(try match([6500], "6000,w,a,x,6500\n6000,v,a,y,6500\n").left == [0, 1])
    }
}
