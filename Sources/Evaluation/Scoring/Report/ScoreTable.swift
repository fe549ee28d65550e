/// A score as plain text: one column a class, one line a figure.
///
/// MAE is by the lead that there really was; what is so many minutes ahead was predicted there.
public struct ScoreTable: Sendable, CustomStringConvertible {
    private let report: ScoreReport

    /// Makes the table of a report; classes without samples are left out.
    public init(_ report: ScoreReport) { self.report = report }

    /// Lines of at most some 120 columns, each ended.
    public var description: String {
        let classes = report.classes.filter { $0.samples > 0 }
        var lines = [[""] + classes.map(\.sampleClass.rawValue)]
        lines += Self.counts(classes) + Self.accuracy(classes) + Self.errors(classes)
        return (heading + PlainText.aligned(lines)).map { $0 + "\n" }.joined()
    }

    private var heading: [String] {
        let truth = report.truth
        let ghosts = report.ghosts
        var lines = [
            "by \(report.by.rawValue): \(truth.events) truth events"
                + " (\(truth.excludedEvents) in \(truth.excludedRuns) runs excluded),"
                + " \(report.predictionRows) prediction rows"
        ]
        var kinds = ["past \(ghosts.past)"]
        if let count = ghosts.neverSeenTrip { kinds.append("trip never seen \(count)") }
        if let count = ghosts.wrongTrip { kinds.append("wrong trip or direction \(count)") }
        if let count = ghosts.comesLater { kinds.append("comes later \(count)") }
        kinds.append("unverifiable \(ghosts.unverifiable)")
        lines.append("ghost rows: " + kinds.joined(separator: ", "))
        if let identity = report.identity {
            lines.append(
                "mid-trip answers with the very trip \(Self.text(identity.midTripTripPercent)) %,"
                    + " with its route and direction"
                    + " \(Self.text(identity.midTripRouteAndDirectionPercent)) %"
            )
        }
        return lines
    }

    private static func counts(_ classes: [ClassReport]) -> [[String]] {
        [
            ["runs"] + classes.map { "\($0.runs)" },
            ["stop events"] + classes.map { "\($0.events)" },
            ["samples"] + classes.map { "\($0.samples)" },
            ["coverage %"] + classes.map { text($0.coverage.value) },
        ]
    }

    private static func accuracy(_ classes: [ClassReport]) -> [[String]] {
        let mbta = AccuracyBin.mbta.indices.map { bin in
            ["MBTA \(AccuracyBin.mbta[bin].name) min %"]
                + classes.map { text($0.mbta[bin].accurate) }
        }
        let transit = AccuracyBin.transit.indices.map { bin in
            ["Transit \(AccuracyBin.transit[bin].name) min %"]
                + classes.map { text($0.transit[bin].accurate) }
        }
        return mbta + transit + [["Transit average %"] + classes.map { text($0.transitAverage) }]
    }

    private static func errors(_ classes: [ClassReport]) -> [[String]] {
        let byLead = AccuracyBin.leads.indices.map { lead in
            ["MAE \(AccuracyBin.leads[lead].name) min, s"]
                + classes.map { text($0.leads[lead].meanAbsoluteError) }
        }
        let biases = horizons(of: classes, "bias", unit: "s", \.bias)
        let holding = horizons(of: classes, "80 % holds", unit: "%", \.intervalCoverage)
        return [["MAE, s"] + classes.map { text($0.meanAbsoluteError) }] + byLead + [
            ["bias, s"] + classes.map { text($0.bias) }
        ] + biases + [
            ["RMSE, s"] + classes.map { text($0.rootMeanSquareError) },
            ["p50, s"] + classes.map { text($0.p50) },
            ["p90, s"] + classes.map { text($0.p90) },
            ["80 % interval holds %"] + classes.map { text($0.interval?.coverage) },
            ["its mean width, s"] + classes.map { text($0.interval?.meanWidth) },
        ] + holding + [
            ["jitter median, s"] + classes.map { text($0.jitter?.median) },
            ["jitter p90, s"] + classes.map { text($0.jitter?.p90) },
        ]
    }

    /// A line for each span of predicted lead times.
    private static func horizons(
        of classes: [ClassReport], _ name: String, unit: String,
        _ figure: (ClassReport.Horizon) -> Double?
    ) -> [[String]] {
        AccuracyBin.mbta.indices.map { bin in
            ["\(name) \(AccuracyBin.mbta[bin].name) ahead, \(unit)"]
                + classes.map { text(figure($0.horizons[bin])) }
        }
    }

    private static func text(_ estimate: ClassReport.Estimate) -> String {
        PlainText.estimate(estimate)
    }

    private static func text(_ value: Double?) -> String { PlainText.number(value) }
}
