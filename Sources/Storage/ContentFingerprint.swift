import Crypto
public import Foundation

/// Names the content of a GTFS: SHA-256 over its bytes, so that a file that was only touched has
/// the same.
///
/// A folder's files go in by name, each with its ``add(name:size:)`` before its bytes; a zip's bytes
/// alone.
public struct ContentFingerprint: Sendable {
    private var hash = SHA256()

    /// Starts with nothing.
    public init() {}

    /// Tells what follows: a file's name and its size in bytes.
    public mutating func add(name: String, size: Int) {
        hash.update(data: Data("\(name)\u{0}\(size)\u{0}".utf8))
    }

    /// Adds bytes.
    public mutating func add(_ bytes: some DataProtocol) { hash.update(data: bytes) }

    /// 64 hexadecimal digits.
    public var text: String { hash.finalize().map(Self.hexadecimal).joined() }

    private static func hexadecimal(_ byte: UInt8) -> String {
        (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
}
