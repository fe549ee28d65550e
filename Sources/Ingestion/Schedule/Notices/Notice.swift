/// Something about a GTFS feed that its publisher should know, with an address.
///
/// Codes and severities are those of the canonical GTFS validator where it has the finding.
public struct Notice: Hashable, Sendable, CustomStringConvertible {
    /// How much it matters.
    public enum Severity: String, Hashable, Sendable, CaseIterable {
        /// Against the specification; what it touches is dropped, mended or refused.
        case error
        /// Allowed or recoverable, and worse for riders than it need be.
        case warning
        /// Good to know.
        case info
    }

    /// How much it matters.
    public let severity: Severity
    /// The canonical validator's code, such as `foreign_key_violation`.
    public let code: String
    /// The file it is about, such as `stop_times.txt`, or the archive's name.
    public let file: String
    /// Line in the file, the header being line 1.
    public let line: Int?
    /// Column name.
    public let column: String?
    /// What stands in the file.
    public let value: String?
    /// What is wrong, what it does to real-time service or what to do, in one line.
    public let message: String
    /// How many findings of its kind it stands for because they are not listed; 0 for a finding.
    public let unlisted: Int

    /// Makes a notice.
    public init(
        severity: Severity,
        code: String,
        file: String,
        line: Int? = nil,
        column: String? = nil,
        value: String? = nil,
        message: String,
        unlisted: Int = 0
    ) {
        self.severity = severity
        self.code = code
        self.file = file
        self.line = line
        self.column = column
        self.value = value
        self.message = message
        self.unlisted = unlisted
    }

    /// How many findings it stands for.
    public var count: Int { max(1, unlisted) }

    /// One line, such as `stop_times.txt:1042 departure_time "25:61:00": …`.
    public var description: String {
        var address = file
        if let line { address += ":\(line)" }
        if let column { address += " \(column)" }
        if let value { address += " \(value.debugDescription)" }
        return "\(address): \(message)"
    }
}

extension [Notice] {
    /// The error that stopped the reading of a feed that cannot be used: the last that was found.
    public var refusal: Notice? { last { $0.severity == .error && $0.unlisted == 0 } }
}

/// Why a feed cannot be used.
public struct ScheduleError: Error, CustomStringConvertible, Sendable {
    /// The feed, as the caller named it.
    public let path: String
    /// Everything found until reading stopped; the last error is the one that stopped it.
    public let notices: [Notice]

    /// One line that names the feed, the file, the problem and what to do.
    public var description: String {
        guard let last = notices.refusal ?? notices.last else { return "\(path): not a GTFS feed" }
        let others = notices.reduce(-1) { $1.severity == .error ? $0 + $1.count : $0 }
        let rest = others > 0 ? " (and \(others) more error\(others == 1 ? "" : "s"))" : ""
        return "\(path): \(last)\(rest)"
    }
}
