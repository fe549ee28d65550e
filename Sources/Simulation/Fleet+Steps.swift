import Geometry
import TransitModel

extension Fleet {
    /// Takes one bus through the second that ends at `moment`.
    mutating func step(_ index: Int, until moment: Timestamp) {
        var bus = buses[index]
        switch bus.state {
        case .driving, .brokenDown: drive(&bus, until: moment)
        case .atStop where moment >= bus.resumesAt: leaveStop(&bus, at: bus.resumesAt)
        case .layover where moment >= bus.run.departure: setOut(&bus)
        case .deadheading: approachTerminal(&bus, at: moment)
        case .atStop, .layover: break
        }
        buses[index] = bus
    }

    private mutating func drive(_ bus: inout VirtualBus, until moment: Timestamp) {
        let road = city.road(of: bus.run.pattern)
        lookAhead(&bus, on: road, at: moment)
        let before = bus.distanceAlong
        let made = bus.drive(on: road, in: city.traffic, until: moment)
        bus.state = bus.driver.isBrokenDown && bus.speed == 0 ? .brokenDown : .driving
        while bus.state == .driving, bus.distanceToStop(on: road) <= 0 {
            let share = made > 0 ? (road.stops[bus.nextStop] - before) / made : 1
            lookAhead(&bus, on: road, at: moment)
            reachStop(&bus, at: moment - 1 + min(1, max(0, share)))
        }
    }

    /// Decides what will happen at the next stop once the driver sees it.
    private mutating func lookAhead(_ bus: inout VirtualBus, on road: Road, at moment: Timestamp) {
        guard bus.nextCall == nil, bus.distanceToStop(on: road) < VirtualBus.sight else { return }
        let stops = network.patterns[bus.run.pattern].stops
        let isLast = bus.nextStop == stops.count - 1
        let waiting =
            isLast ? 0 : waiting(for: bus, at: stops[bus.nextStop], now: moment)
        let alighting = Ridership.alighting(
            of: bus.load,
            stopsLeft: stops.count - 1 - bus.nextStop,
            random: &bus.driver.random
        )
        let room = Ridership.capacity - bus.load + alighting
        let boarding = min(waiting, max(0, room))
        let isEmpty = boarding == 0 && alighting == 0
        bus.nextCall = VirtualBus.Call(
            boarding: boarding,
            alighting: alighting,
            isSkipped: isEmpty && !isLast && city.maySkipStops(on: bus.route)
        )
    }

    private mutating func waiting(
        for bus: borrowing VirtualBus,
        at stop: StopIndex,
        now: Timestamp
    ) -> Int {
        city.ridership.waiting(
            at: stop,
            for: bus.run,
            on: bus.route,
            time: city.time,
            now: now
        )
    }

    private mutating func reachStop(_ bus: inout VirtualBus, at moment: Timestamp) {
        guard let call = bus.nextCall, !call.isSkipped else {
            record(bus, arrival: moment, departure: moment)
            bus.nextStop += 1
            bus.nextCall = nil
            return
        }
        bus.speed = 0
        bus.arrivedAt = moment
        bus.load += call.boarding - call.alighting
        if bus.nextStop == network.patterns[bus.run.pattern].lastPosition {
            record(bus, arrival: moment, departure: moment)
            finishTrip(&bus, at: moment)
        } else {
            bus.state = .atStop
            bus.resumesAt =
                moment
                + Ridership.dwell(
                    boarding: call.boarding,
                    alighting: call.alighting,
                    random: &bus.driver.random
                )
        }
    }

    private mutating func leaveStop(_ bus: inout VirtualBus, at moment: Timestamp) {
        record(bus, arrival: bus.arrivedAt, departure: moment)
        bus.state = .driving
        bus.nextStop += 1
        bus.nextCall = nil
    }

    private mutating func finishTrip(_ bus: inout VirtualBus, at moment: Timestamp) {
        let end = city.road(of: bus.run.pattern)
        bus.load = 0
        bus.run = dispatcher.next(after: bus.run, on: bus.route, arrival: moment)
        let start = city.road(of: bus.run.pattern)
        let from = end.line.point(at: bus.distanceAlong)
        let to = start.line.point(at: start.stops[0])
        bus.distanceAlong = start.stops[0]
        bus.nextLight = 0
        bus.nextStop = 0
        bus.nextCall = nil
        bus.arrivedAt = moment
        bus.deadhead = from.distance(to: to) > 5 ? Deadhead(from: from, to: to, start: moment) : nil
        bus.state = bus.deadhead == nil ? .layover : .deadheading
    }

    private func approachTerminal(_ bus: inout VirtualBus, at moment: Timestamp) {
        guard let deadhead = bus.deadhead, moment < deadhead.end else {
            bus.arrivedAt = bus.deadhead?.end ?? moment
            bus.run.departure = max(bus.run.departure, bus.arrivedAt + 60)
            bus.deadhead = nil
            bus.speed = 0
            bus.state = .layover
            return
        }
        bus.speed = Deadhead.speed
    }

    private mutating func setOut(_ bus: inout VirtualBus) {
        let first = network.patterns[bus.run.pattern].stops[0]
        bus.load = min(
            Ridership.capacity,
            waiting(for: bus, at: first, now: bus.run.departure)
        )
        bus.directionText = directionText(of: bus.run)
        leaveStop(&bus, at: bus.run.departure)
    }

    private mutating func record(_ bus: VirtualBus, arrival: Timestamp, departure: Timestamp) {
        let start = network.serviceDay.time(at: bus.run.departure, on: bus.run.serviceDate)
        truth.append(
            TrueStopEvent(
                vehicleID: bus.vehicleID,
                pattern: bus.run.pattern,
                trip: bus.run.trip,
                serviceDate: bus.run.serviceDate,
                startTime: start,
                position: bus.nextStop,
                arrival: arrival,
                departure: departure
            )
        )
    }
}
