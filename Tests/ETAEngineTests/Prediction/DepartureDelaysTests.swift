import Testing
import TransitModel

@testable import ETAEngine

struct DepartureDelaysTests {
    private let stop = StopIndex(0)
    private let other = StopIndex(10)

    /// What is known after so many departures, each so many seconds late.
    private func taught(_ delays: [Double], rounds: Int = 40) -> DepartureDelays {
        var known = DepartureDelays(network: TestCity.network)
        for _ in 0..<rounds {
            for delay in delays { known.learn(delay, after: .timetable, at: stop) }
        }
        return known
    }

    private func median(
        _ known: DepartureDelays, at stop: StopIndex, overdue: Double = -600
    ) -> Double { known.quantile(0.5, after: .timetable, at: stop, overdue: overdue) }

    @Test func `before anything was seen buses leave at about their time`() {
        let known = DepartureDelays(network: TestCity.network)
        #expect(abs(median(known, at: stop)) < 30)
    }

    @Test func `a terminal's own departures say most, and something of others`() {
        let known = taught([110])
        #expect(abs(median(known, at: stop) - 110) < 15)
        #expect(median(known, at: other) > 60)
        #expect(known.quantile(0.5, after: .turnaround, at: stop, overdue: -600) < 200)
    }

    @Test func `who has waited longer than most leaves when the others did that waited so long`() {
        let known = taught([30, 30, 30, 30, 300])
        #expect(median(known, at: stop) < 60)
        #expect(median(known, at: stop, overdue: 120) > 250)
    }

    @Test func `whoever has waited longer than anybody leaves at once`() {
        #expect(median(taught([30]), at: stop, overdue: 5000) >= 1600)
    }

    @Test(arguments: [-200.0, -20, 0, 15, 90, 400, 1500])
    func `nobody is expected to have left who has not`(overdue: Double) {
        let known = taught([-60, 20, 70, 200])
        for share in [0.05, 0.4, 0.9] {
            let told = known.quantile(share, after: .timetable, at: stop, overdue: overdue)
            #expect(told >= min(overdue, 1600) - RunningHistogram.Scale.slack)
        }
    }

    @Test func `what tells departures well spreads little`() {
        let known = taught([10, 20, 30])
        #expect(
            known.spread(after: .timetable, at: stop) < known.spread(after: .headway, at: stop))
    }

    @Test func `lessons of one day hold on the next`() {
        let network = TestCity.network
        let known = taught([110])
        var heir = DepartureDelays(network: network)
        for lesson in known.lessons(of: network) {
            heir.recall(lesson, at: lesson.place.map { _ in stop })
        }
        let recalled = heir
        #expect(median(heir, at: stop) == median(known, at: stop))
        #expect(median(heir, at: other) == median(known, at: other))
        heir.recall(Lesson(.departures, number: 99, values: []), at: nil)
        heir.recall(Lesson(.departures, values: [1, 2]), at: nil)
        #expect(heir == recalled)
    }

    @Test func `a night makes them count for less`() {
        var known = taught([110])
        known.sleep()
        for _ in 0..<12 { known.learn(20, after: .timetable, at: stop) }
        #expect(median(known, at: stop) < 60)
    }
}

extension RunningHistogram.Scale {
    /// Seconds by which a value may be off for the width of a bin.
    fileprivate static let slack = 20.0
}
