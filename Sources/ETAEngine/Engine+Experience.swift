import TransitModel

extension Engine {
    /// Lessons about places that this timetable has not which are kept at most.
    private static let mostElsewhere = 5000

    /// What the engine has learned, to be kept for another day.
    public func experience() -> Experience {
        Experience(
            links: times.links.statistics(),
            lessons: times.adherence.lessons(of: network) + delays.lessons(of: network)
                + calibration.lessons() + lessonsElsewhere
                + (day.map { [Lesson(.day, number: Int($0.date.dayNumber), values: [])] } ?? []))
    }

    /// Takes what earlier days taught in place of what was learned so far.
    ///
    /// The latest traversals of each link stay. For an engine that lived through pings which had
    /// already taught it.
    public mutating func recall(_ experience: Experience) {
        times.links.recall(experience.links)
        times.adherence = Adherence(network: network)
        delays = DepartureDelays(network: network)
        calibration = Calibration(isInForce: components.contains(.calibration))
        lessonsElsewhere = []
        for lesson in experience.lessons { recall(lesson) }
        calibration.refresh(at: lastReceivedAt ?? Timestamp(0))
        bulletins = Bulletins()
    }

    private mutating func recall(_ lesson: Lesson) {
        var stop: StopIndex?
        if let place = lesson.place {
            stop = times.links.stop(at: place)
            guard stop != nil else {
                if lessonsElsewhere.count < Self.mostElsewhere { lessonsElsewhere.append(lesson) }
                return
            }
        }
        switch lesson.subject {
        case .waiting, .recovery: times.adherence.recall(lesson, at: stop)
        case .departures: delays.recall(lesson, at: stop)
        case .errors: calibration.recall(lesson)
        case .day: day = Day(ServiceDate(dayNumber: lesson.number), in: network)
        }
    }

    /// A service day.
    struct Day: Sendable {
        let date: ServiceDate
        /// When the next begins, as far as learning goes: in the small hours.
        let end: Timestamp

        init(_ date: ServiceDate, in network: Network) {
            self.date = date
            end = network.serviceDay.origin(of: date) + 27 * 3600
        }
    }

    /// Begins a new day of learning, if the last one is over.
    mutating func turnDay(at now: Timestamp) {
        if let day, now < day.end { return }
        if day != nil {
            times.links.sleep()
            delays.sleep()
            calibration.sleep()
        }
        day = Day(network.serviceDay.date(at: now - 3 * 3600), in: network)
    }

    /// Goes on in place of another engine of the same network, which knew pings in another order.
    ///
    /// Takes over what became of pings when they came, what was learned, and the detours; the latest
    /// traversals of each link stay.
    public mutating func succeed(_ former: Engine) {
        counts = former.counts
        detours = former.detours
        times.links.takeStatistics(from: former.times.links)
        times.adherence = former.times.adherence
        delays = former.delays
        calibration = former.calibration
        grader = former.grader
        grades = former.grades
        lessonsElsewhere = former.lessonsElsewhere
        bulletins = Bulletins()
    }
}
