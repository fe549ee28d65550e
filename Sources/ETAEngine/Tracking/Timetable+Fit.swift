import TransitModel

/// A run that a vehicle's place and time may belong to, and how well they fit.
struct TripFit: Sendable {
    /// Seconds that a bus may be ahead of a timetabled trip it is thought to run.
    static let earliest = 600.0
    /// Seconds that it may be behind.
    static let latest = 2400.0

    var instance: TripInstance
    /// Seconds late (+) or early (-); 0 where only a headway is promised.
    var lateness: Double
    /// Natural logarithm, negated, of how likely such a lateness is relative to the likeliest.
    var cost: Double
}

extension Timetable {
    /// Seconds late that buses most often are.
    private static let usualLateness = 60.0
    /// Seconds beyond that by which a late bus is e times rarer; early ones are rarer still.
    private static let lateScale = 240.0
    private static let earlyScale = 80.0
    /// Seconds before its departure by which a waiting bus is e times rarer.
    private static let waitingScale = 900.0
    /// What it costs at most that it is outside the hours, and that it is not its day, which is more.
    private static let offHoursCost = 1.5
    private static let offDayCost = 1.6
    /// What it costs that a night trip must be filed under the wrong day.
    private static let misfiledCost = 2.0
    /// Metres from its start within which a bus may wait for a trip.
    private static let waitingReach = 100.0
    /// What a line costs on which no run is to be expected.
    private static let noFit = 8.0
    /// What it costs to leave a run for another line: buses change lines at terminals, and what comes
    /// after a run is known.
    private static let changeCost = 4.0
    /// What a run on a headway, which fits at any time, costs.
    private static let headwayCost = 0.7

    /// The run that fits a vehicle at a place of a line best; nil when there is none.
    ///
    /// Runs that other vehicles hold do not count.
    func fit(
        onLine line: Int, at distance: Double, _ moment: Timestamp, _ holders: RunHolders,
        except own: Int? = nil, hasLeft: Bool = false
    ) -> TripFit? {
        let place = Whereabouts(line: line, distance: distance, hasLeft: hasLeft)
        let timetabled = timetabledFit(at: place, moment, holders, except: own)
        guard !frequent[line].isEmpty else { return timetabled }
        let elapsed = elapsed(onLine: line, to: distance)
        let frequent = frequentFit(onLine: line, leavingAt: moment - elapsed, holders, except: own)
        guard let timetabled, let frequent else { return timetabled ?? frequent }
        return timetabled.cost <= frequent.cost ? timetabled : frequent
    }

    /// The run that fits a departure from the first stop of a line best.
    func fit(
        onLine line: Int, leavingAt departure: Timestamp, _ holders: RunHolders,
        except own: Int? = nil
    ) -> TripFit? {
        fit(onLine: line, at: start(ofLine: line), departure, holders, except: own, hasLeft: true)
    }

    /// What the timetables say for a vehicle at a place of a line, as a natural logarithm; 0 where
    /// there are none.
    ///
    /// `run` is the line of the run that it is on.
    func word(
        for line: Int, at distance: Double, _ moment: Timestamp, _ holders: RunHolders,
        of vehicle: Int, onLine run: Int?
    ) -> Double {
        guard hasTimetables else { return 0 }
        let fit = fit(onLine: line, at: distance, moment, holders, except: vehicle)
        let change = run.map { $0 == line ? 0 : Self.changeCost } ?? 0
        return -min(Self.noFit, fit?.cost ?? Self.noFit) - change
    }

    private struct Whereabouts {
        var line: Int
        var distance: Double
        /// Whether the vehicle is known not to wait there.
        var hasLeft: Bool
    }

    /// Seconds from the first stop of a line to a distance on it, as one of its trips has it.
    private func elapsed(onLine line: Int, to distance: Double) -> Double {
        guard let trip = lines.firstTrip(ofLine: line) else { return 0 }
        let seconds = scheduledSeconds(of: trip, at: distance)
        return max(0, seconds - Double(network.departure(of: trip).seconds))
    }

