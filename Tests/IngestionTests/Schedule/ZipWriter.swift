/// Writes small zip archives, honest or not, without compression.
struct ZipWriter {
    /// An entry, with what its headers say where that is not the truth.
    struct Entry {
        var name: String
        var text: String
        var claimedSize: Int?
        var isEncrypted = false
    }

    var entries: [Entry] = []

    init(_ files: [String: String] = [:], folder: String = "") {
        entries = files.sorted { $0.key < $1.key }.map {
            Entry(name: folder + $0.key, text: $0.value)
        }
    }

    /// The bytes of the archive.
    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        var directory: [UInt8] = []
        for entry in entries {
            let offset = bytes.count
            bytes += word(0x0403_4b50) + header(of: entry) + Array(entry.name.utf8)
            bytes += Array(entry.text.utf8)
            directory += word(0x0201_4b50) + half(20) + header(of: entry)
            directory += half(0) + half(0) + half(0) + word(0) + word(offset)
            directory += Array(entry.name.utf8)
        }
        let start = bytes.count
        let count = half(entries.count)
        return bytes + directory + word(0x0605_4b50) + half(0) + half(0) + count + count
            + word(directory.count) + word(start) + half(0)
    }

    /// The fields that the local header and the directory share.
    private func header(of entry: Entry) -> [UInt8] {
        let text = Array(entry.text.utf8)
        return half(20) + half(entry.isEncrypted ? 1 : 0) + half(0) + half(0) + half(0x21)
            + word(Int(Self.checksum(text))) + word(text.count)
            + word(entry.claimedSize ?? text.count) + half(entry.name.utf8.count) + half(0)
    }

    private func half(_ value: Int) -> [UInt8] {
        [UInt8(truncatingIfNeeded: value), UInt8(truncatingIfNeeded: value >> 8)]
    }

    private func word(_ value: Int) -> [UInt8] { half(value) + half(value >> 16) }

    /// CRC-32 as in ISO 3309.
    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(~0) { sum, byte in
            (0..<8).reduce(sum ^ UInt32(byte)) { sum, _ in
                sum & 1 == 1 ? sum >> 1 ^ 0xedb8_8320 : sum >> 1
            }
        }
    }
}
