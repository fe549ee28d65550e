import TransitModel

/// Moments as HTTP headers write them: `Sun, 06 Nov 1994 08:49:37 GMT`.
enum HTTPDate {
    private static let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// Writes seconds since 1970.
    static func text(_ seconds: Int64) -> String {
        let (days, rest) = Int(seconds).quotientAndRemainder(dividingBy: 86_400)
        let date = ServiceDate(dayNumber: days)
        let (year, month, day) = date.civil
        return Self.days[date.weekday] + ", \(day < 10 ? "0" : "")\(day) \(months[month - 1]) "
            + "\(year) \(ServiceTime(rest).text) GMT"
    }

    /// Reads seconds since 1970; nil for anything but the form above, which all clients send.
    static func seconds(_ text: String) -> Int64? {
        let parts = text.split(separator: " ")
        guard parts.count == 6, parts[5] == "GMT", let day = Int(parts[1]),
            let month = months.firstIndex(of: String(parts[2])), let year = Int(parts[3]),
            let date = ServiceDate(year: year, month: month + 1, day: day),
            let time = ServiceTime(text: parts[4])
        else { return nil }
        return Int64(date.dayNumber) * 86_400 + Int64(time.seconds)
    }
}
