/// Numbers ids from 0 in order of arrival, so that a reference costs a hash of its bytes and no
/// `String`.
///
/// Open addressing over one block of bytes. Hashes are seeded per process; numbers do not depend
/// on them.
struct IDTable {
    private static let seed = UInt64.random(in: .min ... .max)

    private var letters: [UInt8] = []
    private var ends: [Int] = []
    private var slots = [Int32](repeating: -1, count: 64)

    /// How many ids there are.
    var count: Int { ends.count }

    /// The number of an id; nil for an unknown one.
    func index(of cell: Cell, in bytes: [UInt8]) -> Int? {
        let found = slots[slot(of: cell, in: bytes)]
        return found < 0 ? nil : Int(found)
    }

    /// The number of an id, given now if it is new.
    mutating func insert(_ cell: Cell, in bytes: [UInt8]) -> (index: Int, isNew: Bool) {
        let slot = slot(of: cell, in: bytes)
        if slots[slot] >= 0 { return (Int(slots[slot]), false) }
        slots[slot] = Int32(count)
        letters.append(contentsOf: bytes[cell.range])
        ends.append(letters.count)
        if count * 2 > slots.count { grow() }
        return (count - 1, true)
    }

    /// The id with a number.
    func text(_ index: Int) -> String {
        CellValues.text(letters, Cell(start: start(of: index), end: ends[index]))
    }

    private func start(of index: Int) -> Int { index == 0 ? 0 : ends[index - 1] }

    /// The slot that holds the id, or the free one where it belongs.
    private func slot(of cell: Cell, in bytes: [UInt8]) -> Int {
        let range = cell.range
        var slot = Self.hash(bytes.span, range) & (slots.count - 1)
        while slots[slot] >= 0, !matches(Int(slots[slot]), bytes, range) {
            slot = (slot + 1) & (slots.count - 1)
        }
        return slot
    }

    private func matches(_ index: Int, _ bytes: [UInt8], _ range: Range<Int>) -> Bool {
        let start = start(of: index)
        guard ends[index] - start == range.count else { return false }
        for offset in 0..<range.count
        where letters[start + offset] != bytes[range.lowerBound + offset] {
            return false
        }
        return true
    }

    private mutating func grow() {
        slots = [Int32](repeating: -1, count: slots.count * 4)
        for index in 0..<count {
            var slot = Self.hash(letters.span, start(of: index)..<ends[index]) & (slots.count - 1)
            while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = Int32(index)
        }
    }

    /// FNV-1a with a seed and a final mix.
    private static func hash(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int {
        var hash = seed
        for position in range {
            hash = (hash ^ UInt64(bytes[position])) &* 0x100_0000_01b3
        }
        hash ^= hash >> 29
        return Int(truncatingIfNeeded: (hash &* 0x9e37_79b9_7f4a_7c15) >> 20)
    }
}
