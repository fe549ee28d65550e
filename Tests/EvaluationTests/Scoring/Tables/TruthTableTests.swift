import Testing

@testable import Evaluation

struct TruthTableTests {
    private func table(_ rows: String) throws -> TruthTable {
        var ids = IDTable()
        let header = "trip_id,vehicle_id,stop_sequence,stop_id,arrival_time\n"
        return try TruthTable(
            CSVSource(file: "truth.csv", bytes: Array((header + rows).utf8)),
            ids: &ids
        )
    }

    @Test func `a run is one vehicle on one trip in order of arrival`() throws {
        let events = try table("t,v,2,b,200\nt,w,1,a,90\nt,v,1,a,100\n").events
        #expect(events.map(\.run) == [0, 0, 1])
        #expect(events.map(\.arrival) == [100, 200, 90])
        #expect(events.runs.map(\.count) == [2, 1])
    }

    @Test func `the same trip more than six hours later is another run`() throws {
        let events = try table("t,v,1,a,0\nt,v,2,b,21600\nt,v,1,a,43201\n").events
        #expect(events.map(\.run) == [0, 0, 1])
    }

    @Test func `no rows make no runs`() throws {
        #expect(try table("").events.runs.isEmpty)
    }

    @Test func `a blank sequence or time is an error with its line`() {
        #expect(
            throws: ScoringError.blank(file: "truth.csv", line: 2, column: "stop_sequence")
        ) { try table("t,v,,a,0\n") }
        #expect(
            throws: ScoringError.blank(file: "truth.csv", line: 3, column: "arrival_time")
        ) { try table("t,v,1,a,0\nt,v,2,b,\n") }
    }
}