    // MARK: - Timetabled trips

    private func timetabledFit(
        at place: Whereabouts, _ moment: Timestamp, _ holders: RunHolders, except own: Int?
    ) -> TripFit? {
        guard hasTimetable(place.line) else { return nil }
        let elapsed = elapsed(onLine: place.line, to: place.distance)
        let today = network.serviceDay.date(at: moment)
        var best: TripFit?
        for age in 0...daysBack {
            let date = today - age
            let seconds = moment - network.serviceDay.origin(of: date)
            let departure = seconds - elapsed
            // Trips of other hours may be quicker or slower than the one that was measured.
            let margin = 0.4 * elapsed
            let positions = scheduled.positions(
                ofLine: place.line, from: departure - TripFit.latest - margin,
                to: departure + TripFit.earliest + margin)
            for position in positions {
                let trip = scheduled.trip(at: position)
                let lateness = seconds - scheduledSeconds(of: trip, at: place.distance)
                let cost = cost(ofLateness: lateness, trip, at: place) + wrongDay(trip, date, age)
                guard cost < best?.cost ?? .infinity else { continue }
                let instance = TripInstance(trip: trip, serviceDate: date)
                if holders.isFree(instance, at: moment, for: own, cost: cost) {
                    best = TripFit(instance: instance, lateness: lateness, cost: cost)
                }
            }
        }
        return best
    }

    /// What it costs that a trip does not run on a date: nothing where it does, and a night trip may
    /// be filed under the day on which it ends.
    private func wrongDay(_ trip: TripIndex, _ date: ServiceDate, _ age: Int) -> Double {
        if isActive(trip, on: date) { return 0 }
        return age > 0 && isActive(trip, on: date + 1) ? Self.misfiledCost : .infinity
    }

    /// What it costs that a run leaves its first stop at a moment.
    func cost(ofLeaving instance: TripInstance, at departure: Timestamp) -> Double {
        let line = lines.line(of: pattern(of: instance.trip))
        let lateness = departure - network.scheduled(instance, at: 0).departure
        return cost(
            ofLateness: lateness, instance.trip,
            at: Whereabouts(line: line, distance: 0, hasLeft: true))
    }

    /// What it costs that a run is at a place at a moment; 0 for one on a headway.
    func cost(of instance: TripInstance, at distance: Double, _ moment: Timestamp) -> Double {
        guard instance.startTime == nil else { return 0 }
        let line = lines.line(of: pattern(of: instance.trip))
        let seconds = moment - network.serviceDay.origin(of: instance.serviceDate)
        return cost(
            ofLateness: seconds - scheduledSeconds(of: instance.trip, at: distance), instance.trip,
            at: Whereabouts(line: line, distance: distance, hasLeft: false))
    }

    private func cost(
        ofLateness lateness: Double, _ trip: TripIndex, at place: Whereabouts
    ) -> Double {
        guard lateness <= TripFit.latest else { return .infinity }
        let beyond = lateness - Self.usualLateness
        if beyond >= 0 { return beyond / Self.lateScale }
        let start = patterns.elements.span[pattern(of: trip).position].distances[0]
        if !place.hasLeft, place.distance < start + Self.waitingReach {
            return -beyond / Self.waitingScale
        }
        return lateness >= -TripFit.earliest ? -beyond / Self.earlyScale : .infinity
    }

    /// Seconds of the service day at which a trip is to be at a distance along its line.
    func scheduledSeconds(of trip: TripIndex, at distance: Double) -> Double {
        let distances = patterns.elements.span[pattern(of: trip).position].distances
        let next = distances.partitioningIndex { $0 > distance }
        guard next > 0 else { return Double(network.departure(of: trip).seconds) }
        let before = network.stopTime(of: trip, at: next - 1)
        guard next < distances.count else { return Double(before.arrival.seconds) }
        let after = network.stopTime(of: trip, at: next)
        let metres = distances[next] - distances[next - 1]
        let share = metres > 0 ? (distance - distances[next - 1]) / metres : 1
        return Double(before.departure.seconds)
            + share * Double(after.arrival.seconds - before.departure.seconds)
    }

