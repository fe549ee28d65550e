import TransitModel

extension FeedSummary {
    /// Who, and then lines under labels.
    var text: String {
        let sections = [
            ("Version", [version]), ("Time zone", [timeZone]), ("Service", service.lines),
            ("Contents", counts.lines), ("Tracking", tracking.lines(counts)),
        ]
        let lines = sections.flatMap { label, lines in
            lines.enumerated().map { number, line in
                let label = number == 0 ? label : ""
                return label + String(repeating: " ", count: 11 - label.count) + line
            }
        }
        return ([Wording.some(agencies.map(\.name), of: 3)] + lines).map(Printable.text)
            .joined(separator: "\n")
    }
}

extension FeedSummary.Counts {
    fileprivate var lines: [String] {
        let things = [
            Wording.count(routes, "route"), Wording.count(stops, "stop"),
            Wording.count(patterns, "pattern"), Wording.count(trips, "trip"),
            Wording.count(stopTimes, "stop time"),
        ]
        let headways =
            headwayTrips == 0
            ? "All trips have fixed times."
            : "\(Wording.grouped(headwayTrips)) of \(Wording.count(trips, "trip")) run by headway."
        let midnight =
            tripsPastMidnight == 0
            ? "No trip runs past midnight."
            : "\(Wording.count(tripsPastMidnight, "trip runs", "trips run")) past midnight."
        return [things.joined(separator: ", "), headways, midnight]
    }
}

extension FeedSummary.ServicePeriod {
    fileprivate var lines: [String] {
        guard let first = firstDay.flatMap({ ServiceDate(text: $0) }),
            let last = lastDay.flatMap({ ServiceDate(text: $0) }),
            let today = ServiceDate(text: today)
        else { return ["No trip ever runs: no service has a day."] }
        let period = "\(first.dashed) to \(last.dashed)"
        let trips = "\(Wording.count(tripsToday, "trip")) today (\(today.dashed))"
        return ["\(period); \(trips)\(headways)", outlook(first, last, today)]
    }

    private var headways: String {
        guard headwayTripsToday > 0 else { return "" }
        let some = headwayTripsToday == tripsToday ? "" : "\(Wording.grouped(headwayTripsToday)) "
        return ", \(some)by headway: about \(Wording.count(runsToday, "run"))"
    }

    private func outlook(_ first: ServiceDate, _ last: ServiceDate, _ today: ServiceDate) -> String
    {
        if today > last {
            return
                "Service ended \(Self.days(from: last, to: today)) ago: nothing can be predicted."
        }
        let start = today < first ? "Service starts in \(Self.days(from: today, to: first)). " : ""
        let end =
            last < today + daysAhead
            ? " It ends in \(Self.days(from: today, to: last)): a new version is due." : ""
        return start + gaps(until: last) + end
    }

    /// Days without service before the last; those after it go without saying.
    private func gaps(until last: ServiceDate) -> String {
        let days = daysWithoutService.compactMap { ServiceDate(text: $0) }.filter { $0 < last }
        guard !days.isEmpty else {
            return daysWithoutService.isEmpty
                ? "Service runs on each of the next \(daysAhead) days."
                : "Service runs on each day from now on."
        }
        return "No service on \(days.count) of the next \(daysAhead) days: "
            + Wording.some(days.map(\.dashed), of: 5) + "."
    }

    private static func days(from start: ServiceDate, to end: ServiceDate) -> String {
        Wording.count(Int(end.dayNumber - start.dayNumber), "day")
    }
}

extension FeedSummary.Tracking {
    fileprivate func lines(_ counts: FeedSummary.Counts) -> [String] {
        [lineText, blockText(counts.trips)]
    }

    private var lineText: String {
        if patternsStraight == 0 {
            return "Buses can be tracked on it: every pattern follows a shape."
        }
        let start =
            patternsOnShapes == 0
            ? "Buses can be tracked roughly: no pattern follows a shape"
            : "Buses can be tracked on it: \(Wording.count(patternsOnShapes, "pattern"))"
                + " on shapes, \(Wording.grouped(patternsStraight)) without"
        return "\(start); \(Wording.count(tripsStraight, "trip is", "trips are"))"
            + " drawn straight from stop to stop."
    }

    private func blockText(_ trips: Int) -> String {
        tripsWithBlock == 0
            ? "No trip has a block: a bus's next trip is not known ahead."
            : "\(Wording.grouped(tripsWithBlock)) of \(Wording.count(trips, "trip")) have a block,"
                + " which tells a bus's next trip."
    }
}
