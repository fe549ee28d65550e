/// The timetable moved by how late the bus was at its last fix.
struct DeviationForecaster: RunForecaster {
    func learn(_ traversal: LinkTraversal) {}

    func forecast(_ fix: RunFix, at now: Double) -> RunForecast {
        let run = fix.run
        switch fix.place {
        case .end: return .none
        case .start:
            var forecast = RunForecast.timetable(run, late: max(0, now - run.start))
            forecast.moments[0] = max(run.start, now)
            return forecast
        case .under(let next, let share):
            let left = run.departures[next - 1]
            let due = left + share * (run.arrivals[next] - left)
            let deviation = fix.moment - due
            return RunForecast(
                first: next, moments: run.arrivals[next...].map { max(now, $0 + deviation) })
        }
    }
}
