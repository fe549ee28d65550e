import Testing

@testable import Evaluation

struct MinuteRowsTests {
    private func minutes(_ rows: String) throws -> [MinuteRows] {
        var ids = IDTable()
        let text = "made_at,vehicle_id,trip_id,stop_sequence,arrival\n" + rows
        let table = try PredictionTable(CSVSource(file: "p", bytes: Array(text.utf8)), ids: &ids)
        var minutes: [MinuteRows] = []
        table.forEachMinute { minutes.append($0) }
        return minutes
    }

    @Test func `rows come minute by minute even from an unsorted file`() throws {
        let minutes = try minutes("180,v,t,1,0\n60,v,t,1,0\n179,v,t,2,0\n")
        #expect(minutes.map(\.minute) == [60, 180])
        #expect(minutes.map(\.rows) == [[1], [0, 2]])
    }

    @Test func `the newest of a subject wins and the older ones are no repeats`() throws {
        let minutes = try minutes("100,v,t,1,0\n110,v,t,1,0\n105,v,t,2,0\n")
        #expect(minutes.map(\.rows) == [[1, 2]])
        #expect(minutes.map(\.repeats) == [0])
    }

    @Test func `what is said twice at once is a repeat of the first`() throws {
        let minutes = try minutes("60,v,t,1,0\n60,v,t,1,5\n60,w,t,1,5\n50,v,t,1,0\n")
        #expect(minutes.map(\.rows) == [[0, 2]])
        #expect(minutes.map(\.repeats) == [1])
    }
}
