import Testing

@testable import Ingestion

/// Gives few bytes at a time, and perhaps fails in the end.
final class DrippingStream: ByteStream {
    private let bytes: [UInt8]
    private let failure: FeedFailure?
    private let onEnd: @Sendable () -> Void
    private var position = 0
    private var generator: SeededGenerator
    private(set) var checksum: UInt32 = 0

    init(
        _ bytes: [UInt8], seed: UInt64, failure: FeedFailure? = nil,
        onEnd: @escaping @Sendable () -> Void = {}
    ) {
        self.bytes = bytes
        self.failure = failure
        self.onEnd = onEnd
        generator = SeededGenerator(seed: seed)
    }

    deinit { onEnd() }

    var size: Int { bytes.count }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(FeedFailure) -> Int {
        guard position < bytes.count else {
            if let failure { throw failure }
            return 0
        }
        let wanted = Int.random(in: 1...7, using: &generator)
        let count = min(wanted, buffer.count, bytes.count - position)
        buffer.copyBytes(from: bytes[position..<position + count])
        checksum = Checksum.update(checksum, UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        position += count
        return count
    }
}

@Suite struct RowWindowTests {
    private struct Row: Equatable {
        let line: Int
        let cells: [String]
        let flaws: [CSVReader.Flaw]
    }

    private func rows(_ reader: consuming CSVReader) -> (rows: [Row], window: RowWindow) {
        var reader = reader
        var rows: [Row] = []
        while reader.next() {
            rows.append(
                Row(
                    line: reader.line,
                    cells: reader.cells.map { CellValues.text(reader.bytes, $0) },
                    flaws: reader.flaws))
        }
        return (rows, reader.window)
    }

    private func streamed(
        _ bytes: [UInt8], step: Int, limit: Int = 1 << 20, seed: UInt64 = 0
    ) -> (rows: [Row], window: RowWindow) {
        let stream = DrippingStream(bytes, seed: seed)
        return rows(CSVReader(RowWindow(stream, step: step, limit: limit)))
    }

    @Test(arguments: 0..<400)
    func `a file read through a small window is the file`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let pieces = [
            "a", "bc", ",", ",", "\"", "\"\"", "\n", "\r\n", "\r", "\r\r\n", " ", "é", "€", "😀",
            "\"x\ny\",", "\n\"q\r\nr\"\n", "1234567890,1234567890\n",
        ]
        let text = (0..<Int.random(in: 0...80, using: &generator))
            .map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
        let mark = Bool.random(using: &generator) ? "\u{FEFF}" : ""
        let bytes = Array((mark + text).utf8)
        let whole = rows(CSVReader(bytes)).rows
        let step = Int.random(in: 3...40, using: &generator)
        let parts = streamed(bytes, step: step, seed: seed)
        #expect(parts.rows == whole, "seed \(seed), step \(step)")
        #expect(parts.window.firstInvalid == nil, "seed \(seed)")
    }

    @Test(arguments: 0..<200)
    func `the first byte that is no UTF-8 is found wherever the window ends`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let letters = Array("aé€😀,\n\u{FFFD}")
        var bytes = Array(
            String(
                (0..<Int.random(in: 1...60, using: &generator)).map { _ in
                    letters.randomElement(using: &generator) ?? "a"
                }
            ).utf8)
        bytes.insert(
            [0xFF, 0xC3, 0x80, 0xE2].randomElement(using: &generator) ?? 0xFF,
            at: Int.random(in: 1...bytes.count, using: &generator))
        let expected = TextEncoding.firstInvalid(bytes.span, 0..<bytes.count)?.lowerBound
        let step = Int.random(in: 2...20, using: &generator)
        let window = streamed(bytes, step: step, seed: seed).window
        #expect(window.firstInvalid == expected, "seed \(seed), step \(step)")
        let replaced = TextEncoding.firstReplaced(bytes.span, 0..<(expected ?? bytes.count))
        #expect(window.firstReplaced == replaced, "seed \(seed), step \(step)")
    }

    @Test(arguments: 2...24)
    func `a line end cut in two by the window is one`(step: Int) {
        let text = "a,b\r\n1,2\r\r\n3,\"x\r\ny\"\r\n5,6\r\n"
        #expect(streamed(Array(text.utf8), step: step).rows.map(\.line) == [1, 2, 3, 5])
    }

    @Test func `a file that ends in a failure says so`() {
        let failure = FeedFailure(code: .archiveUnreadable, message: "is damaged")
        let stream = DrippingStream(Array("a\n1\n2\n".utf8), seed: 1, failure: failure)
        var reader = CSVReader(RowWindow(stream, step: 4))
        while reader.next() {}
        #expect(reader.window.failure?.message == "is damaged")
        #expect(!reader.isWhole)
    }
}
