import Testing

@testable import Ingestion

@Suite struct CSVReaderTests {
    private func rows(_ text: String) -> [[String]] { rows(Array(text.utf8)) }

    private func rows(_ bytes: [UInt8]) -> [[String]] {
        var reader = CSVReader(bytes)
        var rows: [[String]] = []
        while reader.next() { rows.append(reader.cells.map { CellValues.text(reader.bytes, $0) }) }
        return rows
    }

    @Test func `cells are split at commas`() {
        #expect(rows("a,b,c\n1,,3\n") == [["a", "b", "c"], ["1", "", "3"]])
    }

    @Test func `a last line without an end is read`() {
        #expect(rows("a\n1") == [["a"], ["1"]])
    }

    @Test func `a comma at the end makes an empty last cell`() {
        #expect(rows("a,\n1,") == [["a", ""], ["1", ""]])
    }

    @Test func `a byte order mark is dropped`() {
        #expect(rows([0xEF, 0xBB, 0xBF] + Array("id,x\n".utf8)) == [["id", "x"]])
    }

    @Test(arguments: ["\n", "\r\n", "\r", "\r\r\n"])
    func `lines end in LF, CRLF, CR or CRCRLF`(end: String) {
        var reader = CSVReader(Array(["a,b", "1,2", "3,4"].joined(separator: end).utf8))
        var lines: [Int] = []
        while reader.next() {
            #expect(reader.cells.count == 2)
            lines.append(reader.line)
        }
        #expect(lines == [1, 2, 3])
    }

    @Test func `blank lines are skipped but counted`() {
        var reader = CSVReader(Array("a\n\n\nb\r\n\r\nc".utf8))
        var lines: [Int] = []
        while reader.next() { lines.append(reader.line) }
        #expect(lines == [1, 4, 6])
    }

    @Test func `a quoted comma stays in its field`() {
        #expect(rows("\"Pasar Raya, Padang\",1") == [["Pasar Raya, Padang", "1"]])
    }

    @Test func `a quoted newline stays in its field and counts as a line`() {
        var reader = CSVReader(Array("\"a\r\nb\",1\nc,2".utf8))
        _ = reader.next()
        #expect(CellValues.text(reader.bytes, reader.cells[0]) == "a\r\nb")
        _ = reader.next()
        #expect(reader.line == 3)
    }

    @Test func `a doubled quote is one quote`() {
        #expect(rows("\"The \"\"A\"\" route\",\"\"\"\",\"\"") == [["The \"A\" route", "\"", ""]])
    }

    @Test func `an inner quote that is not doubled is taken as text`() {
        var reader = CSVReader(Array("\"Joe \"The Bus\" Smith\",2".utf8))
        _ = reader.next()
        #expect(
            reader.cells.map { CellValues.text(reader.bytes, $0) } == [
                #"Joe "The Bus" Smith"#, "2",
            ]
        )
        #expect(reader.flaws == [CSVReader.Flaw(kind: .unescapedQuote, cell: 0)])
    }

    @Test func `a quote that never closes spoils its own line only`() {
        var reader = CSVReader(Array("\"a,1\nb,2\n\"c,3\nd,4".utf8))
        var flaws: [Bool] = []
        while reader.next() { flaws.append(reader.flaws.map(\.kind) == [.unclosedQuote]) }
        #expect(flaws == [true, false, true, false])
    }

    @Test func `a file of opening quotes is read in one pass`() {
        var reader = CSVReader([UInt8](repeating: 0x22, count: 1_000_001) + Array("x\n".utf8))
        _ = reader.next()
        let isMore = reader.next()
        #expect(!isMore)
    }

    @Test func `quotes after many blanks are read in one pass`() {
        let blanks = String(repeating: " ", count: 200_000)
        let quotes = String(repeating: "\"", count: 200_000)
        #expect(rows("a\n\(blanks)x\(quotes)\n\n") == [["a"], ["x" + quotes]])
    }

    @Test func `spaces around a cell are trimmed, quoted ones are kept`() {
        #expect(rows(" a ,\tb, \" c \" ,d e") == [["a", "b", " c ", "d e"]])
    }

    @Test func `an empty file has no rows`() {
        #expect(rows("") == [])
        #expect(rows("\r\n\n") == [])
    }

    @Test(arguments: 0..<300)
    func `what is written is read back`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let letters = Array("ab ,\"\n\ré0")
        let table = (0...Int.random(in: 0...6, using: &generator)).map { _ in
            (0...Int.random(in: 1...4, using: &generator)).map { _ in
                String(
                    (0..<Int.random(in: 0...5, using: &generator)).map { _ in
                        letters.randomElement(using: &generator) ?? "x"
                    }
                )
            }
        }
        let end = ["\n", "\r\n", "\r\r\n"].randomElement(using: &generator) ?? "\n"
        let text = table.map { row in row.map(Self.quoted).joined(separator: ",") }
            .joined(separator: end)
        #expect(rows(text) == table, "seed \(seed)")
    }

    private static func quoted(_ cell: String) -> String {
        "\"" + cell.replacing("\"", with: "\"\"") + "\""
    }

    @Test(arguments: 0..<300)
    func `any bytes are read without a trap`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let letters = Array("a,\"\n\r \t".utf8) + [0, 0xFF]
        let bytes = (0..<200).map { _ in letters.randomElement(using: &generator) ?? 0 }
        var reader = CSVReader(bytes)
        var lastLine = 0
        while reader.next() {
            #expect(reader.line > lastLine, "seed \(seed)")
            lastLine = reader.line
            for cell in reader.cells { #expect(cell.start <= cell.end, "seed \(seed)") }
        }
    }
}