    // MARK: - Trips on a headway

    private func frequentFit(
        onLine line: Int, leavingAt departure: Timestamp, _ holders: RunHolders, except own: Int?
    ) -> TripFit? {
        let today = network.serviceDay.date(at: departure)
        var best: TripFit?
        for age in 0...daysBack {
            let date = today - age
            let time = network.serviceDay.time(at: departure, on: date)
            for trip in frequent[line] {
                guard var candidate = frequentFit(trip, on: date, leavingAt: time) else { continue }
                // An older day's service runs on past midnight only where it says so.
                candidate.cost += Double(age) / 1000
                if candidate.cost < best?.cost ?? .infinity { best = candidate }
            }
        }
        // Two buses may leave in the same second; the start of a run names it, so it must differ.
        while let fit = best, holders.isHeld(fit.instance, at: departure, except: own) {
            best?.instance = following(fit.instance)
        }
        return best
    }

    /// The run of a trip on a headway that leaves at a time, however far outside its hours.
    func frequentFit(
        _ trip: TripIndex, on date: ServiceDate, leavingAt time: ServiceTime
    ) -> TripFit? {
        guard time.seconds >= 0 else { return nil }
        let outside =
            nearestFrequency(of: trip, to: time)
            .map { Self.distance(from: time, to: $0) } ?? 0
        // Past midnight a service runs on only where it says so.
        if time.seconds >= 86_400, outside > TripFit.latest { return nil }
        let instance = TripInstance(
            trip: trip, serviceDate: date, startTime: start(of: trip, leavingAt: time))
        // Buses run outside the hours that are published; they are still buses, on the nearest row.
        let cost =
            Self.headwayCost + min(Self.offHoursCost, outside / 3600)
            + (isActive(trip, on: date) ? 0 : Self.offDayCost)
        return TripFit(instance: instance, lateness: 0, cost: cost)
    }

    /// The next run of a trip with frequencies: a second later, or a headway where starts are exact.
    func following(_ instance: TripInstance) -> TripInstance {
        guard let start = instance.startTime else { return instance }
        let exact = nearestFrequency(of: instance.trip, to: start).flatMap {
            $0.isExact ? $0.headway : nil
        }
        var next = instance
        next.startTime = ServiceTime(Int(start.seconds) + max(1, exact ?? 1))
        return next
    }

    /// The start that names a run which left at `time`: the promised one where starts are exact.
    func start(of trip: TripIndex, leavingAt time: ServiceTime) -> ServiceTime {
        guard let row = nearestFrequency(of: trip, to: time), row.isExact, row.headway > 0 else {
            return max(time, ServiceTime(0))
        }
        let first = Int(row.start.seconds)
        let last = max(0, (Int(row.end.seconds) - 1 - first) / row.headway)
        let runs = (Double(Int(time.seconds) - first) / Double(row.headway)).rounded()
        return ServiceTime(first + min(max(Int(runs), 0), last) * row.headway)
    }

    /// Seconds between departures that a line promises at a moment; nil without frequencies.
    func headway(onLine line: Int, at moment: Timestamp) -> Double? {
        guard !frequent[line].isEmpty,
            let fit = frequentFit(onLine: line, leavingAt: moment, RunHolders(), except: nil),
            let start = fit.instance.startTime
        else { return nil }
        return nearestFrequency(of: fit.instance.trip, to: start).map { Double($0.headway) }
    }

    private func nearestFrequency(of trip: TripIndex, to time: ServiceTime) -> Frequency? {
        frequencies(of: trip)
            .min { Self.distance(from: time, to: $0) < Self.distance(from: time, to: $1) }
    }

    private static func distance(from time: ServiceTime, to frequency: Frequency) -> Double {
        if time < frequency.start { return Double(frequency.start.seconds - time.seconds) }
        if time >= frequency.end { return Double(time.seconds - frequency.end.seconds + 1) }
        return 0
    }
}
