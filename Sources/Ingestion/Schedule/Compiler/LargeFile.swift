/// How much of a file there was.
struct FileFigures: Sendable {
    /// Rows without the header.
    var rowCount = 0
    /// Whether rows could not be used.
    var hasLostRows = false
    /// Bytes.
    var size = 0
    /// CRC-32 of all bytes.
    var checksum: UInt32 = 0
}

/// A file of the feed that may be too large to hold: its rows are taken as it is inflated.
struct LargeFile {
    /// What came of taking the rows once.
    struct Taken<Product> {
        let product: Product
        /// Whether rows that belong together did not stand together, so that it was in vain.
        let isScattered: Bool
        /// Why the feed is refused for what the rows are.
        let failure: FeedFailure?
    }

    /// How rows are taken: from a table, given the file's size in bytes, whether to gather all
    /// before making anything of them, and a log.
    typealias Taking<Product> = (inout TableReader, Int, Bool, NoticeLog) -> Taken<Product>

    let file: FeedFile
    let archive: FeedArchive
    let log: NoticeLog

    /// Takes the rows, and takes them once more when the first time was in vain: a file that is not
    /// UTF-8 is held as a whole and decoded, one in disorder is gathered.
    ///
    /// Returns nil where the feed has no such file or it cannot be read, with a notice in the log.
    func take<Product>(_ taking: Taking<Product>) -> (Product, FileFigures)? {
        do throws(FeedFailure) {
            var isHeld = false
            var gathersFirst = false
            while let stream = try open(isHeld) {
                let trial = NoticeLog()
                guard let window = try window(on: stream, isHeld) else { return nil }
                switch try take(from: window, gathersFirst, trial, taking) {
                case .needsDecoding(let offset):
                    try checkRoom(toDecode: stream, invalidAt: offset)
                    isHeld = true
                case .needsGathering: gathersFirst = true
                case .unreadable:
                    log.add(trial.findings)
                    return nil
                case .done(let product, let rowCount, let hasLostRows):
                    log.add(trial.findings)
                    return (
                        product,
                        FileFigures(
                            rowCount: rowCount, hasLostRows: hasLostRows, size: stream.size,
                            checksum: stream.checksum)
                    )
                }
            }
        } catch {
            log.report(error.code, file: error.file ?? file.rawValue, error.message)
        }
        return nil
    }

    /// The file; on a thread of its own where it need not be held and there is a core for it.
    private func open(_ isHeld: Bool) throws(FeedFailure) -> (any ByteStream)? {
        if isHeld || SideBySide.coreCount == 1 { return try archive.stream(file) }
        guard let stream = try archive.stream(file) else { return nil }
        return ReadAhead(stream)
    }

    private func window(
        on stream: any ByteStream, _ isHeld: Bool
    ) throws(FeedFailure) -> RowWindow? {
        isHeld ? try log.text(of: file, from: stream).map { RowWindow($0) } : RowWindow(stream)
    }

    private func checkRoom(
        toDecode stream: any ByteStream, invalidAt offset: Int
    ) throws(FeedFailure) {
        guard stream.size > FeedArchive.heldLimit else { return }
        throw FeedFailure(
            code: .invalidCharacter,
            message: "is not UTF-8 at byte \(offset), and too large to be read as anything else; "
                + "save it as UTF-8")
    }

    /// The line of an offset, found by reading up to it once more; few files need that.
    private func line(of offset: Int) throws(FeedFailure) -> Int? {
        guard let stream = try archive.stream(file) else { return nil }
        var (feeds, returns, position) = (0, 0, 0)
        var piece = [UInt8](repeating: 0, count: 256 << 10)
        while position < offset {
            let count = min(try stream.fill(&piece, from: 0), offset - position)
            guard count > 0 else { return nil }
            feeds += piece[..<count].count { $0 == .lineFeed }
            returns += piece[..<count].count { $0 == .carriageReturn }
            position += count
        }
        return 1 + (feeds > 0 ? feeds : returns)
    }

    private enum Outcome<Product> {
        case needsDecoding(offset: Int)
        case needsGathering
        case unreadable
        case done(Product, rowCount: Int, hasLostRows: Bool)
    }

    private func take<Product>(
        from window: RowWindow, _ gathersFirst: Bool, _ log: NoticeLog, _ taking: Taking<Product>
    ) throws(FeedFailure) -> Outcome<Product> {
        if let failure = window.failure { throw failure }
        if let offset = window.firstInvalid { return .needsDecoding(offset: offset) }
        let size = window.size
        var table: TableReader
        do throws(TableReader.Unreadable) {
            table = try TableReader.open(file, window, log: log)
        } catch {
            if let failure = error.failure { throw failure }
            return error.firstInvalid.map { .needsDecoding(offset: $0) } ?? .unreadable
        }
        let taken = taking(&table, size, gathersFirst, log)
        if let failure = table.csv.window.failure { throw failure }
        if let offset = table.csv.window.firstInvalid { return .needsDecoding(offset: offset) }
        if let failure = taken.failure { throw failure }
        if taken.isScattered { return .needsGathering }
        if let offset = table.csv.window.firstReplaced {
            log.reportReplaced(at: offset, line: try line(of: offset), in: file)
        }
        return .done(
            taken.product, rowCount: table.rowCount, hasLostRows: table.hasLostRows)
    }
}
