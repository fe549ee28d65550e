import Testing

@testable import Evaluation

struct IDTableTests {
    @Test(
        arguments: [
            (" 9000.0 ", "9000"), ("9000.5", "9000.5"), ("a.0", "a.0"), (".0", ".0"), ("07", "07"),
        ]
    )
    func `plain ids lose spaces and a spreadsheet's fraction`(text: String, id: String) {
        #expect(IDForm.plain.normalised(text) == id)
    }

    @Test(
        arguments: [
            ("7560-2010-11-27T00-31-53.csv.gz", "7560"), ("7560-2010-11-27T00-31-53", "7560"),
            ("bus.csv", "bus"), ("7560.0", "7560"), ("7560-2010-11-27", "7560-2010-11-27"),
        ]
    )
    func `vehicles lose the rest of a trace's name`(text: String, id: String) {
        #expect(IDForm.vehicle.normalised(text) == id)
        #expect(IDForm.raw.normalised(" \(text) ") == text)
    }

    @Test func `the same id has the same number and no id has the blank one`() {
        var ids = IDTable()
        let first = ids.number(of: "a")
        #expect(ids.number(of: "b") != first)
        #expect(ids.number(of: "a") == first)
        #expect(ids.number(of: "") == IDTable.blank)
        #expect(ids.names[Int(first)] == "a")
    }

    @Test func `ten thousand fields find the numbers of their ids`() throws {
        let names = (0..<10_000).map { "id\($0 * 7919 % 3001)" }
        let text = "a\n" + names.joined(separator: "\n")
        var scanner = try CSVScanner(CSVSource(file: "f", bytes: Array(text.utf8)))
        let column = try scanner.column("a")
        var ids = IDTable()
        var reader = IDReader(.plain)
        for name in names {
            _ = scanner.advance()
            let number = reader.number(column, of: scanner, in: &ids)
            #expect(ids.names[Int(number)] == name)
        }
        #expect(ids.names.count == 3002)
    }
}
