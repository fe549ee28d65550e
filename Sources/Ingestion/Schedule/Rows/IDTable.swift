/// Numbers ids from 0 in order of arrival, so that a reference costs a hash of its bytes and no
/// `String`.
///
/// Open addressing over one block of bytes. Hashes are seeded per process, so that no feed can be
/// made to collide; numbers do not depend on them.
struct IDTable {
    private static let seed = UInt64.random(in: .min ... .max)

    private var letters: [UInt8] = []
    private var ends: [Int32] = []
    private var hashes: [UInt32] = []
    private var slots = [Int32](repeating: -1, count: 64)

    /// How many ids there are.
    var count: Int { ends.count }

    /// The number of an id; nil for an unknown one.
    func index(of cell: Cell, in bytes: [UInt8]) -> Int? { index(of: cell, in: bytes.span) }

    /// The number of an id; nil for an unknown one.
    func index(of cell: Cell, in bytes: Span<UInt8>) -> Int? {
        let found = slots[slot(of: cell.range, in: bytes, Self.hash(bytes, cell.range))]
        return found < 0 ? nil : Int(found)
    }

    /// Whether an id has this number.
    func matches(_ index: Int, _ cell: Cell, in bytes: Span<UInt8>) -> Bool {
        matches(index, bytes, cell.range)
    }

    /// The number of an id, given now if it is new.
    mutating func insert(_ cell: Cell, in bytes: [UInt8]) -> (index: Int, isNew: Bool) {
        insert(cell, in: bytes.span)
    }

    /// The number of an id, given now if it is new.
    mutating func insert(_ cell: Cell, in bytes: Span<UInt8>) -> (index: Int, isNew: Bool) {
        let hash = Self.hash(bytes, cell.range)
        let slot = slot(of: cell.range, in: bytes, hash)
        if slots[slot] >= 0 { return (Int(slots[slot]), false) }
        slots[slot] = Int32(count)
        for position in cell.range { letters.append(bytes[position]) }
        ends.append(Int32(letters.count))
        hashes.append(hash)
        if count * 2 > slots.count { grow() }
        return (count - 1, true)
    }

    /// The id with a number.
    func text(_ index: Int) -> String {
        String(decoding: letters[start(of: index)..<Int(ends[index])], as: UTF8.self)
    }

    private func start(of index: Int) -> Int { index == 0 ? 0 : Int(ends[index - 1]) }

    /// The slot that holds the id, or the free one where it belongs.
    private func slot(of range: Range<Int>, in bytes: Span<UInt8>, _ hash: UInt32) -> Int {
        let mask = slots.count - 1
        var slot = Int(hash) & mask
        while slots[slot] >= 0 {
            let index = Int(slots[slot])
            if hashes[index] == hash, matches(index, bytes, range) { return slot }
            slot = (slot + 1) & mask
        }
        return slot
    }

    private func matches(_ index: Int, _ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        let start = start(of: index)
        guard Int(ends[index]) - start == range.count else { return false }
        let own = letters.span
        for offset in 0..<range.count where own[start + offset] != bytes[range.lowerBound + offset]
        {
            return false
        }
        return true
    }

    private mutating func grow() {
        slots = [Int32](repeating: -1, count: slots.count * 4)
        let mask = slots.count - 1
        for index in 0..<count {
            var slot = Int(hashes[index]) & mask
            while slots[slot] >= 0 { slot = (slot + 1) & mask }
            slots[slot] = Int32(index)
        }
    }

    /// Multiplies and mixes four bytes at a time, seeded.
    private static func hash(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt32 {
        let raw = bytes.bytes
        var hash = seed ^ UInt64(range.count)
        var position = range.lowerBound
        while position + 4 <= range.upperBound {
            let word = raw.unsafeLoadUnaligned(fromByteOffset: position, as: UInt32.self)
            hash = (hash ^ UInt64(word)) &* 0x9e37_79b9_7f4a_7c15
            hash ^= hash >> 32
            position += 4
        }
        while position < range.upperBound {
            hash = (hash ^ UInt64(bytes[position])) &* 0x9e37_79b9_7f4a_7c15
            hash ^= hash >> 32
            position += 1
        }
        return UInt32(truncatingIfNeeded: hash ^ (hash >> 29))
    }
}
