import Testing

@testable import Evaluation

struct FeedMinutesTests {
    @Test func `a minute is alive while the last ping is fresh`() {
        let minutes = FeedMinutes(heard: [61, 600, 601], patience: 180)
        let alive = stride(from: Int64(0), through: 780, by: 60).filter(minutes.isAlive)
        #expect(alive == [120, 180, 240, 600, 660])
    }

    @Test func `exactly the patience is still alive`() {
        let minutes = FeedMinutes(heard: [60, 1000], patience: 180)
        #expect(minutes.isAlive(240))
        #expect(!minutes.isAlive(300))
    }

    @Test func `a feed without pings is never alive`() {
        #expect(!FeedMinutes(heard: [], patience: 180).isAlive(0))
    }

    @Test func `a minute is at or after its moment`() {
        #expect(FeedMinutes.minute(atOrAfter: 120) == 120)
        #expect(FeedMinutes.minute(atOrAfter: 120.1) == 180)
    }
}
