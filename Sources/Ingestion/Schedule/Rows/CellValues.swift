import TransitModel

/// Reads values straight from a cell's bytes; nil for what is not such a value.
enum CellValues {
    /// A whole number of at most 18 digits.
    static func integer(_ bytes: Span<UInt8>, _ cell: Cell) -> Int? {
        var position = Int(cell.start)
        let end = Int(cell.end)
        guard position < end, end - position <= 19 else { return nil }
        let isNegative = bytes[position] == UInt8(ascii: "-")
        if isNegative { position += 1 }
        guard position < end, end - position <= 18 else { return nil }
        var value = 0
        while position < end {
            guard let digit = bytes[position].digit else { return nil }
            value = value * 10 + digit
            position += 1
        }
        return isNegative ? -value : value
    }

    /// `H:MM:SS` to `HHH:MM:SS` up to 167 hours, as seconds of the service day.
    static func time(_ bytes: Span<UInt8>, _ cell: Cell) -> ServiceTime? {
        let end = Int(cell.end)
        let start = Int(cell.start)
        guard (7...9).contains(end - start), bytes[end - 3] == UInt8(ascii: ":"),
            bytes[end - 6] == UInt8(ascii: ":"),
            let hours = integer(bytes, Cell(start: start, end: end - 6)),
            let minutes = sixtieth(bytes, at: end - 5),
            let seconds = sixtieth(bytes, at: end - 2), (0...167).contains(hours)
        else { return nil }
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
        let isNegative = position < end && bytes[position] == UInt8(ascii: "-")
        if isNegative { position += 1 }
        var digits = 0
        var value = 0
        var point: Int?
        while position < end {
            if let digit = bytes[position].digit, digits < 15 {
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

    private static func sixtieth(_ bytes: Span<UInt8>, at position: Int) -> Int? {
        guard let tens = bytes[position].digit, let ones = bytes[position + 1].digit, tens < 6
        else { return nil }
        return tens * 10 + ones
    }

    private static func slowDecimal(_ bytes: Span<UInt8>, _ cell: Cell) -> Double? {
        guard cell.range.count <= 64,
            let text = try? UTF8Span(validating: bytes.extracting(cell.range)),
            let value = Double(String(copying: text)), value.isFinite
        else { return nil }
        return value
    }

    private static let powersOfTen = (0...15).map { power in
        (0..<power).reduce(1.0) { value, _ in value * 10 }
    }
}
