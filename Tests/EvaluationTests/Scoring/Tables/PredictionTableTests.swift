import Testing

@testable import Evaluation

struct PredictionTableTests {
    private func rows(_ text: String) throws -> [PredictionRow] {
        var ids = IDTable()
        return try PredictionTable(CSVSource(file: "p.csv", bytes: Array(text.utf8)), ids: &ids)
            .rows
    }

    @Test func `a row counts for the whole minute at or after it was made`() throws {
        let rows = try rows("made_at,arrival\n120,200\n120.5,200\n121,200\n180,200\n")
        #expect(rows.map(\.minute) == [120, 180, 180, 180])
    }

    @Test func `the departure stands in for a missing arrival, and no time is silence`() throws {
        let rows = try rows("made_at,arrival,departure\n0,,90\n0,80,90\n0,,\n")
        #expect(rows.map(\.arrival) == [90, 80])
        #expect(rows.map(\.departure) == [90, 90])
    }

    @Test func `columns that are not there are blank`() throws {
        let row = try #require(try rows("made_at,arrival\n0,1\n").first)
        #expect(row.sequence == PredictionTable.noSequence)
        #expect(row.vehicle == IDTable.blank && row.trip == IDTable.blank)
        #expect(row.uncertainty.isNaN && row.departure.isNaN)
    }

    @Test func `a time that is no number is named with its place`() {
        #expect(
            throws: ScoringError.notANumber(
                file: "p.csv",
                line: 2,
                column: "arrival",
                value: "soon"
            )
        ) { try rows("made_at,arrival\n0,soon\n") }
    }
}
