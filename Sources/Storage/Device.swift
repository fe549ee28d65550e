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
    private let words: [UInt64]

    init(of token: some Sequence<UInt8>) { self.init(Data(SHA256.hash(data: Array(token)))) }

    /// Reads a digest back from the disk.
    init(_ data: Data) {
        words = data.withUnsafeBytes { bytes in
            stride(from: 0, to: bytes.count - 7, by: 8)
                .map { bytes.loadUnaligned(fromByteOffset: $0, as: UInt64.self) }
        }
    }

    var data: Data { words.withUnsafeBytes { Data($0) } }

    /// Looks at every word, so that the time it takes tells nothing.
    static func == (left: Self, right: Self) -> Bool {
        zip(left.words, right.words).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }

    /// The first word is as good as random.
    func hash(into hasher: inout Hasher) { hasher.combine(words.first) }
}
