/// The events of a truth that are scored, and what became of the others.
struct TruthSelection {
    /// Seconds between two fixes beyond which an arrival is called vague.
    private static let vagueBracket = 120.0

    private(set) var events: [TruthEvent]
    var report = TruthReport()

    init(
        _ all: [TruthEvent],
        excluding exclusions: Exclusions,
        maximumBracket: Double?,
        merging: Bool
    ) {
        let excluded = all.filter { exclusions.contain($0) }
        events = all.filter { !exclusions.contain($0) }
        report.events = all.count
        report.excludedEvents = excluded.count
        report.excludedRuns = Set(excluded.map(\.run)).count
        let vague = events.count { $0.bracket > Self.vagueBracket }
        if !events.isEmpty {
            let share = Double(vague) / Double(events.count)
            report.vaguePercent = (share * 10_000).rounded() / 100
        }
        if let maximumBracket {
            let before = events.count
            events.removeAll { $0.bracket > maximumBracket }
            report.droppedByBracket = before - events.count
        }
        if merging {
            let before = events.count
            events = events.mergingDoublePassages()
            report.doubleEventsMerged = before - events.count
        }
    }
}
