import Testing

@testable import Evaluation

struct CSVScannerTests {
    private func scanner(_ text: String) throws -> CSVScanner {
        try CSVScanner(CSVSource(file: "f.csv", bytes: Array(text.utf8)))
    }

    @Test func `columns are found by name and fields by column`() throws {
        var scanner = try scanner("b,a\n1,x\n2,y\n")
        let a = try scanner.column("a")
        let b = try scanner.column("b")
        var rows: [String] = []
        while scanner.advance() {
            rows.append("\(scanner.text(scanner.range(a)))\(try scanner.number(b))")
        }
        #expect(rows == ["x1.0", "y2.0"])
    }

    @Test func `a byte order mark, carriage returns, blank lines and comments are passed over`()
        throws
    {
        var scanner = try scanner("\u{FEFF}a,b\r\n\r\n# note,1\r\n5,6\r\n")
        let b = try scanner.column("b")
        _ = scanner.advance()
        #expect(try scanner.number(b) == 6)
        #expect(scanner.line == 4)
        let isOver = !scanner.advance()
        #expect(isOver)
    }

    @Test func `quotes hold commas and doubled quotes`() throws {
        var scanner = try scanner("a,b\n\"x, \"\"y\"\"\",\"\"\n")
        let a = try scanner.column("a")
        let b = try scanner.column("b")
        _ = scanner.advance()
        #expect(scanner.text(scanner.range(a)) == "x, \"y\"")
        #expect(try scanner.optionalNumber(b) == nil)
    }

    @Test func `a row that ends early has blank fields`() throws {
        var scanner = try scanner("a,b\n1")
        let b = try scanner.column("b")
        _ = scanner.advance()
        #expect(try scanner.optionalNumber(b) == nil)
        #expect(try scanner.optionalInteger(scanner.optionalColumn("c")) == nil)
    }

    @Test(
        arguments: [
            ("7", 7), ("-12.5", -12.5), ("1700000000", 1_700_000_000), ("0.25", 0.25),
            (" 3 ", 3), ("1e3", 1000), ("12345678901234.567", 12_345_678_901_234.567),
        ]
    )
    func `numbers are read however they are written`(text: String, number: Double) throws {
        var scanner = try scanner("a\n\(text)\n")
        let a = try scanner.column("a")
        _ = scanner.advance()
        #expect(try scanner.number(a) == number)
    }

    @Test(arguments: ["x", "1-2", "-", "1.2.3", "inf", "nan", "1e99"])
    func `what is no usable number is named with its place`(text: String) throws {
        var scanner = try scanner("b,a\n,1\n,\(text)\n")
        let a = try scanner.column("a")
        _ = scanner.advance()
        _ = scanner.advance()
        #expect(
            throws: ScoringError.notANumber(file: "f.csv", line: 3, column: "a", value: text)
        ) {
            try scanner.number(a)
        }
    }

    @Test func `a fraction is no sequence but a fraction of zero is`() throws {
        var scanner = try scanner("a\n5.0\n5.5\n")
        let a = try scanner.column("a")
        _ = scanner.advance()
        #expect(try scanner.optionalInteger(a) == 5)
        _ = scanner.advance()
        #expect(throws: ScoringError.self) { try scanner.optionalInteger(a) }
    }

    @Test func `an empty file and a missing column are errors`() throws {
        #expect(throws: ScoringError.empty(file: "f.csv")) { try self.scanner("\n") }
        let scanner = try scanner("a,b\n")
        #expect(throws: ScoringError.missingColumn(file: "f.csv", column: "c", found: ["a", "b"])) {
            try scanner.column("c")
        }
    }
}
