import Foundation
import Ingestion

/// Whole files, gzipped or not.
enum Files {
    /// Reads a file; one whose content is gzip is inflated.
    static func read(_ path: String) throws -> [UInt8] {
        guard let content = FileManager.default.contents(atPath: path) else {
            throw CommandFault(.unreachable, "cannot open \(path): check name and permissions")
        }
        do {
            return try Gzip.inflate([UInt8](content), limit: 16 << 30)
        } catch {
            throw CommandFault(.unreachable, "\(path): \(error)")
        }
    }
}

/// A file that is written piece by piece; gzipped when its name ends in `.gz`.
struct OutputFile {
    private let handle: FileHandle
    private let isGzip: Bool

    init(_ path: String) throws {
        guard FileManager.default.createFile(atPath: path, contents: nil),
            let handle = FileHandle(forWritingAtPath: path)
        else {
            throw CommandFault(.unreachable, "cannot write \(path): check folder and permissions")
        }
        self.handle = handle
        isGzip = path.hasSuffix(".gz")
    }

    /// Writes a piece.
    ///
    /// Each becomes a gzip member of its own, which readers join (RFC 1952, 2.2).
    func write(_ bytes: [UInt8]) throws {
        try handle.write(contentsOf: Data(isGzip ? Gzip.deflate(bytes) : bytes))
    }

    func close() throws { try handle.close() }
}
