import ArgumentParser
import TransitModel

extension ServiceDate {
    /// Reads `YYYY-MM-DD` or `YYYYMMDD` from the command line.
    static func argument(_ text: String) throws -> ServiceDate {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 1 || parts.map(\.count) == [4, 2, 2],
            let date = ServiceDate(text: parts.joined())
        else { throw ValidationError("\(text) is no date YYYY-MM-DD or YYYYMMDD") }
        return date
    }
}

extension ServiceDate {
    /// For people: `YYYY-MM-DD`.
    var dashed: String {
        let digits = text
        return "\(digits.prefix(4))-\(digits.dropFirst(4).prefix(2))-\(digits.suffix(2))"
    }

    /// For people: the English name of the weekday.
    var weekdayName: String {
        [
            "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
        ][weekday]
    }
}

extension ServiceTime {
    /// `HH:MM`, or `HH:MM:SS` where the seconds matter.
    var short: String { seconds % 60 == 0 ? String(text.dropLast(3)) : text }

    /// The time some seconds later in the same service day.
    func later(by seconds: Int) -> ServiceTime { ServiceTime(Int(self.seconds) + seconds) }
}

/// Words for numbers.
enum Wording {
    /// A number with its noun in singular or plural, as in `1 trip` or `12,345 trips`.
    static func count(_ number: Int, _ noun: String, _ plural: String? = nil) -> String {
        "\(grouped(number)) \(number == 1 ? noun : plural ?? noun + "s")"
    }

    /// A number with commas between its thousands.
    static func grouped(_ number: Int) -> String {
        let digits = String(abs(number))
        var text = number < 0 ? "-" : ""
        for (position, digit) in digits.enumerated() {
            if position > 0, (digits.count - position) % 3 == 0 { text += "," }
            text.append(digit)
        }
        return text
    }

    /// A headway, as in `10 min` or `90 s`.
    static func headway(_ seconds: Int) -> String {
        seconds % 60 == 0 ? "\(seconds / 60) min" : "\(seconds) s"
    }

    /// The first few of a list and how many more there are.
    static func some(_ texts: [String], of limit: Int) -> String {
        let more = texts.count > limit ? ["and \(grouped(texts.count - limit)) more"] : []
        return (texts.prefix(limit) + more).joined(separator: ", ")
    }
}
