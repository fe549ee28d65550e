/// Names a version of a feed by what is in it, where the feed does not name itself.
///
/// FNV-1a over the sizes and CRC-32s of the files that are read, so a folder and an archive of the
/// same files have the same name.
struct ContentHash {
    private var state: UInt64 = 0xcbf2_9ce4_8422_2325

    /// 16 hexadecimal digits.
    var text: String {
        let digits = String(state, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    /// Adds a file that was read to its end.
    mutating func add(_ figures: FileFigures) {
        add(UInt64(figures.size))
        add(UInt64(figures.checksum))
    }

    private mutating func add(_ word: UInt64) {
        state = (state ^ word) &* 0x100_0000_01b3
        state ^= state >> 32
    }
}
