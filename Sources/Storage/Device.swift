import Crypto
public import Foundation
public import TransitModel

/// A tracker that may speak for one vehicle, or a gateway that speaks for many trackers.
public struct Device: Hashable, Sendable {
    /// The operator's name for it.
    public var id: String
    /// The vehicle it may report; nil for a gateway, which may report every vehicle that some other
    /// device in force is for.
    public var vehicleID: String?
    /// How it writes what its wire format leaves open, such as `speed=kmh`; empty for nothing unusual.
    public var wire: String
    /// Whether its messages must be signed.
    public var isSigning: Bool
    /// When it was let in.
    public var addedAt: Timestamp
    /// When it was shut out; nil while it may speak.
    public var revokedAt: Timestamp?

    /// Describes a device.
    public init(
        id: String, vehicleID: String?, wire: String = "", isSigning: Bool = false,
        addedAt: Timestamp, revokedAt: Timestamp? = nil
    ) {
        self.id = id
        self.vehicleID = vehicleID
        self.wire = wire
        self.isSigning = isSigning
        self.addedAt = addedAt
        self.revokedAt = revokedAt
    }
}

/// The key with which a device signs its messages.
public struct SigningKey: Sendable {
    private let key: SymmetricKey

    init(_ bytes: Data) { key = SymmetricKey(data: bytes) }

    private init() { key = SymmetricKey(size: .bits256) }

    /// A key by chance.
    public static func random() -> SigningKey { SigningKey() }

    /// Whether a signature is this key's HMAC-SHA256 of a message, compared in constant time.
    public func verifies(_ signature: some ContiguousBytes, of message: [UInt8]) -> Bool {
        let code = signature.withUnsafeBytes { Data($0) }
        return HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: message, using: key)
    }
}

/// What is kept of a token: its SHA-256.
struct TokenDigest: Hashable, Sendable {
    private let words: (UInt64, UInt64, UInt64, UInt64)

    init(of token: [UInt8]) {
        words = SHA256.hash(data: token).withUnsafeBytes(Self.words)
    }

    /// Reads a digest back from the disk; nil when it is none.
    init?(_ data: Data) {
        guard data.count == 32 else { return nil }
        words = data.withUnsafeBytes(Self.words)
    }

    var data: Data { withUnsafeBytes(of: words) { Data($0) } }

    private static func words(
        _ bytes: UnsafeRawBufferPointer
    ) -> (UInt64, UInt64, UInt64, UInt64) {
        func word(_ number: Int) -> UInt64 {
            bytes.loadUnaligned(fromByteOffset: 8 * number, as: UInt64.self)
        }
        return (word(0), word(1), word(2), word(3))
    }

    /// Looks at every word, so that the time it takes tells nothing.
    static func == (left: Self, right: Self) -> Bool {
        let (a, b) = (left.words, right.words)
        return (a.0 ^ b.0) | (a.1 ^ b.1) | (a.2 ^ b.2) | (a.3 ^ b.3) == 0
    }

    /// The first word is as good as random.
    func hash(into hasher: inout Hasher) { hasher.combine(words.0) }
}
