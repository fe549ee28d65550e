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
        let lines = LaneLines(UnsafeRawBufferPointer(rebasing: bytes[..<length]))
        return LaneHead(lines, length: length).map(Reading.head) ?? .other
    }

    private static let beginnings = ["POST /ingest/", "GET /ingest/"].map { Array($0.utf8) }

    private static func mayBeOurs(_ bytes: UnsafeRawBufferPointer) -> Bool {
        beginnings.contains { beginning in
            (0..<min(beginning.count, bytes.count)).allSatisfy { bytes[$0] == beginning[$0] }
        }
    }

    /// Where the blank line ends; nil while it has not come.
    private static func end(of bytes: UnsafeRawBufferPointer) -> Int? {
        var place = 3
        while place < min(bytes.count, longest + 4) {
            if bytes[place] == .lineFeed, bytes[place - 1] == .carriageReturn,
                bytes[place - 2] == .lineFeed, bytes[place - 3] == .carriageReturn
            {
                return place + 1
            }
            place += 1
        }
        return nil
    }

    private init?(_ lines: consuming LaneLines, length: Int) {
        guard let first = lines.requestLine(), let fields = LaneFields(&lines),
            fields.bodyLength <= first.form.mostBytes
        else { return nil }
        form = first.form
        method = first.method
        target = first.target
        bodyLength = fields.bodyLength
        isLast = fields.isLast
        credentials = fields.credentials
        self.length = length
    }
}

/// Method, target and the form whose address that is.
private struct RequestLine {
    let form: IngestRequest.Form
    let method: String
    let target: String
}

/// The lines of a head, gone through byte by byte where they came in: this runs for every ping.
private struct LaneLines {
    let bytes: UnsafeRawBufferPointer
    private var position = 0

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    /// The next line without its end; nil when it does not end as it should.
    private mutating func line() -> Range<Int>? {
        let start = position
        while position < bytes.count, bytes[position] != .lineFeed { position += 1 }
        guard position > start, position < bytes.count, bytes[position - 1] == .carriageReturn
        else {
            return nil
        }
        position += 1
        return start..<position - 2
    }

    /// The first line; nil for an address that is no form's, and for a method that its form has not.
    mutating func requestLine() -> RequestLine? {
        guard let line = line(), let first = place(of: UInt8(ascii: " "), in: line),
            let second = place(of: UInt8(ascii: " "), in: first + 1..<line.upperBound),
            equals("HTTP/1.1", second + 1..<line.upperBound),
            all(first + 1..<second, { 0x21...0x7E ~= $0 })
        else { return nil }
        let path = first + 1..<(place(of: UInt8(ascii: "?"), in: first + 1..<second) ?? second)
        guard let form = Self.forms.first(where: { equals($0.path, path) }),
            let method = form.methods.first(where: { equals($0, line.lowerBound..<first) })
        else { return nil }
        // The text of a plain address is there already.
        let target = path.upperBound == second ? form.path : text(first + 1..<second)
        return RequestLine(form: form.form, method: method, target: target)
    }

    /// The forms with their addresses and methods, made once.
    private static let forms = IngestRequest.Form.allCases.map { form in
        (form: form, path: form.rawValue, methods: form.methods.map(\.rawValue))
    }

    /// Where name and value of the next field are; empty ranges at the end, nil for no field at all.
    mutating func field() -> (name: Range<Int>, value: Range<Int>)? {
        guard let line = line() else { return nil }
        if line.isEmpty { return (line, line) }
        guard let colon = place(of: UInt8(ascii: ":"), in: line), colon > line.lowerBound,
            all(line.lowerBound..<colon, \.isTokenByte),
            all(colon..<line.upperBound, { $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 })
        else { return nil }
        var value = colon + 1..<line.upperBound
        while let first = value.first, bytes[first].isBlank { value = value.dropFirst() }
        while let last = value.last, bytes[last].isBlank { value = value.dropLast() }
        return (line.lowerBound..<colon, value)
    }

