import Ingestion

/// The findings for people: what they do, the first few of each code, and how many more.
struct FindingList {
    private let notices: [Notice]
    private let limit: Int

    /// Lists at most `limit` findings of each code under each effect.
    init(_ notices: [Notice], firstOfEach limit: Int = 3) {
        self.notices = notices
        self.limit = limit
    }

    /// Paragraphs, the gravest first, and the sums.
    var text: String {
        let groups = Dictionary(grouping: notices) { FindingEffect($0) }
        let sections = FindingEffect.allCases.compactMap { effect in
            groups[effect].map { "\(effect.heading):\n" + lines($0) }
        }
        return (sections + [sums]).joined(separator: "\n\n")
    }

    private func lines(_ notices: [Notice]) -> String {
        Dictionary(grouping: notices, by: \.code).values
            .sorted { ($0[0].severity.rank, $0[0].code) < ($1[0].severity.rank, $1[0].code) }
            .flatMap(lines(ofOneCode:)).map(Printable.text).joined(separator: "\n")
    }

    private func lines(ofOneCode notices: [Notice]) -> [String] {
        let shown = notices.filter { $0.unlisted == nil }.prefix(limit)
        let more = notices.reduce(-shown.count) { $0 + $1.number }
        return ["  \(notices[0].severity.rawValue) \(notices[0].code)"]
            + shown.map { "    \($0)" }
            + (more > 0 ? ["    … and \(Wording.grouped(more)) more"] : [])
    }

    private var sums: String {
        func sum(_ severity: Notice.Severity) -> Int {
            notices.reduce(0) { $1.severity == severity ? $0 + $1.number : $0 }
        }
        return [
            Wording.count(sum(.error), "error"), Wording.count(sum(.warning), "warning"),
            Wording.count(sum(.info), "note"),
        ].joined(separator: ", ") + "."
    }
}

extension Notice {
    /// How many findings a last notice stands for, which the reader counted without keeping them.
    fileprivate var unlisted: Int? {
        guard line == nil, message.hasSuffix(" more of these are not listed") else { return nil }
        return message.split(separator: " ").first.flatMap { Int($0) }
    }

    fileprivate var number: Int { unlisted ?? 1 }
}

extension Notice.Severity {
    /// 0 for the gravest.
    fileprivate var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
