import Testing

@testable import Ingestion

/// Windows move on every 256 KiB; what follows lies on such an edge.
@Suite struct RowWindowEdgeTests {
    private static let step = 256 << 10

    private func reader(_ bytes: [UInt8]) -> CSVReader { CSVReader(RowWindow(MemoryStream(bytes))) }

    /// The texts of the last row, and how many rows there are.
    private func lastRow(_ reader: inout CSVReader) -> (cells: [String], count: Int) {
        var count = 0
        var cells: [String] = []
        while reader.next() {
            count += 1
            cells = reader.cells.map { CellValues.text(reader.bytes, $0) }
        }
        return (cells, count)
    }

    @Test(arguments: ["", "a"])
    func `a file of hardly any bytes is text`(text: String) {
        #expect(RowWindow(MemoryStream(Array(text.utf8))).firstInvalid == nil)
    }

    @Test(arguments: ["aaaa,bbb", "\"aaa,bbb"])
    func `a last row without an end is read where it fills the window`(row: String) {
        let rows = String(repeating: "aaaa,bb\n", count: Self.step / 8 - 1)
        var reader = reader(Array((rows + row).utf8))
        let (cells, count) = lastRow(&reader)
        #expect(cells == (row.hasPrefix("a") ? ["aaaa", "bbb"] : ["aaa,bbb"]))
        #expect(count == Self.step / 8)
        #expect(reader.isWhole)
    }

    @Test(arguments: 1...4)
    func `a byte that is no text is seen before a window's end`(distance: Int) {
        let rows = Array(String(repeating: "aaaa,bb\n", count: 2 * Self.step / 8).utf8)
        var bytes = rows
        bytes[Self.step - distance] = 0xE9
        bytes[Self.step - 1] = distance == 1 ? 0xE9 : .lineFeed
        var reader = reader(bytes)
        _ = lastRow(&reader)
        #expect(reader.window.firstInvalid == Self.step - distance)
    }

    @Test(arguments: 1...3)
    func `a letter that a window's end cuts is whole`(distance: Int) {
        let start = String(repeating: "aaaa,bb\n", count: Self.step / 8 - 1)
        let text = start + String(repeating: "x", count: 8 - distance) + "🚌\nlast"
        var reader = reader(Array(text.utf8))
        #expect(lastRow(&reader) == (["last"], Self.step / 8 + 1))
        #expect(reader.isWhole)
    }

    @Test(arguments: ["x", "xé"])
    func `a row longer than four megabytes ends reading`(text: String) {
        let row = String(repeating: text, count: (5 << 20) / text.utf8.count)
        var reader = reader(Array("a,b\n1,2\n\(row)\n3,4".utf8))
        #expect(lastRow(&reader) == (["1", "2"], 2))
        #expect(reader.window.failure?.code == .csvParsingFailed)
        #expect(reader.window.failure?.message.hasPrefix("line 3 is longer than 4 MiB") == true)
    }

    @Test func `a quote that never closes ends with its line in a file of any size`() {
        let rows = String(repeating: "aaaa,bb\n", count: (5 << 20) / 8)
        var reader = reader(Array(("a,b\n\"1,2\n" + rows + "3,4").utf8))
        #expect(lastRow(&reader) == (["3", "4"], 3 + (5 << 20) / 8))
        #expect(reader.isWhole)
    }
}