    /// Whether bytes are those of a text.
    private func equals(_ text: String, _ range: Range<Int>) -> Bool {
        text.utf8.count == range.count && zip(text.utf8, range).allSatisfy { $0 == bytes[$1] }
    }

    func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    /// Whether bytes are a word in small letters, however they are written.
    func reads(_ word: StaticString, _ range: Range<Int>) -> Bool {
        guard word.utf8CodeUnitCount == range.count else { return false }
        var place = 0
        while place < range.count {
            let byte = bytes[range.lowerBound + place]
            let small = 0x41...0x5A ~= byte ? byte + 0x20 : byte
            guard small == word.utf8Start[place] else { return false }
            place += 1
        }
        return true
    }

    private func place(of byte: UInt8, in range: Range<Int>) -> Int? {
        var place = range.lowerBound
        while place < range.upperBound {
            if bytes[place] == byte { return place }
            place += 1
        }
        return nil
    }

    private func all(_ range: Range<Int>, _ isFine: (UInt8) -> Bool) -> Bool {
        var place = range.lowerBound
        while place < range.upperBound {
            guard isFine(bytes[place]) else { return false }
            place += 1
        }
        return true
    }
}

/// The header fields that matter to the lane.
private struct LaneFields {
    private(set) var bodyLength = 0
    private(set) var isLast = false
    private var hasHost = false
    private var hasLength = false
    private var hasAuthorization = false
    private var token: [UInt8] = []
    private var device, time, sequence, code: String?

    /// Nil when a line is no header field, or asks for something unusual.
    init?(_ lines: inout LaneLines) {
        while true {
            guard let field = lines.field() else { return nil }
            if field.name.isEmpty { break }
            guard take(field.name, field.value, lines) else { return nil }
        }
        guard hasHost else { return nil }
    }

    private mutating func take(
        _ name: Range<Int>, _ value: Range<Int>, _ lines: LaneLines
    ) -> Bool {
        if lines.reads("content-length", name) { return take(length: lines.bytes[value]) }
        if lines.reads("host", name) { return take(&hasHost) }
        if lines.reads("authorization", name) {
            token = Credentials.bearerToken(in: lines.bytes[value])
            return take(&hasAuthorization)
        }
        if lines.reads("connection", name) {
            isLast = lines.reads("close", value)
            return isLast || lines.reads("keep-alive", value)
        }
        if lines.reads(MessageSignature.deviceHeader, name) {
            return take(lines.text(value), &device)
        }
        if lines.reads(MessageSignature.timeHeader, name) { return take(lines.text(value), &time) }
        if lines.reads(MessageSignature.sequenceHeader, name) {
            return take(lines.text(value), &sequence)
        }
        if lines.reads(MessageSignature.codeHeader, name) { return take(lines.text(value), &code) }
        return !Self.unusual.contains { lines.reads($0, name) }
    }

    private static let unusual: [StaticString] = [
        "transfer-encoding", "expect", "upgrade", "trailer", "te",
    ]

    private mutating func take(length digits: Slice<UnsafeRawBufferPointer>) -> Bool {
        guard take(&hasLength), 1..<10 ~= digits.count, digits.allSatisfy({ 0x30...0x39 ~= $0 })
        else { return false }
        bodyLength = digits.reduce(0) { 10 * $0 + Int($1 - 0x30) }
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
            token: token,
            signature: MessageSignature(
                device: device, time: time, sequence: sequence, code: code))
    }
}

extension UInt8 {
    fileprivate static let lineFeed = UInt8(ascii: "\n")
    fileprivate static let carriageReturn = UInt8(ascii: "\r")

    /// A space or a tab.
    fileprivate var isBlank: Bool { self == 0x20 || self == 0x09 }

    /// Whether names of header fields may hold it (RFC 9110, section 5.6.2).
    fileprivate var isTokenByte: Bool {
        switch self {
        // Digits and letters, and !#$%&'*+-.^_`|~ beside them.
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        case 0x21, 0x23...0x27, 0x2A, 0x2B, 0x2D, 0x2E, 0x5E...0x60, 0x7C, 0x7E: true
        default: false
        }
    }
}
