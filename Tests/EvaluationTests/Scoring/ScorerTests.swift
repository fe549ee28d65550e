import Testing
import TransitModel

@testable import Evaluation

/// One bus on a straight street: 25 stops times 30 minutes.
///
/// Of the 24 stops after the first,
/// 533 samples lie after the departure (the sum of min(30, ⌈13 p ÷ 6⌉) over p = 1 … 24).
struct ScorerTests {
    private let street = Street(tripCount: 1)

    private func score(
        _ predictions: CSVSource,
        by identity: PredictionIdentity = .trip,
        pings: [Ping]? = nil
    ) throws -> ScoreReport {
        var options = Scorer.Options()
        options.by = identity
        options.resamples = 0
        return try Scorer(
            network: street.network(),
            truth: street.truth(),
            pings: pings,
            options: options
        ).score(predictions: predictions)
    }

    private func midTrip(shift: Double) throws -> ClassReport {
        try score(street.predictions(shift: shift)).figures(.midTrip)
    }

    @Test(arguments: PredictionIdentity.allCases)
    func `a perfect predictor is right everywhere`(identity: PredictionIdentity) throws {
        let report = try score(street.predictions(), by: identity)
        let figures = try report.figures(.midTrip)
        #expect(figures.samples == 533)
        #expect(try report.figures(.preTrip).samples == 24 * 30 - 533)
        #expect(try report.figures(.terminalDeparture).samples == 30)
        #expect(try report.figures(.all).samples == 750)
        for sampleClass in report.classes {
            #expect(sampleClass.coverage.value == 100)
            #expect(sampleClass.meanAbsoluteError.value == 0)
            #expect(sampleClass.mbta.allSatisfy { $0.samples == 0 || $0.accurate.value == 100 })
            #expect(sampleClass.transitAverage.value == 100)
            #expect(sampleClass.jitter?.median == 0)
        }
        #expect(figures.interval?.coverage == 100 && figures.interval?.meanWidth == 80)
        #expect(report.ghosts.past == 0 && report.ghosts.duplicates == 0)
    }

    @Test func `100 s too late is out near the stop and in far from it`() throws {
        let figures = try midTrip(shift: 100)
        #expect(figures.mbta.map(\.accurate.value) == [0, 0, 100, 100])
        #expect(figures.transit.map(\.accurate.value) == [0, 0, 0, 0])
        #expect(figures.meanAbsoluteError.value == 100 && figures.bias.value == -100)
        #expect(figures.rootMeanSquareError == 100 && figures.p90 == 100)
        #expect(figures.interval?.coverage == 0)
    }

    @Test(arguments: [(59.0, 100.0), (60, 0), (61, 0)])
    func `exactly 60 s is out of the first MBTA bin`(shift: Double, accurate: Double) throws {
        #expect(try midTrip(shift: shift).mbta[0].accurate.value == accurate)
    }

    @Test(arguments: [(-119.0, 100.0), (-120, 0)])
    func `a bus exactly 120 s late is out of the second MBTA bin`(
        shift: Double,
        accurate: Double
    ) throws {
        #expect(try midTrip(shift: shift).mbta[1].accurate.value == accurate)
    }

    @Test(arguments: [(30.0, 100.0), (30.5, 0)])
    func `exactly 30 s early is in the first Transit bin`(shift: Double, accurate: Double) throws {
        #expect(try midTrip(shift: shift).transit[0].accurate.value == accurate)
    }

    @Test func `what is not said is a miss`() throws {
        let report = try score(street.predictions { _ in false })
        let figures = try report.figures(.midTrip)
        #expect(report.predictionRows == 0)
        #expect(figures.coverage.value == 0)
        #expect(figures.mbta.allSatisfy { $0.accurate.value == 0 })
        #expect(figures.mbta.map(\.samples).reduce(0, +) == 533)
        #expect(figures.meanAbsoluteError.value == nil && figures.jitter == nil)
    }

    @Test func `half said is half covered`() throws {
        let report = try score(street.predictions { Int($0.madeAt) / 60 % 2 == 0 })
        #expect(try report.figures(.all).coverage.value == 50)
        #expect(try report.figures(.all).meanAbsoluteError.value == 0)
    }

    @Test func `saying it twice changes nothing but the count of duplicates`() throws {
        let once = street.predictions()
        let rows = once.bytes.dropFirst(PredictedCall.header.utf8.count)
        let twice = CSVSource(file: "p", bytes: once.bytes + rows)
        let report = try score(twice)
        #expect(report.ghosts.duplicates * 2 == report.predictionRows)
        #expect(report.classes == (try score(once)).classes)
    }

    @Test func `rows made at or after the event answer nothing`() throws {
        let late = PredictedCall(
            madeAt: street.arrival(0, 5) + 1,
            vehicle: "v0",
            trip: "t0",
            sequence: 6,
            stop: "s5",
            arrival: street.arrival(0, 5)
        )
        let report = try score(street.predictions { _ in false }.adding(late))
        #expect(try report.figures(.all).coverage.value == 0)
    }

    @Test func `with pings the wait belongs before the trip and the departure is read off them`()
        throws
    {
        let report = try score(street.predictions(), pings: street.pings())
        #expect(try report.figures(.terminalDeparture).meanAbsoluteError.value == 17.5)
        // Begun one minute after the departure, a minute that the first 13 stops are asked about.
        #expect(try report.figures(.midTrip).samples == 533 - 13)
        #expect(try report.figures(.preTrip).samples == report.figures(.preTripSeen).samples)
    }

    @Test func `the wrong trip is no answer by trip but one by vehicle`() throws {
        let street = Street(tripCount: 2)
        var options = Scorer.Options()
        options.resamples = 0
        options.by = .vehicle
        let text = String(decoding: self.street.predictions().bytes, as: UTF8.self)
        let renamed = CSVSource(file: "p", bytes: Array(text.replacing(",t0,", with: ",t1,").utf8))
        let report = try Scorer(
            network: street.network(),
            truth: self.street.truth(),
            options: options
        ).score(predictions: renamed)
        #expect(report.identity?.tripPercent == 0)
        #expect(report.identity?.routeAndDirectionPercent == 100)
        #expect(try report.figures(.all).coverage.value == 100)
        #expect(try score(renamed).figures(.all).coverage.value == 0)
    }

    @Test func `excluded runs are neither asked about nor ghosts`() throws {
        let street = Street(tripCount: 2)
        let exclusions = CSVSource(file: "x", bytes: Array("trip_id,vehicle_id\nt1,v1\n".utf8))
        let report = try Scorer(
            network: street.network(),
            truth: street.truth(),
            exclusions: exclusions
        ).score(predictions: street.predictions())
        #expect(report.truth.excludedEvents == 25 && report.truth.excludedRuns == 1)
        #expect(try report.figures(.all).samples == 750)
        #expect(report.ghosts.past == 0 && report.ghosts.neverSeenTrip == 0)
    }

    @Test func `a truth without events cannot be scored`() throws {
        let header = "trip_id,vehicle_id,stop_sequence,stop_id,arrival_time\n"
        #expect(throws: ScoringError.nothingToScore(file: "truth.csv")) {
            try Scorer(
                network: street.network(),
                truth: CSVSource(file: "truth.csv", bytes: Array(header.utf8))
            )
        }
    }
}
