import Foundation
import Ingestion
import TransitModel

/// What is in a GTFS and what is wrong with it, for planners and for programs.
struct GTFSReport: Encodable {
    struct Counts: Encodable {
        var agencies = 0
        var routes = 0
        var stops = 0
        var patterns = 0
        var trips = 0
        var stopTimes = 0
    }

    struct Finding: Encodable {
        var severity: String
        var code: String
        var file: String
        var line: Int?
        var column: String?
        var value: String?
        var message: String
    }

    var isUsable: Bool
    var version: String?
    var timeZone: String?
    var counts = Counts()
    var notices: [Finding]
    private var lines: [String]

    enum CodingKeys: String, CodingKey {
        case version, counts, notices
        case isUsable = "usable"
        case timeZone = "time_zone"
    }

    init(_ notices: [Notice], _ load: NetworkLoad?) {
        isUsable = load != nil
        lines = notices.map { "\($0.severity.rawValue.uppercased())  \($0.code)  \($0)" }
        self.notices = notices.map {
            Finding(
                severity: $0.severity.rawValue, code: $0.code, file: $0.file, line: $0.line,
                column: $0.column, value: $0.value, message: $0.message)
        }
        guard let network = load?.network else { return }
        version = network.version
        timeZone = network.serviceDay.timeZoneName
        counts = Counts(
            agencies: network.agencies.count, routes: network.routes.count,
            stops: network.stops.count, patterns: network.patterns.count,
            trips: network.trips.count, stopTimes: network.stopTimeCount)
    }

    func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }

    /// The first findings of each code, and how many more there are.
    var text: String {
        var seen: [String: Int] = [:]
        var shown: [String] = []
        for (finding, line) in zip(notices, lines) {
            seen[finding.code, default: 0] += 1
            if seen[finding.code, default: 0] <= 5 { shown.append(Printable.text(line)) }
        }
        let more = seen.filter { $0.value > 5 }.sorted { $0.key < $1.key }
            .map { "… and \($0.value - 5) more of \($0.key)" }
        let verdict =
            isUsable
            ? "Usable: version \(version ?? "-"), \(counts.routes) routes, \(counts.stops) stops, "
                + "\(counts.patterns) patterns, \(counts.trips) trips, "
                + "\(counts.stopTimes) stop times, zone \(timeZone ?? "-")."
            : "Not usable."
        func count(_ severity: String) -> Int { notices.count { $0.severity == severity } }
        let sums = "\(count("error")) errors, \(count("warning")) warnings, \(count("info")) notes."
        return (shown + more + [Printable.text(verdict), sums]).joined(separator: "\n")
    }
}
