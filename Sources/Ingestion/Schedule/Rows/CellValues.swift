import TransitModel

/// Reads values straight from a cell's bytes; nil for what is not such a value.
enum CellValues {
    /// A whole number of at most 18 digits.
    @inline(__always)
    static func integer(_ bytes: Span<UInt8>, _ cell: Cell) -> Int? {
        var position = Int(cell.start)
        let end = Int(cell.end)
        guard position < end, end <= bytes.count else { return nil }
        let isNegative = bytes[position] == UInt8(ascii: "-")
        if isNegative { position += 1 }
        guard position < end, end - position <= 18 else { return nil }
        var value = 0
        while position < end {
            let digit = Int(bytes[unchecked: position] &- 0x30)
            guard digit < 10 else { return nil }
            value = value &* 10 &+ digit
            position &+= 1
        }
        return isNegative ? -value : value
    }

    /// A whole number of 32 bits, perhaps with a plus sign.
    static func signedInteger(_ bytes: Span<UInt8>, _ cell: Cell) -> Int? {
        var digits = cell
        if !cell.isEmpty, bytes[Int(cell.start)] == UInt8(ascii: "+") { digits.start += 1 }
        let isSignedTwice = !digits.isEmpty && bytes[Int(digits.start)] == UInt8(ascii: "-")
        guard digits == cell || !isSignedTwice, let value = integer(bytes, digits),
            Int32(exactly: value) != nil
        else { return nil }
        return value
    }

    /// `H:MM:SS` to `HHH:MM:SS` up to 167 hours, as seconds of the service day.
    static func time(_ bytes: Span<UInt8>, _ cell: Cell) -> ServiceTime? {
        let end = Int(cell.end)
        let start = Int(cell.start)
        guard end <= bytes.count, (7...9).contains(end - start),
            bytes[unchecked: end - 3] == UInt8(ascii: ":"),
            bytes[unchecked: end - 6] == UInt8(ascii: ":")
        else { return nil }
        var hours = 0
        for position in start..<end - 6 {
            let digit = Int(bytes[unchecked: position] &- 0x30)
            guard digit < 10 else { return nil }
            hours = hours * 10 + digit
        }
        let minutes = sixtieth(bytes, at: end - 5)
        let seconds = sixtieth(bytes, at: end - 2)
        guard hours <= 167, minutes < 60, seconds < 60 else { return nil }
        return ServiceTime(hours * 3600 + minutes * 60 + seconds)
    }

    /// `YYYYMMDD`.
    static func date(_ bytes: Span<UInt8>, _ cell: Cell) -> ServiceDate? {
        guard cell.range.count == 8, let number = integer(bytes, cell), number > 0 else {
            return nil
        }
        return ServiceDate(
            year: number / 10_000,
            month: number / 100 % 100,
            day: number % 100
        )
    }

    /// A decimal number.
    ///
    /// Digits that fit a `Double` exactly are divided by an exact power of ten, which rounds as
    /// well as the slow way (Clinger 1990); all else goes the slow way.
    static func decimal(_ bytes: Span<UInt8>, _ cell: Cell) -> Double? {
        var position = Int(cell.start)
        let end = Int(cell.end)
        guard position < end, end <= bytes.count else { return nil }
        let isNegative = bytes[position] == UInt8(ascii: "-")
        if isNegative { position += 1 }
        var digits = 0
        var value = 0
        var point: Int?
        while position < end {
            let digit = Int(bytes[unchecked: position] &- 0x30)
            if digit < 10, digits < 15 {
                value = value * 10 + digit
                digits += 1
            } else if bytes[position] == UInt8(ascii: "."), point == nil {
                point = digits
            } else {
                return slowDecimal(bytes, cell)
            }
            position += 1
        }
        guard digits > 0 else { return nil }
        let magnitude = Double(value) / powersOfTen[digits - (point ?? digits)]
        return isNegative ? -magnitude : magnitude
    }

    /// The cell's text; the file is known to be UTF-8 and cells end at ASCII.
    static func text(_ bytes: [UInt8], _ cell: Cell) -> String {
        String(decoding: bytes[cell.range], as: UTF8.self)
    }

    /// Two digits as a number; at least 60 when they are none.
    @inline(__always)
    private static func sixtieth(_ bytes: Span<UInt8>, at position: Int) -> Int {
        let tens = Int(bytes[unchecked: position] &- 0x30)
        let ones = Int(bytes[unchecked: position + 1] &- 0x30)
        return ones < 10 ? tens * 10 + ones : 60
    }

    private static func slowDecimal(_ bytes: Span<UInt8>, _ cell: Cell) -> Double? {
        // The standard library also reads hexadecimal, infinity and what is not a number.
        guard cell.range.count <= 64,
            cell.range.allSatisfy({ decimalLetters.contains(bytes[$0]) }),
            let text = try? UTF8Span(validating: bytes.extracting(cell.range)),
            let value = Double(String(copying: text)), value.isFinite
        else { return nil }
        return value
    }

    private static let decimalLetters = Set("0123456789+-.eE".utf8)

    private static let powersOfTen = (0...15).map { power in
        (0..<power).reduce(1.0) { value, _ in value * 10 }
    }
}
