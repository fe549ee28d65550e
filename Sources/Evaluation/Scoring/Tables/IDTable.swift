/// What is taken off an id before two files are compared.
enum IDForm: Sendable {
    /// Spaces around it, and a `.0` that a spreadsheet left behind a number.
    case plain
    /// The same, and the rest of a trace's name: `7560-2010-11-27T00-31-53.csv.gz` is `7560`.
    case vehicle
    /// Spaces around it only.
    case raw

    /// The id by which files are compared.
    func normalised(_ text: String) -> String {
        let trimmed = CSVScanner.trimmed(text)
        switch self {
        case .raw: return trimmed
        case .plain: return Self.withoutFraction(trimmed)
        case .vehicle:
            return Self.withoutFraction(trimmed)
                .replacing(#/\.csv(\.gz)?$/#, with: "")
                .replacing(#/-\d{4}-\d\d-\d\dT[\d-]+$/#, with: "")
        }
    }

    private static func withoutFraction(_ text: String) -> String {
        guard text.hasSuffix(".0") else { return text }
        let number = text.dropLast(2)
        let isNumber = !number.isEmpty && number.utf8.allSatisfy { (48...57).contains($0) }
        return isNumber ? String(number) : text
    }
}

/// Numbers for ids, so that rows hold and compare 32 bits; ``blank`` stands for no id.
struct IDTable: Sendable {
    static let blank: Int32 = 0

    private var numbers: [String: Int32] = ["": blank]
    private(set) var names = [""]

    /// The number of a normalised id, given to it now if it is new.
    mutating func number(of id: String) -> Int32 {
        if let number = numbers[id] { return number }
        let number = Int32(names.count)
        numbers[id] = number
        names.append(id)
        return number
    }
}

/// The quick way from the bytes of an id field to its number.
///
/// Ids repeat a great deal: a field that equals the one in the row before costs a comparison, one
/// seen before costs a hash, and text is made only of new ones.
struct IDReader {
    private struct Entry {
        var range: Range<Int>
        var number: Int32
    }

    private let form: IDForm
    private var last = Entry(range: 0..<0, number: IDTable.blank)
    private var entries: [Entry] = []
    private var slots = [Int32](repeating: -1, count: 1024)

    init(_ form: IDForm) { self.form = form }

    /// The number of the id in a field of the scanner's current row.
    mutating func number(
        _ column: CSVScanner.Column,
        of scanner: CSVScanner,
        in ids: inout IDTable
    ) -> Int32 {
        let range = scanner.range(column)
        if range.isEmpty { return IDTable.blank }
        if !Self.areEqual(scanner.bytes, range, last.range) {
            last = entry(range, scanner, &ids)
        }
        return last.number
    }

    private mutating func entry(
        _ range: Range<Int>,
        _ scanner: CSVScanner,
        _ ids: inout IDTable
    ) -> Entry {
        var slot = Self.hash(scanner.bytes, range) & (slots.count - 1)
        while slots[slot] >= 0 {
            let entry = entries[Int(slots[slot])]
            if Self.areEqual(scanner.bytes, range, entry.range) { return entry }
            slot = (slot + 1) & (slots.count - 1)
        }
        let number = ids.number(of: form.normalised(scanner.text(range)))
        let entry = Entry(range: range, number: number)
        slots[slot] = Int32(entries.count)
        entries.append(entry)
        if entries.count * 2 > slots.count { grow(scanner.bytes) }
        return entry
    }

    private mutating func grow(_ bytes: [UInt8]) {
        slots = [Int32](repeating: -1, count: slots.count * 4)
        for (index, entry) in entries.enumerated() {
            var slot = Self.hash(bytes, entry.range) & (slots.count - 1)
            while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = Int32(index)
        }
    }

    /// FNV-1a.
    private static func hash(_ bytes: [UInt8], _ range: Range<Int>) -> Int {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for position in range { hash = (hash ^ UInt64(bytes[position])) &* 0x100_0000_01b3 }
        return Int(truncatingIfNeeded: (hash ^ hash >> 32) & 0x7fff_ffff)
    }

    private static func areEqual(
        _ bytes: [UInt8],
        _ left: Range<Int>,
        _ right: Range<Int>
    ) -> Bool {
        guard left.count == right.count else { return false }
        var offset = 0
        while offset < left.count {
            if bytes[left.lowerBound + offset] != bytes[right.lowerBound + offset] { return false }
            offset += 1
        }
        return true
    }
}
