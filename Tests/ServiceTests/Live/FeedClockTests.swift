import Testing
import TransitModel

@testable import Service

struct FeedClockTests {
    @Test func `timestamps are the seconds begun`() {
        var clock = FeedClock()
        #expect(clock.next(at: Timestamp(100.9)) == 100)
        #expect(clock.next(at: Timestamp(102.1)) == 102)
    }

    @Test func `two publications in one second have different timestamps`() {
        var clock = FeedClock()
        #expect(clock.next(at: Timestamp(100.1)) == 100)
        #expect(clock.next(at: Timestamp(100.2)) == 101)
    }

    @Test func `a clock that falls back does not take the feeds with it`() {
        var clock = FeedClock(after: 5000)
        #expect(clock.next(at: Timestamp(1400)) == 5001)
        #expect(clock.next(at: Timestamp(1402)) == 5002)
        #expect(clock.next(at: Timestamp(5010)) == 5010)
    }
}
