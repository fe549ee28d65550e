import Testing
import TransitModel

@testable import Evaluation

struct ReplayClockTests {
    private func ticks(_ received: [Double], every interval: Int = 60) -> [[Int64]] {
        var clock = ReplayClock(interval: interval)
        return received.map { Array(clock.advance(to: Timestamp($0))) }
    }

    @Test func `nothing is due before the first ping`() {
        #expect(ticks([1_000_000]) == [[]])
    }

    @Test func `a ping received at the second of a tick belongs to that tick`() {
        #expect(ticks([100, 120, 120.5]) == [[], [], [120]])
    }

    @Test func `every multiple between two pings is due`() {
        #expect(ticks([61, 300]) == [[], [120, 180, 240]])
    }

    @Test func `ticks are multiples of the interval since 1970`() {
        #expect(ticks([61, 100], every: 20) == [[], [80]])
    }

    @Test func `the last ping is seen by one tick after it`() {
        var clock = ReplayClock(interval: 60)
        _ = clock.advance(to: Timestamp(59.5))
        #expect(clock.finish() == 60)
        #expect(clock.finish() == nil)
    }

    @Test func `a clock without pings never ticks`() {
        var clock = ReplayClock(interval: 60)
        #expect(clock.finish() == nil)
    }
}
