import Testing
import TransitModel

@testable import Evaluation

struct KalmanForecasterTests {
    private func fix(_ stops: Double, on run: ScheduledRun, late: Double = 0) -> RunFix {
        RunFix(
            run: run, distance: stops * run.distances[1],
            moment: run.start + stops * Street.link + late)
    }

    private func learned(_ seconds: Double, link: Int, of run: ScheduledRun) -> LinkTraversal {
        LinkTraversal(
            link: run.links[link], seconds: seconds, end: run.start,
            serviceDate: run.instance.serviceDate)
    }

    @Test func `links that no bus has gone take their scheduled time`() throws {
        let run = try Street(tripCount: 1).run()
        let fix = fix(4.5, on: run, late: 90)
        let forecast = KalmanForecaster().forecast(fix, at: fix.moment)
        #expect(forecast.first == 5)
        // Half of the link without the 10 s at its stop.
        #expect(abs(forecast.moments[0] - (fix.moment + 60)) < 1e-6)
        #expect(abs(forecast.moments[3] - forecast.moments[0] - 3 * Street.link) < 1e-6)
    }

    @Test func `what an earlier bus took is believed, on its link only`() throws {
        let run = try Street(tripCount: 1).run()
        var forecaster = KalmanForecaster()
        forecaster.learn(learned(200, link: 6, of: run))
        let moments = forecaster.forecast(fix(4.5, on: run), at: run.start).moments
        #expect(abs(moments[1] - moments[0] - Street.link) < 1e-6)
        #expect(abs(moments[2] - moments[1] - 200) < 1e-6)
        #expect(abs(moments[3] - moments[2] - Street.link) < 1e-6)
    }

    @Test func `a bus at its first stop leaves on time, or at its last fix`() throws {
        let run = try Street(tripCount: 1).run()
        let early = KalmanForecaster().forecast(fix(0, on: run, late: -300), at: run.start)
        #expect(early.moments == run.arrivals)
        let late = KalmanForecaster().forecast(fix(0, on: run, late: 300), at: run.start + 400)
        #expect(late.moments == run.arrivals.map { $0 + 300 })
    }

    @Test func `a silent bus is not moved on`() throws {
        let run = try Street(tripCount: 1).run()
        let fix = fix(4.5, on: run)
        let forecaster = KalmanForecaster()
        #expect(
            forecaster.forecast(fix, at: fix.moment)
                == forecaster.forecast(fix, at: fix.moment + 300))
    }

    @Test func `behind the last stop there is nothing`() throws {
        let run = try Street(tripCount: 1).run()
        #expect(KalmanForecaster().forecast(fix(24.1, on: run), at: run.end) == .none)
    }
}
