import Hummingbird

/// A request of a tracker, as it came over the wire.
struct IngestRequest: Sendable {
    /// The forms in which trackers speak, by the address that takes each.
    enum Form: String, CaseIterable, Sendable {
        case native = "/ingest/v1/pings"
        case osmAnd = "/ingest/osmand"
        case traccar = "/ingest/traccar"

        /// The most bytes of a body, also after inflating it: batches may be large.
        var mostBytes: Int { self == .native ? 1 << 20 : 64 << 10 }

        /// The methods that it takes.
        var methods: [HTTPRequest.Method] { self == .osmAnd ? [.get, .post] : [.post] }
    }

    var form: Form
    var method: String
    /// Path and query as they were sent.
    var target: String
    var body: [UInt8] = []
    var credentials: Credentials = .none
    /// Where it came from; nil when that is not known.
    var address: String?

    /// What stands behind the question mark.
    var query: String {
        target.firstIndex(of: "?").map { String(target[target.index(after: $0)...]) } ?? ""
    }
}

/// What a sender proves itself with.
enum Credentials: Sendable {
    case none
    /// The token of `Authorization: Bearer`.
    case token([UInt8])
    case signature(MessageSignature)
}

extension Credentials {
    /// Takes a signature where there is one, else the token if it is not empty.
    init(token: [UInt8], signature: MessageSignature?) {
        if let signature {
            self = .signature(signature)
        } else {
            self = token.isEmpty ? .none : .token(token)
        }
    }

    /// What follows `Bearer` in the value of `Authorization`; empty for any other.
    static func bearerToken(in value: some Collection<UInt8>) -> [UInt8] {
        let isBearer = zip(value, "bearer ".utf8).allSatisfy { byte, small in
            byte == small || 0x41...0x5A ~= byte && byte + 0x20 == small
        }
        guard value.count > 7, isBearer else { return [] }
        return value.dropFirst(7).filter { $0 != UInt8(ascii: " ") }
    }
}

/// What a signed message carries in its headers.
struct MessageSignature: Sendable {
    /// The device that signed.
    var deviceID: String
    /// When, in seconds since 1970.
    var time: Int64
    /// The number of the message, higher than that of any before.
    var sequence: Int64
    /// HMAC-SHA256 over what ``IngestRequest/signedBytes(_:)`` gives.
    var code: [UInt8]

    /// Names of the headers, in small letters.
    static let deviceHeader: StaticString = "x-device-id"
    static let timeHeader: StaticString = "x-device-time"
    static let sequenceHeader: StaticString = "x-device-sequence"
    static let codeHeader: StaticString = "x-device-signature"

    /// Reads the headers' values; nil when one is missing or none.
    init?(device: String?, time: String?, sequence: String?, code: String?) {
        guard let device, let time = time.flatMap({ Int64($0) }),
            let sequence = sequence.flatMap({ Int64($0) }), sequence >= 0,
            let code = code.flatMap(Self.bytes)
        else { return nil }
        self.deviceID = device
        self.time = time
        self.sequence = sequence
        self.code = code
    }

    /// Reads 64 hexadecimal digits.
    private static func bytes(_ hex: String) -> [UInt8]? {
        let digits = hex.utf8.compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
        guard digits.count == 64, hex.utf8.count == 64 else { return nil }
        return stride(from: 0, to: 64, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) }
    }
}

extension IngestRequest {
    /// What the signature is made over: method, target, time and number, a line each, and the body as
    /// it was sent.
    func signedBytes(_ signature: MessageSignature) -> [UInt8] {
        Array("\(method)\n\(target)\n\(signature.time)\n\(signature.sequence)\n".utf8) + body
    }
}
