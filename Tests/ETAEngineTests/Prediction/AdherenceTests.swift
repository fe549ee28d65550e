import Testing
import TransitModel

@testable import ETAEngine

struct AdherenceTests {
    private let stop = StopIndex(3)
    private let other = StopIndex(4)

    /// What buses teach that are so late at a stop and take so much longer after it.
    private func taught(_ lateness: Double, excess: Double, times count: Int = 200) -> Adherence {
        var adherence = Adherence(network: TestCity.network)
        for _ in 0..<count {
            adherence.learn(excess, lateness: lateness, after: stop, driving: 90)
        }
        return adherence
    }

    @Test func `nothing is assumed of drivers`() {
        let adherence = Adherence(network: TestCity.network)
        #expect(adherence.hold(at: stop, early: 120) == 0)
        #expect(adherence.recovered(late: 600, driving: 600) == 0)
    }

    @Test func `where early buses wait, the next one is expected to`() {
        let adherence = taught(-100, excess: 80)
        #expect(abs(adherence.hold(at: stop, early: 100) - 80) < 2)
        #expect(abs(adherence.hold(at: stop, early: 50) - 40) < 1)
        // A habit of the network, until the stop has one of its own.
        #expect(adherence.hold(at: other, early: 100) > 70)
    }

    @Test func `where early buses just drive on, none is expected to wait`() {
        #expect(taught(-100, excess: -20).hold(at: stop, early: 100) == 0)
    }

    @Test func `nobody waits longer than until its time`() {
        #expect(taught(-100, excess: 300).hold(at: stop, early: 100) == 100)
    }

    @Test func `late buses catch up only where they were seen to`() {
        let eager = taught(300, excess: -9, times: 20_000)
        let made = eager.recovered(late: 300, driving: 90)
        #expect(made > 6 && made <= 9)
        #expect(taught(300, excess: 9, times: 20_000).recovered(late: 300, driving: 90) == 0)
    }

    @Test func `lessons of one day hold on the next`() {
        let network = TestCity.network
        let adherence = taught(-100, excess: 80)
        var heir = Adherence(network: network)
        for lesson in adherence.lessons(of: network) {
            heir.recall(lesson, at: lesson.place.map { _ in stop })
        }
        #expect(heir.hold(at: stop, early: 100) == adherence.hold(at: stop, early: 100))
        #expect(heir.hold(at: other, early: 100) == adherence.hold(at: other, early: 100))
    }

    @Test func `a lesson that cannot be is passed over`() {
        var adherence = Adherence(network: TestCity.network)
        adherence.recall(Lesson(.waiting, values: [1]), at: nil)
        adherence.recall(Lesson(.waiting, values: [.nan, 1]), at: stop)
        #expect(adherence.lessons(of: TestCity.network).isEmpty)
    }
}
