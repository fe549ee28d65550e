import Ingestion

/// The findings for people: what they do, the first few of each code, and how many more.
struct FindingList {
    private let notices: [Notice]
    private let refusal: Notice?
    private let limit: Int

    /// Lists at most `limit` findings of each code under each effect; `refusal` is the one for which
    /// the feed cannot be used.
    init(_ notices: [Notice], refusal: Notice? = nil, firstOfEach limit: Int = 3) {
        self.notices = notices
        self.refusal = refusal
        self.limit = limit
    }

    /// Paragraphs, the gravest first, and the sums.
    var text: String {
        let groups = Dictionary(grouping: notices) {
            $0 == refusal ? .refused : FindingEffect($0)
        }
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
        let shown = notices.filter { $0.unlisted == 0 }.prefix(limit)
        let more = notices.reduce(-shown.count) { $0 + $1.count }
        return ["  \(notices[0].severity.rawValue) \(notices[0].code)"]
            + shown.map { "    \($0)" }
            + (more > 0 ? ["    … and \(Wording.grouped(more)) more"] : [])
    }

    private var sums: String {
        func sum(_ severity: Notice.Severity) -> Int {
            notices.reduce(0) { $1.severity == severity ? $0 + $1.count : $0 }
        }
        return [
            Wording.count(sum(.error), "error"), Wording.count(sum(.warning), "warning"),
            Wording.count(sum(.info), "note"),
        ].joined(separator: ", ") + "."
    }
}

extension Notice.Severity {
    /// 0 for the gravest.
    fileprivate var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
