import ETAEngine
import Geometry
import Testing
import TransitModel

@testable import Service

struct HealingTests {
    let now = Town.morning

    func ping(age: Double) -> Ping {
        Ping(
            vehicleID: "7", timestamp: now - age, receivedAt: now,
            coordinate: Coordinate(latitude: -0.95, longitude: 100.36))
    }

    func healing(after outcomes: PingOutcome..., age: Double = 60) -> Healing {
        var healing = Healing()
        for outcome in outcomes { healing.note(outcome, of: ping(age: age)) }
        return healing
    }

    @Test func `only pings that came after newer ones or after minutes ask for it`() {
        #expect(!healing(after: .accepted, .doubted(.swapped), .rejected(.jump)).isDue(at: now))
        #expect(!healing(after: .rejected(.duplicate), .rejected(.wrongZone)).isDue(at: now))
        #expect(healing(after: .accepted, .rejected(.late)).isDue(at: now))
        #expect(healing(after: .rejected(.stale), age: 3600).isDue(at: now))
        #expect(!healing(after: .rejected(.stale), age: 4 * 3600).isDue(at: now))
    }

    @Test func `it comes once a minute at most, and takes a twentieth of the time at most`() {
        var healing = healing(after: .rejected(.late))
        healing.begin()
        #expect(!healing.isDue(at: now))
        healing.livedThrough()
        healing.end(at: now, took: 0.5)
        #expect(!healing.isDue(at: now + 3600))
        healing.note(.rejected(.late), of: ping(age: 60))
        #expect(!healing.isDue(at: now + 59))
        #expect(healing.isDue(at: now + 60))
        healing.begin()
        healing.end(at: now + 60, took: 10)
        #expect(!healing.isDue(at: now + 259))
        #expect(healing.isDue(at: now + 260))
        #expect(healing.count == 2)
    }

    @Test func `what comes late while the journal is lived through asks for it again`() {
        var healing = healing(after: .rejected(.late))
        healing.begin()
        healing.livedThrough()
        healing.note(.rejected(.late), of: ping(age: 60))
        healing.end(at: now, took: 1)
        #expect(healing.isDue(at: now + 60))
    }
}

struct RecentCallsTests {
    func call(_ position: Int, at moment: Timestamp) -> StopEvent {
        StopEvent(
            vehicleID: "7",
            instance: TripInstance(trip: TripIndex(0), serviceDate: ServiceDate(dayNumber: 20_000)),
            position: position, arrival: moment, departure: nil, bracket: 10)
    }

    @Test func `a call is news once, and once more when it is put right`() {
        var calls = RecentCalls()
        let now = Town.morning
        #expect(calls.news(in: [call(0, at: now), call(1, at: now)]).count == 2)
        #expect(calls.news(in: [call(0, at: now), call(1, at: now + 5)]) == [call(1, at: now + 5)])
        calls.forget(before: now + 1)
        #expect(calls.news(in: [call(0, at: now), call(1, at: now + 5)]) == [call(0, at: now)])
    }
}
