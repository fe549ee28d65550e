extension NoticeLog {
    /// All of a file as UTF-8, decoded if need be; nil, with a notice, when it is no text.
    func text(of file: FeedFile, from stream: any ByteStream) throws(FeedFailure) -> [UInt8]? {
        var bytes = try stream.readAll()
        let finding = TextEncoding.normalize(&bytes)
        report(finding, bytes, file)
        switch finding {
        case .utf8, .latin1, .windows1252: return bytes
        case .utf16, .unknown: return nil
        }
    }

    /// Reports a character that stands for one that was lost before the file was written.
    func reportReplaced(at offset: Int, line: Int? = nil, in file: FeedFile) {
        report(
            .invalidCharacter, file: file.rawValue, line: line,
            "holds U+FFFD at byte \(offset), where a letter was lost; write the file anew")
    }

    private func report(_ finding: TextEncoding.Finding, _ bytes: [UInt8], _ file: FeedFile) {
        switch finding {
        case .utf8:
            guard let offset = TextEncoding.firstReplaced(bytes.span, 0..<bytes.count) else {
                return
            }
            reportReplaced(at: offset, line: Self.line(of: offset, in: bytes), in: file)
        case .latin1(let offset):
            report(
                offset, bytes, file, "read as Latin-1, so check names with accents")
        case .windows1252(let offset):
            report(
                offset, bytes, file, "read as Windows-1252, so check names with accents")
        case .utf16:
            report(0, bytes, file, "it is UTF-16; save it as UTF-8")
        case .unknown(let offset):
            report(offset, bytes, file, "save it as UTF-8")
        }
    }

    private func report(_ offset: Int, _ bytes: [UInt8], _ file: FeedFile, _ advice: String) {
        report(
            .invalidCharacter, file: file.rawValue, line: Self.line(of: offset, in: bytes),
            "is not UTF-8 at byte \(offset); \(advice)")
    }

    private static func line(of offset: Int, in bytes: [UInt8]) -> Int {
        let before = bytes[..<offset]
        let feeds = before.count { $0 == .lineFeed }
        return 1 + (feeds > 0 ? feeds : before.count { $0 == .carriageReturn })
    }
}
