import Testing

@testable import Service

@Suite struct `A feed watch` {
    private let start = ContinuousClock.now

    private func watch() -> FeedWatch { FeedWatch(silence: .seconds(10), since: start) }

    @Test func `without any message the feed is dead ten seconds after the start`() {
        let watch = watch()
        #expect(watch.deadline(at: start + .seconds(4)) == start + .seconds(10))
        #expect(watch.deadline(at: start + .seconds(10)) == nil)
    }

    @Test func `each message moves the deadline`() {
        var watch = watch()
        watch.heard(at: start + .seconds(8), fleet: false)
        watch.waits(at: start + .seconds(9))
        #expect(watch.deadline(at: start + .seconds(12)) == start + .seconds(19))
    }

    @Test func `while a message is being dealt with there is no silence`() {
        var watch = watch()
        watch.heard(at: start + .seconds(1), fleet: true)
        #expect(watch.deadline(at: start + .seconds(60)) == start + .seconds(70))
    }

    @Test func `it was good from the first to the last list of buses`() {
        var watch = watch()
        #expect(watch.steadySeconds == 0)
        for second in [3.0, 5, 65] { watch.heard(at: start + .seconds(second), fleet: true) }
        watch.heard(at: start + .seconds(90), fleet: false)
        #expect(watch.steadySeconds == 62)
    }
}
