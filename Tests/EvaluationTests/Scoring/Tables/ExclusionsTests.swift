import Testing

@testable import Evaluation

struct ExclusionsTests {
    private func excluded(_ rows: String) throws -> [Bool] {
        var ids = IDTable()
        let truth = try TruthTable(
            CSVSource(
                file: "truth.csv",
                bytes: Array(
                    """
                    trip_id,vehicle_id,stop_sequence,stop_id,arrival_time
                    t1,v1-2010-11-27T00-31-53.csv.gz,1,a,0
                    t1,v2,1,a,0
                    t2,v2,1,a,0
                    """.utf8
                )
            ),
            ids: &ids
        )
        let exclusions = try Exclusions(
            CSVSource(file: "x.csv", bytes: Array(("trip_id,vehicle_id,reason\n" + rows).utf8)),
            ids: &ids
        )
        return truth.events.map { exclusions.contain($0) }
    }

    @Test func `nothing named, nothing excluded`() throws {
        #expect(try excluded("") == [false, false, false])
        #expect(try excluded(",,blank\n") == [false, false, false])
    }

    @Test func `a pair names a run, by the vehicle's short or full name`() throws {
        #expect(try excluded("t1,v2,bad\n") == [false, true, false])
        #expect(try excluded("t1,v1,bad\n") == [true, false, false])
        #expect(try excluded("t1,v1-2010-11-27T00-31-53.csv.gz,bad\n") == [true, false, false])
    }

    @Test func `a blank side names all`() throws {
        #expect(try excluded("t1,,bad\n") == [true, true, false])
        #expect(try excluded(",v2,bad\n") == [false, true, true])
    }
}
