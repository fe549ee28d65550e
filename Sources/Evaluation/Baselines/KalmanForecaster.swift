import TransitModel

/// The travel times of earlier buses on each link ahead, put one after the other.
///
/// In the way of TransitClock: what a bus takes on a link is foretold from the last bus there and
/// three before it, see ``LinkHistory``. A link without history takes its scheduled time, of which
/// 10 s are spent at the stop. What was foretold is not moved while the bus is silent: a time that
/// has gone by is not held at now.
struct KalmanForecaster: RunForecaster {
    /// Seconds of a scheduled link that are spent at its stop.
    private static let stopTime = 10.0
    /// Metres a second that no timetable is believed to ask for; 97 km/h.
    private static let topSpeed = 26.9

    private var histories: [Int: LinkHistory] = [:]

    mutating func learn(_ traversal: LinkTraversal) {
        histories[traversal.link, default: LinkHistory()].add(traversal)
    }

    func forecast(_ fix: RunFix, at now: Double) -> RunForecast {
        switch fix.place {
        case .end:
            return .none
        case .start:
            let start = max(fix.moment, fix.run.start)
            return chain(from: start, at: 0, fix.run, now)
        case .under(let next, let share):
            let link = path(next - 1, of: fix.run, at: now)
            return chain(from: fix.moment + (1 - share) * link, at: next, fix.run, now)
        }
    }

    /// The moments from a stop on, given the moment there.
    private func chain(
        from moment: Double, at first: Int, _ run: ScheduledRun, _ now: Double
    ) -> RunForecast {
        var moments = [moment]
        for link in first..<run.links.count {
            let learned = learned(link, of: run, at: now)
            moments.append(
                (moments.last ?? moment) + (learned ?? scheduled(link, of: run) + Self.stopTime))
        }
        return RunForecast(first: first, moments: moments)
    }

    /// Seconds that the way to the next stop takes, without the wait at the stop.
    private func path(_ link: Int, of run: ScheduledRun, at now: Double) -> Double {
        learned(link, of: run, at: now) ?? scheduled(link, of: run)
    }

    private func learned(_ link: Int, of run: ScheduledRun, at now: Double) -> Double? {
        histories[run.links[link]]?.seconds(at: now, on: run.instance.serviceDate)
    }

    private func scheduled(_ link: Int, of run: ScheduledRun) -> Double {
        let seconds = run.arrivals[link + 1] - run.arrivals[link] - Self.stopTime
        let metres = run.distances[link + 1] - run.distances[link]
        return max(0, seconds, metres / Self.topSpeed)
    }
}
