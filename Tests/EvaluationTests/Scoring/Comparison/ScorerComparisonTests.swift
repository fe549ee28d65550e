import Testing
import TransitModel

@testable import Evaluation

struct ScorerComparisonTests {
    private let street = Street()

    private func compare(
        _ predictions: CSVSource, with other: CSVSource, by identity: PredictionIdentity = .trip
    ) throws -> ComparisonReport {
        var options = Scorer.Options()
        options.by = identity
        options.resamples = 50
        let scorer = try Scorer(
            network: street.network(), truth: street.truth(), pings: street.pings(),
            options: options)
        return scorer.compare(
            try scorer.answers(of: predictions), with: try scorer.answers(of: other))
    }

    private func midTrip(_ report: ComparisonReport) throws -> ClassComparison {
        try #require(report.classes.first { $0.sampleClass == .midTrip })
    }

    @Test(arguments: PredictionIdentity.allCases)
    func `20 s too late is 60 s better than 80 s too early`(identity: PredictionIdentity) throws {
        let report = try compare(
            street.predictions(shift: 20), with: street.predictions(shift: -80), by: identity)
        let figures = try midTrip(report)
        #expect(figures.meanAbsoluteError.value == 20 && figures.meanAbsoluteError.other == 80)
        #expect(figures.meanAbsoluteError.difference.value == -60)
        #expect(figures.meanAbsoluteError.difference.high == -60)
        #expect(figures.bias.difference.value == -100)
        // By predicted lead 80 s too early is out in the first bin.
        #expect(figures.mbta[0].figure.value == 100 && figures.mbta[0].figure.other == 0)
    }

    @Test func `the figures of each are those of its own score where both say all`() throws {
        let scorer = try Scorer(
            network: street.network(), truth: street.truth(), pings: street.pings())
        let alone = try scorer.score(predictions: street.predictions(shift: 35))
        let report = try compare(street.predictions(shift: 35), with: street.predictions())
        for (one, both) in zip(alone.classes, report.classes) {
            #expect(one.sampleClass == both.sampleClass && one.samples == both.samples)
            #expect(one.meanAbsoluteError.value == both.meanAbsoluteError.value)
            #expect(one.bias.value == both.bias.value)
            #expect(one.transitAverage.value == both.transitAverage.value)
            #expect(one.mbta.map(\.accurate.value) == both.mbta.map(\.figure.value))
        }
    }

    @Test func `where one is silent no error is compared`() throws {
        let half = street.predictions(shift: 20) { Int($0.madeAt) / 60 % 2 == 0 }
        let figures = try midTrip(compare(half, with: street.predictions(shift: 50)))
        #expect(figures.foretoldByBoth < figures.samples)
        #expect(figures.meanAbsoluteError.other == 50)
        #expect((figures.coverage.value ?? 100) < 60 && figures.coverage.other == 100)
    }

    @Test func `nothing beside nothing has no figures`() throws {
        let silent = street.predictions { _ in false }
        let figures = try midTrip(compare(silent, with: silent))
        #expect(figures.foretoldByBoth == 0)
        #expect(figures.meanAbsoluteError.difference.value == nil)
        #expect(figures.coverage.difference.value == 0)
    }
}
