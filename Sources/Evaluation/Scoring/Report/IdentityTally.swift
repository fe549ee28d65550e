/// Counts whether answers name the right trip, and if not, at least its route and direction.
struct IdentityTally {
    private struct Question: Hashable {
        var real, named, route, direction: Int32
    }

    private struct Counts {
        var answers = 0
        var sameTrip = 0
        var sameService = 0

        mutating func add(isSameTrip: Bool, isSameService: Bool) {
            answers += 1
            if isSameTrip { sameTrip += 1 }
            if isSameService { sameService += 1 }
        }
    }

    private let timetable: ScoringTimetable
    private let ids: IDTable
    private var known: [Question: Bool] = [:]
    private var all = Counts()
    private var midTrip = Counts()

    init(timetable: ScoringTimetable, ids: IDTable) {
        self.timetable = timetable
        self.ids = ids
    }

    /// Adds an answer given to a passage at a minute.
    mutating func add(_ row: PredictionRow, to passage: Passage, isMidTrip: Bool) {
        let question = Question(
            real: passage.trip,
            named: row.trip,
            route: row.route,
            direction: row.direction
        )
        let isSameService = known[question] ?? isSameService(question)
        known[question] = isSameService
        let isSameTrip = question.real == question.named
        all.add(isSameTrip: isSameTrip, isSameService: isSameService)
        if isMidTrip { midTrip.add(isSameTrip: isSameTrip, isSameService: isSameService) }
    }

    /// The shares in percent.
    var report: IdentityReport {
        func percent(_ count: Int, of counts: Counts) -> Double? {
            guard counts.answers > 0 else { return nil }
            return (Double(count) / Double(counts.answers) * 10_000).rounded() / 100
        }
        return IdentityReport(
            answers: all.answers,
            tripPercent: percent(all.sameTrip, of: all),
            routeAndDirectionPercent: percent(all.sameService, of: all),
            midTripAnswers: midTrip.answers,
            midTripTripPercent: percent(midTrip.sameTrip, of: midTrip),
            midTripRouteAndDirectionPercent: percent(midTrip.sameService, of: midTrip)
        )
    }

    /// A row that names a known trip is judged by that trip, another by its own route and direction.
    private func isSameService(_ question: Question) -> Bool {
        if question.real == question.named { return true }
        guard let real = timetable.service(of: question.real) else { return false }
        guard let named = timetable.service(of: question.named) else {
            let direction = Int(ids.names[Int(question.direction)])
            return question.route == real.route
                && (real.direction == nil || real.direction == direction)
        }
        guard real.route == named.route else { return false }
        if let direction = real.direction, let other = named.direction {
            return direction == other
        }
        return shareStops(question.real, question.named)
    }

    /// Without directions: whether half the stops of the shorter trip are the other's too.
    private func shareStops(_ trip: Int32, _ other: Int32) -> Bool {
        let stops = timetable.stops(of: trip)
        let others = timetable.stops(of: other)
        let shared = stops.intersection(others).count
        return Double(shared) >= 0.5 * Double(max(1, min(stops.count, others.count)))
    }
}
