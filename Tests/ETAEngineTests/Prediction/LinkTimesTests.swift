import Testing
import TransitModel

@testable import ETAEngine

struct LinkTimesTests {
    private let now = TestCity.moment(8, 30)
    private let east = TestCity.pattern("R", 0)

    @Test func `nothing learned is as the timetable has it`() {
        #expect(seconds(LinkTimes(network: TestCity.network, learned: []), at: now) == 90)
    }

    @Test func `what the last bus did says less the farther ahead and the older it is`() {
        var links = LinkTimes(network: TestCity.network, learned: Self.learned([32: 1]))
        links.learn(Self.traversal(180, endingAt: now), waiting: 0)
        let ahead = [0.0, 600, 2400, 7200].map { seconds(links, at: now, ahead: $0) }
        #expect(ahead == ahead.sorted(by: >))
        let aged = [0.0, 600, 1800, 7200].map { seconds(links, at: now + $0) }
        #expect(aged == aged.sorted(by: >))
        // By a quarter at once, and less after hours: sixty buses before were on time.
        #expect(ahead[0] > 110 && ahead[0] < 115)
        #expect(ahead[3] < 105)
        #expect(aged[3] < 105)
    }

    @Test func `a slow bus teaches its own link more than others`() {
        var links = LinkTimes(network: TestCity.network, learned: [])
        for _ in 0..<20 {
            links.learn(Self.traversal(180, endingAt: now - 10_800), waiting: 0)
        }
        let own = seconds(links, at: now)
        let other = seconds(links, at: now, after: 5)
        #expect(own > other)
        #expect(other > 90)
        #expect(own < 180)
    }

    @Test func `routes that share a link learn from one another`() {
        var links = LinkTimes(network: TestCity.network, learned: [])
        links.learn(Self.traversal(180, endingAt: now), waiting: 0)
        let other = links.expectation(
            reference: 90, pattern: TestCity.pattern("T", 0), after: 4,
            in: links.period(at: now).number, entry: now)
        #expect(other.seconds == seconds(links, at: now))
    }

    @Test func `each hour and kind of day has times of its own`() {
        let links = LinkTimes(
            network: TestCity.network, learned: Self.learned([8: 3, 32: 2, 33: 1, 56: 4]))
        // The day is a Saturday. What is known of other hours says a little.
        #expect((seconds(links, at: TestCity.moment(8, 59, 59)) / 90).rounded() == 2)
        #expect((seconds(links, at: TestCity.moment(9)) / 90).rounded() == 1)
        #expect((seconds(links, at: TestCity.moment(24 + 8)) / 90).rounded() == 4)
        #expect((seconds(links, at: TestCity.moment(48 + 8)) / 90).rounded() == 3)
    }

    @Test func `a period ends with its hour`() {
        let links = LinkTimes(network: TestCity.network, learned: [])
        for (hour, minute) in [(0, 0), (8, 30), (23, 59)] {
            let period = links.period(at: TestCity.moment(hour, minute))
            #expect(period.number == 24 + hour)
            #expect(period.end == TestCity.moment(hour + 1))
        }
    }

    @Test(arguments: [(0.5, 90.0), (90, 0.5), (0, 0)])
    func `times below a second teach nothing`(seconds: Double, reference: Double) {
        var links = LinkTimes(network: TestCity.network, learned: [])
        links.learn(Self.traversal(seconds, reference: reference, endingAt: now), waiting: 0)
        #expect(links.statistics().isEmpty)
    }

    @Test func `an hour at a stop is taken as five times the timetable`() throws {
        var links = LinkTimes(network: TestCity.network, learned: [])
        links.learn(Self.traversal(3600, endingAt: now), waiting: 0)
        #expect(try #require(links.statistics().first).mean == 5)
    }

    /// A way from the fourth stop eastward to the next.
    static func traversal(
        _ seconds: Double, reference: Double = 90, lateness: Double? = nil, after position: Int = 4,
        endingAt exit: Timestamp
    ) -> Traversal {
        Traversal(
            pattern: TestCity.pattern("R", 0), position: position, reference: reference,
            entry: exit - seconds, exit: exit, lateness: lateness)
    }

    /// Sixty buses on each link eastward that took so much of the timetable, by period.
    static func learned(_ ratios: [Int: Double]) -> [LinkStatistic] {
        ratios.sorted { $0.key < $1.key }.flatMap { period, ratio in
            (1..<TestCity.stopCount).map {
                LinkStatistic(
                    from: StopPlace(id: "S\($0 - 1)"), to: StopPlace(id: "S\($0)"),
                    period: period, count: 60, mean: ratio, variance: 0.01)
            }
        }
    }

    private func seconds(
        _ links: LinkTimes, at now: Timestamp, ahead: Double = 0, after position: Int = 4
    ) -> Double {
        links.expectation(
            reference: 90, pattern: east, after: position, in: links.period(at: now).number,
            entry: now + ahead
        ).seconds
    }
}
