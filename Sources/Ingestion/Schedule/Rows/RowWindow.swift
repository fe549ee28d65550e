/// A part of a file in memory that moves on as rows are read, so that a file of any size takes no
/// more room than its longest row.
struct RowWindow {
    /// What is in memory; only the first ``count`` bytes mean anything.
    var bytes: [UInt8]
    /// How many bytes are in memory.
    private(set) var count: Int
    /// Offset in the file of the first byte that is no UTF-8, once it is met.
    private(set) var firstInvalid: Int?
    /// Offset in the file of the first U+FFFD, once it is met.
    private(set) var firstReplaced: Int?
    /// Why reading stopped before the end of the file.
    private(set) var failure: FeedFailure?

    /// Size of the file in bytes.
    let size: Int

    private let stream: (any ByteStream)?
    private let limit: Int
    private var checked: Int
    private var base = 0
    private(set) var isAtEnd: Bool

    /// A whole file that is known to be UTF-8.
    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        count = bytes.count
        checked = bytes.count
        size = bytes.count
        stream = nil
        limit = bytes.count
        isAtEnd = true
    }

    /// A file that is read as rows are asked for.
    ///
    /// - Parameters:
    ///   - stream: The file.
    ///   - step: Bytes read at a time.
    ///   - limit: About the longest row that can be read, in bytes.
    init(_ stream: any ByteStream, step: Int = 256 << 10, limit: Int = 4 << 20) {
        bytes = [UInt8](repeating: 0, count: min(step, stream.size + 1))
        self.limit = limit
        count = 0
        checked = 0
        size = stream.size
        self.stream = stream
        isAtEnd = false
        _ = readMore(keepingFrom: 0)
    }

    /// Brings in more of the file after what begins at `start`, which becomes offset 0; false when
    /// all stays as it is.
    mutating func readMore(keepingFrom start: Int) -> Bool {
        guard !isAtEnd, firstInvalid == nil, let stream else { return false }
        guard makeRoom(keepingFrom: start) else { return false }
        let held = count
        do throws(FeedFailure) {
            count = try stream.fill(&bytes, from: count)
            isAtEnd = count < bytes.count
        } catch {
            failure = error
            isAtEnd = true
        }
        check()
        return count > held || start > 0
    }

    private mutating func makeRoom(keepingFrom start: Int) -> Bool {
        if start > 0 {
            bytes.withUnsafeMutableBytes { bytes in
                let kept = UnsafeRawBufferPointer(rebasing: bytes[start..<count])
                bytes.copyMemory(from: kept)
            }
            base += start
            count -= start
            checked = max(0, checked - start)
        }
        guard count == bytes.count else { return true }
        guard bytes.count < limit else { return false }
        bytes += [UInt8](repeating: 0, count: bytes.count)
        return true
    }

    /// Looks for the first byte that is no UTF-8 in what has come in, but for a character that the
    /// window's end may have cut.
    private mutating func check() {
        guard firstInvalid == nil else { return }
        let start = checked
        let end = count
        checked = end
        if base + start == 0, count > 1, TextEncoding.isUTF16(bytes) {
            firstInvalid = 0
            return
        }
        if TextEncoding.isASCII(bytes.span, start..<end) { return }
        let invalid = TextEncoding.firstInvalid(bytes.span, start..<end)
        let replaced = TextEncoding.firstReplaced(bytes.span, start..<(invalid?.lowerBound ?? end))
        if firstReplaced == nil, let replaced { firstReplaced = base + replaced }
        guard let place = invalid else { return }
        if !isAtEnd, place.upperBound == end {
            checked = place.lowerBound
        } else {
            firstInvalid = base + place.lowerBound
        }
    }

    /// Stops reading at a row that is too long to hold.
    mutating func refuse(rowAt line: Int) {
        failure = FeedFailure(
            code: .csvParsingFailed,
            message: "line \(line) is longer than \(limit >> 20) MiB, so this is no table")
    }
}
