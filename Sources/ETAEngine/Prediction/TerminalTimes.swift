import TransitModel

/// How long buses wait before they start on each line, and when the last one left.
struct TerminalTimes: Hashable, Sendable {
    /// Seconds of layover believed before any was seen.
    private static let usualLayover = 300.0
    /// The shortest layover in seconds.
    static let shortestLayover = 60.0
    /// Layovers in seconds that are breaks or the end of work, and teach nothing.
    private static let longestLayover = 1800.0
    /// Seconds between departures that are a pause in service, and teach nothing.
    private static let longestInterval = 3600.0

    private var layovers: [Double]
    private var lastDepartures: [Timestamp?]
    /// Seconds between departures, as they are; nil until some were seen.
    private var intervals: [Double?]

    init(lines: Int) {
        layovers = [Double](repeating: Self.usualLayover, count: lines)
        lastDepartures = [Timestamp?](repeating: nil, count: lines)
        intervals = [Double?](repeating: nil, count: lines)
    }

    /// Learns from a departure on a line.
    mutating func departed(onLine line: Int, at departure: Timestamp, waitingSince: Timestamp?) {
        if let last = lastDepartures[line] { learnInterval(departure - last, onLine: line) }
        lastDepartures[line] = departure
        guard let waitingSince, departure - waitingSince <= Self.longestLayover else { return }
        layovers[line] += 0.2 * (max(0, departure - waitingSince) - layovers[line])
    }

    private mutating func learnInterval(_ seconds: Double, onLine line: Int) {
        guard seconds > 0, seconds < Self.longestInterval else { return }
        let known = intervals[line] ?? seconds
        intervals[line] = known + 0.1 * (seconds - known)
    }

    /// When a bus that came at `arrival` is to leave, behind so many that wait before it, if buses
    /// keep to the interval that they keep to lately; nil before two have left.
    func spacedDeparture(onLine line: Int, arrival: Timestamp, behind others: Int) -> Timestamp? {
        guard let last = lastDepartures[line], let interval = intervals[line] else { return nil }
        return max(arrival + Self.shortestLayover, last + interval * Double(others + 1))
    }

    /// When a bus that came at `arrival` will leave on a line without a timetable: half what buses
    /// usually wait, half what the distance to the bus ahead asks for.
    func departure(onLine line: Int, arrival: Timestamp, headway: Double?) -> Timestamp {
        let usual = layovers[line]
        guard let headway, let last = lastDepartures[line] else {
            return arrival + max(Self.shortestLayover, usual)
        }
        let spaced = min(max(last + headway - arrival, Self.shortestLayover), 4 * usual)
        return arrival + max(Self.shortestLayover, (usual + spaced) / 2)
    }
}
