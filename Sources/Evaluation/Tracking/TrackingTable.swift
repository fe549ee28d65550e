/// A tracking report as plain text: one column a selection of pings, one line a figure.
public struct TrackingTable: Sendable, CustomStringConvertible {
    private let report: TrackingReport

    /// Makes the table of a report.
    public init(_ report: TrackingReport) { self.report = report }

    /// Lines, each ended.
    public var description: String {
        var lines = [heading] + PlainText.aligned(figures)
        lines += report.outOfService.map { "  " + Self.line(of: $0) }
        lines.append("false departures from layovers: \(Self.text(report.falseDepartures))")
        lines += PlainText.aligned(
            causes("pings not right: part of the run, what was shown", \.causes)
                + causes("right route+direction, wrong trip: what was shown", \.tripCauses))
        return lines.map { $0 + "\n" }.joined()
    }

    private var heading: String {
        "\(report.pings) pings, \(report.accepted) accepted, \(report.unlabelled) unlabelled, "
            + "\(report.located) located, \(report.unknownTrips) on trips unknown to the timetable"
    }

    private var figures: [[String]] {
        let columns = report.selections
        func row(_ name: String, _ cell: (TrackingFigures) -> String) -> [String] {
            [name] + columns.map(cell)
        }
        func verdicts(_ name: String, _ shares: (TrackingFigures) -> VerdictShares) -> [[String]] {
            [
                row("\(name) right") { Self.text(shares($0).right) },
                row("  wrong") { Self.text(shares($0).wrong) },
                row("  none shown") { Self.text(shares($0).missing) },
            ]
        }
        func lock(_ name: String, _ lock: (TrackingFigures) -> LockFigures) -> [[String]] {
            [
                row("\(name) right within 90 s, runs") { Self.text(lock($0).within90) },
                row("  median / p90, s (never)") {
                    "\(Self.text(lock($0).median, 0)) / \(Self.text(lock($0).p90, 0))"
                        + " (\(lock($0).never))"
                },
            ]
        }
        let head = [
            row("in service") { $0.selection.rawValue },
            row("pings in runs") { "\($0.pings) in \($0.runs)" },
        ]
        return head + verdicts("route+direction", \.line) + verdicts("pattern", \.pattern)
            + verdicts("trip", \.trip) + lock("route+direction", \.lineLock)
            + lock("trip", \.tripLock) + steadiness(row) + calibration(row)
    }

    private func steadiness(
        _ row: (String, (TrackingFigures) -> String) -> [String]
    ) -> [[String]] {
        [
            row("run changes per 100 runs (from right)") {
                "\(Self.text($0.changesPer100Runs, 1)) "
                    + "(\(Self.text($0.changesFromRightPer100Runs, 1)))"
            },
            row("place: |error| median / p90, m") { figures in
                figures.distance.map { "\(Self.text($0.median, 0)) / \(Self.text($0.p90, 0))" }
                    ?? "-"
            },
            row("  median error, m (pings)") { figures in
                figures.distance.map { "\(Self.text($0.medianError, 0)) (\($0.pings))" } ?? "-"
            },
        ]
    }

    private func calibration(
        _ row: (String, (TrackingFigures) -> String) -> [String]
    ) -> [[String]] {
        (report.selections.first?.calibration ?? []).indices.map { index in
            let bin = report.selections[0].calibration[index]
            let name = "confidence \(Self.text(bin.from, 2))-\(Self.text(bin.to, 2)): right"
            return row(name) { Self.text($0.calibration[index].line) }
        }
    }

    /// One line a cause, the most frequent first.
    private func causes(
        _ title: String, _ counts: (TrackingFigures) -> [String: Int]
    ) -> [[String]] {
        let columns = report.selections.map(counts)
        let names = (columns.first ?? [:]).sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        return [[title] + report.selections.map(\.selection.rawValue)]
            + names.map { name, _ in ["  \(name)"] + columns.map { "\($0[name] ?? 0)" } }
    }

    private static func line(of phase: PhaseFigures) -> String {
        let shown = phase.shown.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
        return "\(phase.phase) shown in service: \(text(phase.inService)); "
            + shown.joined(separator: ", ")
    }

    private static func text(_ share: Share) -> String {
        let counts = "\(share.count)/\(share.of)"
        guard let percent = share.percent else { return counts }
        guard let low = share.low, let high = share.high else {
            return "\(counts) \(text(percent, 1)) %"
        }
        return "\(counts) \(text(percent, 1)) % (\(text(low, 1))..\(text(high, 1)))"
    }

    private static func text(_ value: Double?, _ decimals: Int) -> String {
        PlainText.number(value, decimals: decimals)
    }
}
