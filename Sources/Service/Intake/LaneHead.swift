import Hummingbird

/// The head of a request that ``IngestLane`` takes, read strictly: whatever is unusual about one is
/// left to the web framework, which knows all of HTTP.
struct LaneHead {
    /// What the first bytes of a connection's next request are.
    enum Reading {
        case head(LaneHead)
        /// The head has not come whole yet.
        case incomplete
        /// Nothing for the lane.
        case other
        /// The head is for the lane and too long.
        case tooLong
    }

    /// Heads may be so many bytes long.
    static let longest = 16 << 10

    let form: IngestRequest.Form
    let method: String
    let target: String
    let credentials: Credentials
    /// Bytes of the body.
    let bodyLength: Int
    /// Whether the client wants the connection closed afterwards.
    let isLast: Bool
    /// Bytes of the head itself.
    let length: Int

    /// Reads what stands at the front of some bytes.
    static func read(_ bytes: UnsafeRawBufferPointer) -> Reading {
        guard mayBeOurs(bytes) else { return .other }
        guard let length = end(of: bytes) else {
            return bytes.count > longest ? .tooLong : .incomplete
        }
        guard length <= longest else { return .tooLong }
        let text = String(decoding: bytes.prefix(length - 4), as: UTF8.self)
        return LaneHead(text, length: length).map(Reading.head) ?? .other
    }

    private static let beginnings = ["POST /ingest/", "GET /ingest/"].map { Array($0.utf8) }

    private static func mayBeOurs(_ bytes: UnsafeRawBufferPointer) -> Bool {
        beginnings.contains { beginning in
            zip(beginning, bytes).allSatisfy { $0 == $1 }
        }
    }

    /// Where the blank line ends; nil while it has not come.
    private static func end(of bytes: UnsafeRawBufferPointer) -> Int? {
        var place = 3
        while place < min(bytes.count, longest + 4) {
            if bytes[place] == UInt8(ascii: "\n"), bytes[place - 1] == UInt8(ascii: "\r"),
                bytes[place - 2] == UInt8(ascii: "\n"), bytes[place - 3] == UInt8(ascii: "\r")
            {
                return place + 1
            }
            place += 1
        }
        return nil
    }

    private init?(_ text: String, length: Int) {
        var lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .map { $0.last == UInt8(ascii: "\r") ? $0.dropLast() : $0 }[...]
        guard let first = lines.popFirst().flatMap(RequestLine.init), let form = first.form,
            let fields = LaneFields(lines), fields.bodyLength <= form.mostBytes
        else { return nil }
        self.form = form
        method = first.method
        target = first.target
        bodyLength = fields.bodyLength
        isLast = fields.isLast
        credentials = fields.credentials
        self.length = length
    }
}

/// Method, target and version.
private struct RequestLine {
    let method: String
    let target: String

    init?(_ line: Substring.UTF8View) {
        let parts = line.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
        guard parts.count == 3, parts[2].elementsEqual("HTTP/1.1".utf8),
            parts[1].allSatisfy({ 0x21...0x7E ~= $0 })
        else { return nil }
        method = String(parts[0]) ?? ""
        target = String(parts[1]) ?? ""
    }

    /// The form whose address the target is; nil for any other, and for a method that it has not.
    var form: IngestRequest.Form? {
        let path = target.prefix { $0 != "?" }
        guard let form = IngestRequest.Form(rawValue: String(path)),
            form.methods.contains(where: { $0.rawValue == method })
        else { return nil }
        return form
    }
}

/// The header fields that matter to the lane.
private struct LaneFields {
    private(set) var bodyLength = 0
    private(set) var isLast = false
    private var hasHost = false
    private var hasLength = false
    private var authorization: String?
    private var device, time, sequence, code: String?

    /// Nil when a line is no header field, or asks for something unusual.
    init?(_ lines: some Sequence<Substring.UTF8View>) {
        for line in lines {
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex,
                line[..<colon].allSatisfy(\.isTokenByte),
                line[colon...].allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }),
                let name = String(line[..<colon]),
                let value = String(line[line.index(after: colon)...])
            else { return nil }
            guard take(name.lowercased(), value.trimmingBlanks) else { return nil }
        }
        guard hasHost else { return nil }
    }

    private mutating func take(_ name: String, _ value: String) -> Bool {
        switch name {
        case "content-length": return take(length: value)
        case "host": return take(&hasHost)
        case "connection":
            isLast = value.lowercased() == "close"
            return isLast || value.lowercased() == "keep-alive"
        case "authorization": return take(value, &authorization)
        case "x-device-id": return take(value, &device)
        case "x-device-time": return take(value, &time)
        case "x-device-sequence": return take(value, &sequence)
        case "x-device-signature": return take(value, &code)
        case "transfer-encoding", "expect", "upgrade", "trailer", "te": return false
        default: return true
        }
    }

    private mutating func take(length text: String) -> Bool {
        guard take(&hasLength), text.utf8.allSatisfy({ 0x30...0x39 ~= $0 }), text.utf8.count < 10,
            let length = Int(text)
        else { return false }
        bodyLength = length
        return true
    }

    /// False for a field that comes twice.
    private func take(_ isThere: inout Bool) -> Bool {
        defer { isThere = true }
        return !isThere
    }

    private func take(_ value: String, _ place: inout String?) -> Bool {
        defer { place = value }
        return place == nil
    }

    var credentials: Credentials {
        Credentials(
            authorization: authorization,
            signature: MessageSignature(
                device: device, time: time, sequence: sequence, code: code))
    }
}

extension UInt8 {
    /// Whether names of header fields may hold it (RFC 9110, section 5.6.2).
    fileprivate var isTokenByte: Bool {
        switch self {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: "!#$%&'*+-.^_`|~".utf8.contains(self)
        }
    }
}

extension String {
    fileprivate var trimmingBlanks: String {
        guard first == " " || first == "\t" || last == " " || last == "\t" else { return self }
        return String(
            drop { $0 == " " || $0 == "\t" }.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
    }
}
