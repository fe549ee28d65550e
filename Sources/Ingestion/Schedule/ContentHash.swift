/// Names a version of a feed by what is in it, where the feed does not name itself.
///
/// FNV-1a over the sizes and contents of the files that are read, eight bytes at a step, so a
/// folder and an archive of the same files have the same name.
struct ContentHash {
    private var state: UInt64 = 0xcbf2_9ce4_8422_2325

    /// 16 hexadecimal digits.
    var text: String {
        let digits = String(state, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    mutating func add(_ bytes: [UInt8]) {
        add(UInt64(bytes.count))
        let raw = bytes.span.bytes
        let whole = raw.byteCount & ~7
        for offset in stride(from: 0, to: whole, by: 8) {
            add(
                UInt64(
                    littleEndian: raw.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
                )
            )
        }
        for offset in whole..<raw.byteCount { add(UInt64(bytes[offset])) }
    }

    private mutating func add(_ word: UInt64) {
        state = (state ^ word) &* 0x100_0000_01b3
        state ^= state >> 32
    }
}
