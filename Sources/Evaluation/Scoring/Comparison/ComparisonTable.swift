/// A comparison as plain text: a block a class, one line a figure.
public struct ComparisonTable: Sendable, CustomStringConvertible {
    private let report: ComparisonReport
    private let names: (first: String, other: String)

    /// Makes the table of a report; classes without samples are left out.
    ///
    /// - Parameters:
    ///   - report: what to show.
    ///   - names: what to call the two predictors.
    public init(
        _ report: ComparisonReport, names: (first: String, other: String) = ("this", "other")
    ) {
        self.report = report
        self.names = names
    }

    /// Lines, each ended; blocks are parted by an empty one.
    public var description: String {
        report.classes.filter { $0.samples > 0 }.map(block).joined(separator: "\n")
    }

    private func block(_ comparison: ClassComparison) -> String {
        let heading =
            "\(comparison.sampleClass.rawValue), by \(report.by.rawValue): \(comparison.runs) runs,"
            + " \(comparison.samples) samples, \(comparison.foretoldByBoth) foretold by both"
        let lines = [["", names.first, names.other, "difference"]] + Self.lines(comparison)
        return ([heading] + PlainText.aligned(lines)).map { $0 + "\n" }.joined()
    }

    private static func lines(_ comparison: ClassComparison) -> [[String]] {
        [line("coverage %", comparison.coverage)]
            + comparison.mbta.map { line("MBTA \($0.lead) min %", $0.figure) }
            + comparison.transit.map { line("Transit \($0.lead) min %", $0.figure) }
            + [
                line("Transit average %", comparison.transitAverage),
                line("MAE of both, s", comparison.meanAbsoluteError),
            ] + comparison.leads.map { line("MAE of both \($0.lead) min, s", $0.figure) }
            + [line("bias of both, s", comparison.bias)]
    }

    private static func line(_ name: String, _ figure: ClassComparison.Figure) -> [String] {
        [
            name, PlainText.number(figure.value), PlainText.number(figure.other),
            PlainText.estimate(figure.difference),
        ]
    }
}
