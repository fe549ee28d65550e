import Testing

@testable import Evaluation

struct RunForecasterTests {
    @Test func `the timetable of a run can be moved`() throws {
        let run = try Street(tripCount: 1).run()
        #expect(RunForecast.timetable(run).moments == run.arrivals)
        let late = RunForecast.timetable(run, late: 90)
        #expect(late.first == 0)
        #expect(late.moments == run.arrivals.map { $0 + 90 })
    }
}
