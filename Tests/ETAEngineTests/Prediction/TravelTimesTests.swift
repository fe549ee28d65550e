import Testing
import TransitModel

@testable import ETAEngine

struct TravelTimesTests {
    private let now = TestCity.moment(8, 30)
    private let stop = TestCity.network.patterns[TestCity.pattern("R", 0)].stops[4]

    /// What is known after buses that were so late took so long over one link.
    private func taught(
        _ seconds: Double, lateness: Double?, _ components: PredictionComponents = .all
    ) -> (times: TravelTimes, pace: Pace) {
        var times = TravelTimes(network: TestCity.network, components: components)
        var pace = Pace()
        for _ in 0..<200 {
            times.learn(
                LinkTimesTests.traversal(seconds, lateness: lateness, endingAt: now), pace: &pace)
        }
        return (times, pace)
    }

    @Test func `seconds that early buses waited do not make the road slow`() {
        var times = TravelTimes(network: TestCity.network)
        var pace = Pace()
        for round in 0..<400 {
            let isEarly = round % 2 == 0
            times.learn(
                LinkTimesTests.traversal(
                    isEarly ? 170 : 90, lateness: isEarly ? -80 : 0, endingAt: now), pace: &pace)
        }
        #expect(times.shift(lateness: -80, at: stop, driving: 90) > 60)
        let driving = times.links.expectation(
            reference: 90, pattern: TestCity.pattern("R", 0), after: 4,
            in: times.links.period(at: now).number, entry: now)
        #expect(driving.seconds < 108)
    }

    @Test func `without a timetable nobody is early`() {
        let times = taught(180, lateness: nil).times
        #expect(times.shift(lateness: nil, at: stop, driving: 90) == 0)
        #expect(times.shift(lateness: -80, at: stop, driving: 90) == 0)
    }

    @Test func `a part that is left out says nothing`() {
        let (times, pace) = taught(180, lateness: -80, [.links])
        #expect(times.shift(lateness: -80, at: stop, driving: 90) == 0)
        #expect(times.excess(ofPace: pace.excess, ahead: 0) == 0)
    }

    @Test func `the pace of a bus says less the farther ahead`() {
        var times = TravelTimes(network: TestCity.network)
        var pace = Pace()
        times.learn(LinkTimesTests.traversal(300, endingAt: now), pace: &pace)
        let ahead = [0.0, 300, 1200].map { times.excess(ofPace: pace.excess, ahead: $0) }
        #expect(ahead[0] > 0)
        #expect(ahead == ahead.sorted(by: >))
    }
}
