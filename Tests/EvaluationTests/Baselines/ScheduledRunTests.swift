import Testing

@testable import Evaluation

struct ScheduledRunTests {
    private let street = Street(tripCount: 1)

    @Test func `moments are in unix seconds`() throws {
        let run = try street.run()
        #expect(run.start == street.start(0))
        #expect(run.end == street.arrival(0, Street.stopCount - 1))
        #expect(run.arrivals[5] == street.arrival(0, 5))
    }

    @Test func `a bus within 100 m of the first stop still waits`() throws {
        let run = try street.run()
        #expect(run.place(at: 0) == .start)
        #expect(run.place(at: 99) == .start)
        #expect(run.place(at: 101) != .start)
    }

    @Test func `between two stops a share of the link is behind the bus`() throws {
        let run = try street.run()
        let middle = (run.distances[7] + run.distances[8]) / 2
        guard case .under(let next, let share) = run.place(at: middle) else {
            Issue.record("not under way")
            return
        }
        #expect(next == 8)
        #expect(abs(share - 0.5) < 1e-9)
    }

    @Test func `a bus at a stop has the next one ahead, and at the last stop none`() throws {
        let run = try street.run()
        #expect(run.place(at: run.distances[7]) == .under(next: 8, share: 0))
        #expect(run.place(at: run.distances[24]) == .end)
    }

    @Test func `the timetable's place is held at both ends`() throws {
        let run = try street.run()
        #expect(run.scheduledDistance(at: run.start - 500) == 0)
        #expect(run.scheduledDistance(at: run.end + 500) == run.distances[24])
        let middle = run.scheduledDistance(at: street.arrival(0, 3) + Street.link / 4)
        #expect(abs(middle - (run.distances[3] + (run.distances[4] - run.distances[3]) / 4)) < 1e-6)
    }
}
