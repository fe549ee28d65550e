import Testing
import TransitModel

@testable import ETAEngine

struct ExperienceTests {
    private let start = TestCity.moment(8)

    /// An engine that a bus taught, day after day.
    private func taught(days: Int) -> Engine {
        var engine = Engine(network: TestCity.network)
        for day in 0..<days {
            var drive = Drive(from: 0, at: start + 86_400 * Double(day))
            drive.stand(60)
            drive.go(to: 6000, speed: 600.0 / 120)
            for ping in drive.pings {
                engine.receive(ping)
                _ = engine.snapshot(at: ping.receivedAt)
            }
        }
        return engine
    }

    @Test func `all that was learned goes over to another engine`() {
        let known = taught(days: 2).experience()
        #expect(Set(known.lessons.map(\.subject)).isSuperset(of: [.errors, .day]))
        #expect(!known.links.isEmpty)
        let heir = Engine(network: TestCity.network, learned: known)
        #expect(heir.experience() == known)
    }

    @Test func `lessons about a stop that is gone are kept for when it is back`() {
        let lesson = Lesson(.waiting, at: StopPlace(id: "gone"), values: [100, 50])
        let engine = Engine(
            network: TestCity.network, learned: Experience(lessons: [lesson]))
        #expect(engine.experience().lessons == [lesson])
    }

    @Test func `a successor knows what the one before it knew`() {
        let former = taught(days: 1)
        var engine = Engine(network: TestCity.network)
        engine.succeed(former)
        #expect(
            engine.experience().lessons.filter { $0.subject != .day }
                == former.experience().lessons.filter { $0.subject != .day })
    }

    @Test func `a new day begins in the small hours`() {
        var engine = Engine(network: TestCity.network)
        engine.turnDay(at: TestCity.moment(23))
        let date = engine.day?.date
        engine.turnDay(at: TestCity.moment(26))
        #expect(engine.day?.date == date)
        engine.turnDay(at: TestCity.moment(27, 1))
        #expect(engine.day?.date != date)
    }
}
