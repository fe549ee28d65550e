/// Numbers ids from 0 in order of arrival, so that a reference costs a hash of its bytes and no
/// `String`.
///
/// Open addressing over one block of bytes. Hashes are seeded per process, so that no feed can be
/// made to collide; numbers do not depend on them.
struct IDTable {
    private static let seed = UInt64.random(in: .min ... .max)

    /// A number, and the hash of its id beside it, so that few ids need be compared.
    private struct Slot {
        var number: Int32
        var hash: UInt32
        static let free = Slot(number: -1, hash: 0)
    }

    private var letters: [UInt8] = []
    private var ends: [Int32] = []
    private var slots = [Slot](repeating: .free, count: 64)

    /// Whether no id holds a comma or a quote, so that in an unquoted cell it is what it seems.
    private(set) var isPlain = true

    /// How many ids there are.
    var count: Int { ends.count }

    /// The number of an id; nil for an unknown one.
    func index(of cell: Cell, in bytes: [UInt8]) -> Int? { index(of: cell, in: bytes.span) }

    /// The number of an id; nil for an unknown one.
    func index(of cell: Cell, in bytes: Span<UInt8>) -> Int? {
        let number = slots[slot(of: cell.range, in: bytes, Self.hash(bytes, cell.range))].number
        return number < 0 ? nil : Int(number)
    }

    /// Whether an id has this number.
    @inline(__always)
    func matches(_ index: Int, _ cell: Cell, in bytes: Span<UInt8>) -> Bool {
        matches(index, bytes, cell.range)
    }

    /// Where the id with a number ends when it stands at an offset; nil when it does not.
    @inline(__always)
    func end(of index: Int, at offset: Int, in bytes: Span<UInt8>) -> Int? {
        let start = start(of: index)
        let count = Int(ends[index]) - start
        guard Self.isEqual(letters.span.bytes, start, bytes.bytes, offset, count) else {
            return nil
        }
        return offset + count
    }

    /// The number of an id, given now if it is new.
    mutating func insert(_ cell: Cell, in bytes: [UInt8]) -> (index: Int, isNew: Bool) {
        insert(cell, in: bytes.span)
    }

    /// The number of an id, given now if it is new.
    mutating func insert(_ cell: Cell, in bytes: Span<UInt8>) -> (index: Int, isNew: Bool) {
        let hash = Self.hash(bytes, cell.range)
        let slot = slot(of: cell.range, in: bytes, hash)
        if slots[slot].number >= 0 { return (Int(slots[slot].number), false) }
        slots[slot] = Slot(number: Int32(count), hash: hash)
        for position in cell.range {
            letters.append(bytes[position])
            if bytes[position] == .comma || bytes[position] == .quote { isPlain = false }
        }
        ends.append(Int32(letters.count))
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
        while slots[slot].number >= 0 {
            if slots[slot].hash == hash, matches(Int(slots[slot].number), bytes, range) {
                return slot
            }
            slot = (slot + 1) & mask
        }
        return slot
    }

    @inline(__always)
    private func matches(_ index: Int, _ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        let start = start(of: index)
        let end = Int(ends[index])
        guard end - start == range.count else { return false }
        return Self.isEqual(letters.span.bytes, start, bytes.bytes, range.lowerBound, range.count)
    }

    /// Compares words, the last of which overlaps the one before.
    @inline(__always)
    private static func isEqual(
        _ left: RawSpan, _ leftStart: Int, _ right: RawSpan, _ rightStart: Int, _ count: Int
    ) -> Bool {
        guard leftStart >= 0, leftStart &+ count <= left.byteCount, rightStart >= 0,
            rightStart &+ count <= right.byteCount
        else { return false }
        @inline(__always)
        func differs<Word: FixedWidthInteger & BitwiseCopyable>(_ offset: Int, _: Word.Type) -> Bool
        {
            left.unsafeLoadUnaligned(fromUncheckedByteOffset: leftStart &+ offset, as: Word.self)
                != right.unsafeLoadUnaligned(
                    fromUncheckedByteOffset: rightStart &+ offset, as: Word.self)
        }
        if count >= 8 {
            var offset = 0
            while offset < count &- 8 {
                if differs(offset, UInt64.self) { return false }
                offset &+= 8
            }
            return !differs(count &- 8, UInt64.self)
        }
        if count >= 4 { return !differs(0, UInt32.self) && !differs(count &- 4, UInt32.self) }
        for offset in 0..<count where differs(offset, UInt8.self) { return false }
        return true
    }

    private mutating func grow() {
        let old = slots.filter { $0.number >= 0 }
        slots = [Slot](repeating: .free, count: slots.count * 4)
        let mask = slots.count - 1
        for entry in old {
            var slot = Int(entry.hash) & mask
            while slots[slot].number >= 0 { slot = (slot + 1) & mask }
            slots[slot] = entry
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
