public import Geometry
public import TransitModel

/// A fleet of virtual buses on a network, with the reports they send and the truth behind them.
///
/// Buses move second by second under acceleration limits through smooth speed fields, congestion
/// waves, traffic lights and riders who gather at stops; no scheduled stop time and no average over
/// links is used. At any hour the fleet is in mid-service: outside service hours the day is
/// stretched to the nearest period. All that happens follows from the seed and the start, in
/// whatever steps the fleet is advanced. Holds no clock; time is an argument.
public struct Fleet: Sendable {
    /// The buses, by hull number.
    public internal(set) var buses: [VirtualBus] = []

    let network: Network
    var city: City
    var dispatcher: Dispatcher
    var truth: [TrueStopEvent] = []
    private var trackers: [Tracker] = []
    private var outbox = Outbox()
    private var now: Timestamp
    private var date: ServiceDate

    /// Spreads buses over the routes of a network and over the length of each.
    ///
    /// - Parameters:
    ///   - network: What is served.
    ///   - buses: How many; shared out by cycle time over headway.
    ///   - seed: What everything random comes from.
    ///   - startingAt: The moment that the fleet is first looked at, in whole seconds.
    ///   - faults: What goes wrong with the reports.
    public init(
        network: Network,
        buses: Int,
        seed: UInt64,
        startingAt: Timestamp,
        faults: FleetFaults = .realistic
    ) {
        let seed = Seed(seed)
        self.network = network
        now = Timestamp(startingAt.seconds.rounded(.down))
        date = network.serviceDay.date(at: now)
        dispatcher = Dispatcher(network: network, buses: buses, date: date, seed: seed)
        city = City(network: network, busiest: dispatcher.busiest, seed: seed)
        updateCity()
        for route in Self.inOrder(network) { placeBuses(on: route, seed: seed) }
        trackers = self.buses.indices.map {
            Tracker(faults: faults, start: now, seed: seed.branch(.tracker).branch($0))
        }
    }

    /// Lets time pass and returns the reports received up to `now`, in order of receipt.
    ///
    /// Moments before an earlier one change nothing.
    public mutating func advance(to now: Timestamp) -> [SimulatedPing] {
        while self.now + 1 <= now {
            self.now = self.now + 1
            if self.now.unix % 30 == 0 { updateCity() }
            for index in buses.indices { step(index, until: self.now) }
            for index in buses.indices { report(index) }
        }
        return outbox.take(until: now)
    }

    /// What truly happened at stops since this was last called, in the order of leaving.
    public mutating func takeTruth() -> [TrueStopEvent] {
        defer { truth = [] }
        return truth
    }

    /// Where a bus truly is.
    public func coordinate(of bus: VirtualBus) -> Coordinate {
        network.plane.coordinate(point(of: bus))
    }

    private func point(of bus: VirtualBus) -> PlanePoint {
        if let deadhead = bus.deadhead { return deadhead.point(at: now) }
        return network.patterns[bus.run.pattern].line.point(at: bus.distanceAlong)
    }

    private mutating func report(_ index: Int) {
        guard trackers[index].isDue(at: now) else { return }
        let bus = buses[index]
        let isOnTrip = bus.state != .layover && bus.state != .deadheading
        let road = city.road(of: bus.run.pattern)
        let sighting = Sighting(
            vehicleID: bus.vehicleID,
            routeID: network.routes[bus.route].id,
            directionText: bus.directionText,
            point: point(of: bus),
            speed: bus.speed,
            bearing: road.line.bearing(at: bus.distanceAlong),
            reception: road.reception(at: bus.distanceAlong),
            state: bus.state,
            distanceAlong: isOnTrip ? bus.distanceAlong : nil,
            pattern: isOnTrip ? bus.run.pattern : nil,
            trip: bus.run.trip
        )
        if let ping = trackers[index].report(sighting, at: now, on: network.plane) {
            outbox.add(ping)
        }
    }

    private mutating func updateCity() {
        date = network.serviceDay.date(at: now)
        city.update(time: dispatcher.stretchedTime(at: now, on: date), date: date)
    }

    private mutating func placeBuses(on route: RouteIndex, seed: Seed) {
        for (run, elapsed) in dispatcher.runsUnderWay(on: route, at: now) {
            let road = city.road(of: run.pattern)
            let start = road.stops[0]
            let driven = (road.stops[road.stops.count - 1] - start) * elapsed / run.duration
            var bus = VirtualBus(
                vehicleID: String(buses.count + 1),
                route: route,
                run: run,
                directionText: directionText(of: run),
                seed: seed.branch(.driver).branch(buses.count)
            )
            bus.state = .driving
            bus.distanceAlong = start + driven
            bus.nextStop = road.stops.firstIndex { $0 > start + driven } ?? road.stops.count - 1
            bus.speed = road.speed(at: bus.distanceAlong, in: city.traffic) * 0.7
            bus.load = Int(bus.driver.random.uniform(4...18))
            buses.append(bus)
        }
    }

    /// What the bus shows, or the name of its last stop.
    func directionText(of run: Run) -> String {
        let headsign = network.trips[run.trip].headsign
        guard headsign.isEmpty, let last = network.patterns[run.pattern].stops.last else {
            return headsign
        }
        return network.stops[last].name
    }

    private static func inOrder(_ network: Network) -> [RouteIndex] {
        network.routes.indices.sorted {
            (network.routes[$0].sortOrder ?? .max, $0) < (network.routes[$1].sortOrder ?? .max, $1)
        }
    }
}
