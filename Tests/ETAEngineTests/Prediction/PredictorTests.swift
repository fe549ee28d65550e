import Testing
import TransitModel

@testable import ETAEngine

struct PredictorTests {
    @Test func `a link is taken for the hour in which the bus enters it`() throws {
        let now = TestCity.moment(8, 55)
        let stops = try predict(learned: [32: 2, 33: 1], at: now)
        let steps = zip([now] + stops.map(\.arrival), stops).map { $1.arrival - $0 }
        // Two links until 9:01, the others in the next hour.
        for step in steps.prefix(2) { #expect(abs(step - 180) < 7) }
        for step in steps.dropFirst(2) { #expect(abs(step - 90) < 7) }
    }

    @Test func `a long link is not cut at the hour`() throws {
        let now = TestCity.moment(8, 59, 59)
        let stops = try predict(learned: [32: 2, 33: 1], at: now)
        #expect(abs(stops[0].arrival - now - 180) < 7)
        #expect(abs(stops[1].arrival - stops[0].arrival - 90) < 7)
    }

    @Test func `what lies behind of a link is not driven again`() throws {
        let now = TestCity.moment(8)
        let start = Predictor.Start(position: 3, share: 0.5, moment: now, deviation: 10)
        let stops = try predict(at: now, from: start)
        #expect(stops.map(\.position) == Array(4...10))
        #expect(stops[0].arrival == now + 45)
        #expect(stops[1].arrival == now + 135)
    }

    @Test func `a bus that should have been there is due for a while, and not late at the next`()
        throws
    {
        let now = TestCity.moment(8, 10)
        let start = Predictor.Start(position: 3, share: 0.9, moment: now - 200, deviation: 10)
        let stops = try predict(at: now, from: start)
        // Nine seconds of the link from 200 s ago on, 191 s ago, and the next two: 11 s ago.
        #expect(stops.map(\.position) == Array(6...10))
        #expect(stops[0].arrival == now)
        #expect(stops[1].arrival == now + 79)
    }

    @Test func `uncertainty grows along the run`() throws {
        let stops = try predict(at: TestCity.moment(8))
        let uncertainties = stops.map(\.uncertainty)
        #expect(uncertainties == uncertainties.sorted())
        #expect(uncertainties[0] > 10)
        #expect(uncertainties[9] > 3 * uncertainties[0])
    }

    @Test func `at the last stop nothing is left to foretell`() throws {
        let now = TestCity.moment(8)
        let start = Predictor.Start(position: 10, share: 0, moment: now, deviation: 10)
        #expect(try predict(at: now, from: start).isEmpty)
    }

    @Test(arguments: 0..<100)
    func `times rise from stop to stop whatever was learned`(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let now = TestCity.moment(Int.random(in: 0..<24, using: &random), 58)
        var learned = LinkTimesTests.learned([24: 1, 32: 1, 47: 1])
        for index in learned.indices { learned[index].mean = random.number(in: 0...5) }
        let start = Predictor.Start(
            position: Int.random(in: 0..<10, using: &random), share: random.number(in: 0...0.99),
            moment: now + random.number(in: -900...900), deviation: 60)
        let stops = try predict(learned, at: now, from: start)
        #expect(stops.last.map { $0.position == 10 } ?? (start.moment < now))
        #expect(stops.allSatisfy { $0.arrival >= max(now, start.moment) })
        for (stop, next) in zip(stops, stops.dropFirst()) {
            #expect(stop.arrival < next.arrival || stop.arrival == now)
            #expect(stop.uncertainty <= next.uncertainty)
        }
    }

    private func predict(
        learned: [Int: Double], at now: Timestamp
    ) throws -> [StopPrediction] {
        try predict(LinkTimesTests.learned(learned), at: now)
    }

    private func predict(
        _ learned: [LinkStatistic] = [], at now: Timestamp, from start: Predictor.Start? = nil
    ) throws -> [StopPrediction] {
        let network = TestCity.network
        let trip = try #require(network.trip(id: "R-0"))
        var engine = Engine(network: network)
        let run = engine.run(
            TripInstance(trip: trip, serviceDate: network.serviceDay.date(at: now)),
            leavingAt: now)
        let predictor = Predictor(
            times: TravelTimes(network: network, learned: learned), patterns: network.patterns,
            now: now)
        return predictor.stops(
            of: run,
            from: start ?? Predictor.Start(position: 0, share: 0, moment: now, deviation: 0))
    }
}
