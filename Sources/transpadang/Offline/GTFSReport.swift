import Foundation
import Ingestion
import TransitModel

/// What is in a GTFS and what is wrong with it, for planners and for programs.
///
/// Keys without a value are left out of the JSON; dates are `YYYYMMDD`.
struct GTFSReport: Encodable {
    /// A notice with its address and what it does to the real-time service.
    struct Finding: Encodable {
        let severity: String
        let code: String
        let effect: FindingEffect
        let file: String
        let line: Int?
        let column: String?
        let value: String?
        let message: String
    }

    private let load: NetworkLoad?
    private let found: [Notice]
    private let summary: FeedSummary?

    /// Joins what was found with what was read, if it can be used.
    init(_ notices: [Notice], _ load: NetworkLoad?, today: ServiceDate? = nil) {
        found = notices
        self.load = load
        summary = load.map { FeedSummary($0.network, today: today ?? $0.network.today) }
    }

    enum CodingKeys: String, CodingKey {
        case usable, rows, notices
    }

    /// Writes the summary's own keys beside `usable`, `rows` and `notices`.
    func encode(to encoder: any Encoder) throws {
        try summary?.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(load != nil, forKey: .usable)
        try container.encode(load?.rowCounts ?? [:], forKey: .rows)
        try container.encode(
            found.map { Finding($0, $0 == refusal ? .refused : FindingEffect($0)) },
            forKey: .notices)
    }

    /// A summary, and the findings by what they do to the real-time service.
    var text: String {
        let head = summary?.text ?? "This feed cannot be used."
        return head + "\n\n" + FindingList(found, refusal: refusal).text
    }

    /// What stopped the reading of a feed that cannot be used.
    private var refusal: Notice? { load == nil ? found.refusal : nil }
}

extension GTFSReport.Finding {
    init(_ notice: Notice, _ effect: FindingEffect) {
        severity = notice.severity.rawValue
        code = notice.code
        self.effect = effect
        file = notice.file
        line = notice.line
        column = notice.column
        value = notice.value
        message = notice.message
    }
}

extension Network {
    /// The date that it is now in the agency's zone.
    var today: ServiceDate {
        serviceDay.date(at: Timestamp(Date().timeIntervalSince1970))
    }
}

extension Encodable {
    /// JSON with sorted keys in GTFS's way of writing them, `like_this`.
    func timetableJSON() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
}
