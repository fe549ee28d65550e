import TransitModel

/// A date and a time of day as a clock on the wall shows them, with the offset from UTC where the
/// text gave one.
struct CivilTime: Hashable, Sendable {
    /// Seconds since 1970 if the clock on the wall were in UTC.
    var seconds: Double
    /// Seconds east of UTC; nil when the text does not say.
    var offset: Double?

    /// Reads `YYYY-MM-DD`, `T` or a blank, `HH:MM:SS`, a fraction if any, and `Z`, `+HH`, `+HHMM`
    /// or `+HH:MM` if any; nil for anything else.
    init?(_ text: String) {
        var scanner = DigitScanner(text)
        guard let year = scanner.number(ofDigits: 4), scanner.skip("-"),
            let month = scanner.number(ofDigits: 2), scanner.skip("-"),
            let day = scanner.number(ofDigits: 2), scanner.skip("T") || scanner.skip(" "),
            let hour = scanner.number(ofDigits: 2), scanner.skip(":"),
            let minute = scanner.number(ofDigits: 2), scanner.skip(":"),
            let second = scanner.number(ofDigits: 2), hour < 24, minute < 60, second <= 60,
            let date = ServiceDate(year: year, month: month, day: day)
        else { return nil }
        seconds = Double(Int(date.dayNumber) * 86_400 + hour * 3600 + minute * 60 + second)
        seconds += scanner.fraction()
        guard let offset = scanner.offset(), scanner.isAtEnd else { return nil }
        self.offset = offset
    }

    /// The moment, in the zone of the text or else in the given one.
    func moment(zoneOffset: Double) -> Timestamp {
        Timestamp(seconds - (offset ?? zoneOffset))
    }
}

extension Timestamp {
    /// `YYYY-MM-DD HH:MM:SS` in a zone so many seconds east of UTC, with another mark between date
    /// and time if given.
    func civilText(zoneOffset: Double, separator: String = " ") -> String {
        let local = (seconds + zoneOffset).rounded(.down)
        let day = (local / 86_400).rounded(.down)
        guard abs(day) < 1e6 else { return plain(seconds) }
        let (year, month, dayOfMonth) = ServiceDate(dayNumber: Int(day)).civil
        let clock = ServiceTime(Int(local - day * 86_400)).text
        return "\(padded(year, to: 4))-\(padded(month, to: 2))-\(padded(dayOfMonth, to: 2))"
            + separator + clock
    }

    /// ISO 8601 in UTC, to the second.
    var isoText: String { civilText(zoneOffset: 0, separator: "T") + "Z" }

    /// Reads seconds since 1970, or milliseconds when the number is too great for seconds.
    init(epoch number: Double) {
        self.init(Self.looksLikeMilliseconds(number) ? number / 1000 : number)
    }

    /// Whether as seconds the number would lie beyond the year 5000.
    static func looksLikeMilliseconds(_ number: Double) -> Bool { abs(number) >= 1e11 }
}

private func padded(_ number: Int, to width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}

/// Takes digits and marks off the front of a text.
private struct DigitScanner {
    private var rest: Substring.UTF8View

    init(_ text: String) { rest = text[...].utf8 }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func skip(_ mark: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: mark) else { return false }
        rest.removeFirst()
        return true
    }

    mutating func number(ofDigits count: Int) -> Int? {
        let digits = rest.prefix(count)
        guard digits.count == count, digits.allSatisfy({ 0x30...0x39 ~= $0 }) else { return nil }
        rest.removeFirst(count)
        return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }

    /// A point and digits as a part of one; 0 where there are none.
    mutating func fraction() -> Double {
        guard skip(".") || skip(",") else { return 0 }
        var value = 0.0
        var unit = 0.1
        while let digit = number(ofDigits: 1) {
            value += Double(digit) * unit
            unit /= 10
        }
        return value
    }

    /// Seconds east of UTC, nil inside for none written; nil outside for what is no offset.
    mutating func offset() -> Double?? {
        if isAtEnd { return .some(nil) }
        if skip("Z") || skip("z") { return 0 }
        let sign = skip("-") ? -1.0 : 1.0
        guard sign < 0 || skip("+"), let hours = number(ofDigits: 2) else { return nil }
        _ = skip(":")
        let minutes = isAtEnd ? 0 : number(ofDigits: 2)
        guard let minutes, hours <= 14, minutes < 60 else { return nil }
        return sign * Double(hours * 3600 + minutes * 60)
    }
}
