import Testing

@testable import Evaluation

struct DeviationForecasterTests {
    private let forecaster = DeviationForecaster()

    private func forecast(_ stops: Double, late: Double, after seconds: Double = 0) throws
        -> (forecast: RunForecast, run: ScheduledRun, now: Double)
    {
        let run = try Street(tripCount: 1).run()
        let moment = run.start + stops * Street.link + late
        let fix = RunFix(run: run, distance: stops * run.distances[1], moment: moment)
        let now = moment + seconds
        return (forecaster.forecast(fix, at: now), run, now)
    }

    @Test(arguments: [0.0, 240, -120])
    func `all stops ahead are as late as the bus is now`(late: Double) throws {
        let (forecast, run, _) = try forecast(4.25, late: late)
        #expect(forecast.first == 5)
        #expect(forecast.moments.count == 20)
        for (moment, scheduled) in zip(forecast.moments, run.arrivals[5...]) {
            #expect(abs(moment - scheduled - late) < 1e-6)
        }
    }

    @Test func `no stop is passed before now, and the stops stay in order`() throws {
        let (forecast, _, now) = try forecast(4.5, late: 0, after: 300)
        #expect(forecast.moments.prefix(2) == [now, now])
        #expect(forecast.moments[2] > now)
        #expect(zip(forecast.moments, forecast.moments.dropFirst()).allSatisfy(<=))
    }

    @Test func `a bus at its first stop leaves on time, or now`() throws {
        let (early, run, _) = try forecast(0, late: -600)
        #expect(early.moments == run.arrivals)
        let (late, _, now) = try forecast(0, late: 200, after: 50)
        #expect(late.moments[0] == now)
        #expect(late.moments[1] == run.arrivals[1] + 250)
    }

    @Test func `behind the last stop there is nothing`() throws {
        #expect(try forecast(24.1, late: 0).forecast == .none)
    }
}
