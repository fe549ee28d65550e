import ETAEngine

extension MetricsText {
    /// Adds how well riders were told.
    mutating func add(_ counts: Gradebook.Counts) {
        func by(_ number: (AccuracyTally) -> Int) -> [(String, Double)] {
            RunPhase.allCases.map { phase in
                (phase.rawValue, Double(counts.tallies[phase].map(number) ?? 0))
            }
        }
        add(
            "minutes_asked_total", "counter",
            "Minutes before calls at stops in which a rider could have asked.", by: "phase",
            by(\.asked))
        add(
            "minutes_answered_total", "counter", "Of those, the ones with an answer.", by: "phase",
            by(\.answered))
        add(
            "minutes_accurate_total", "counter",
            "Of those, the ones with an answer within the MBTA's bounds.", by: "phase",
            by(\.accurate))
        add(
            "minutes_within_interval_total", "counter",
            "Answers whose interval held the truth.", by: "phase", by(\.withinInterval))
        add(
            "minutes_missed_total", "counter",
            "Minutes in which riders were not told well, by cause.", by: ("phase", "cause"),
            RunPhase.allCases.flatMap { phase in
                MissCause.allCases.map { cause in
                    let count = counts.tallies[phase]?.misses[cause] ?? 0
                    return (phase.rawValue, cause.rawValue, Double(count))
                }
            })
    }
}
