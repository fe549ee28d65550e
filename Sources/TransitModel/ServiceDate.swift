/// A day of service, as GTFS writes it (`YYYYMMDD`).
@frozen
public struct ServiceDate: Hashable, Comparable, Sendable {
    /// Days since 1970-01-01 in the civil calendar.
    public let dayNumber: Int32

    /// Makes a date from days since 1970-01-01.
    @inlinable
    public init(dayNumber: Int) { self.dayNumber = Int32(truncatingIfNeeded: dayNumber) }

    /// Makes a date of the Gregorian calendar; nil when there is no such day.
    ///
    /// The arithmetic is Howard Hinnant's "days from civil".
    public init?(year: Int, month: Int, day: Int) {
        guard (1...12).contains(month), (1...31).contains(day) else { return nil }
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        self.init(dayNumber: era * 146_097 + dayOfEra - 719_468)
        guard self.civil == (year, month, day) else { return nil }
    }

    /// Reads `YYYYMMDD`; nil for anything else.
    public init?(text: some StringProtocol) {
        guard text.utf8.count == 8, let number = Int(text), number > 0 else { return nil }
        self.init(year: number / 10_000, month: number / 100 % 100, day: number % 100)
    }

    /// Year, month and day.
    public var civil: (year: Int, month: Int, day: Int) {
        let shifted = Int(dayNumber) + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth + (shiftedMonth < 10 ? 3 : -9)
        return (
            yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month,
            dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        )
    }

    /// 0 for Monday to 6 for Sunday.
    public var weekday: Int { ((Int(dayNumber) + 3) % 7 + 7) % 7 }

    /// GTFS form `YYYYMMDD`.
    public var text: String {
        let (year, month, day) = civil
        return String(String(year + 10_000).dropFirst()) + twoDigits(month) + twoDigits(day)
    }

    /// Earlier or later.
    @inlinable
    public static func < (left: Self, right: Self) -> Bool { left.dayNumber < right.dayNumber }

    /// The date `days` later.
    @inlinable
    public static func + (left: Self, days: Int) -> Self {
        Self(dayNumber: Int(left.dayNumber) + days)
    }

    /// The date `days` earlier.
    @inlinable
    public static func - (left: Self, days: Int) -> Self { left + -days }
}
