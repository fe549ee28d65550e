import Geometry
public import Ingestion
public import TransitModel

extension NetworkLoad {
    /// Stops the fuzzer unless the network and its notices are as their readers may rely on.
    public func requirePromises() {
        network.requirePromises()
        require(!network.version.isEmpty, "a network has a version")
        for notice in notices { notice.requirePromises() }
    }
}

extension Notice {
    /// Stops the fuzzer at a notice that is too long, or too odd, to show.
    public func requirePromises() {
        require(!message.isEmpty && !code.isEmpty && !file.isEmpty, "a notice says what and where")
        require((value ?? "").utf8.count <= 400, "a notice quotes a little of the file")
        require(description.utf8.count <= 2000, "a notice is a line")
        require(line ?? 1 > 0, "lines count from 1")
    }
}

extension Network {
    /// Stops the fuzzer unless every index is valid, and times and distances never go back.
    public func requirePromises() {
        for stop in stops.elements { require(stop.parent, isIn: stops, "parent of a stop") }
        for route in routes.elements { require(route.agency, isIn: agencies, "agency of a route") }
        for shape in shapes.elements { requirePromises(of: shape.line) }
        for pattern in patterns.indices { requirePromises(of: pattern) }
        for trip in trips.indices { requirePromises(of: trip) }
        for stop in stops.indices { requireVisits(at: stop) }
    }

    private func require<Element>(
        _ index: TableIndex<Element>?, isIn table: Table<Element>, _ promise: String
    ) {
        guard let index else { return }
        FuzzedFeeds.require(index.position >= 0 && index.position < table.count, promise)
    }

    private func requirePromises(of line: Polyline) {
        let isFinite = line.points.allSatisfy { $0.x.isFinite && $0.y.isFinite }
        FuzzedFeeds.require(!line.points.isEmpty && isFinite, "a line has finite points")
        FuzzedFeeds.require(line.distances.count == line.points.count, "points have distances")
        FuzzedFeeds.require(line.distances.neverFalls, "distances of points never fall")
        FuzzedFeeds.require(
            line.distances.first == 0 && line.length.isFinite, "a line has a length")
    }

    private func requirePromises(of index: PatternIndex) {
        let pattern = patterns[index]
        require(pattern.route, isIn: routes, "route of a pattern")
        require(pattern.shape, isIn: shapes, "shape of a pattern")
        for stop in pattern.stops { require(stop, isIn: stops, "stop of a pattern") }
        requirePromises(of: pattern.line)
        let count = pattern.stops.count
        FuzzedFeeds.require(count >= 2, "a pattern has two stops")
        FuzzedFeeds.require(pattern.sequences.count == count, "each stop has a sequence")
        FuzzedFeeds.require(pattern.sequences.strictlyRises, "sequences rise")
        FuzzedFeeds.require(pattern.sequences[0] >= 0, "sequences are no less than 0")
        FuzzedFeeds.require(pattern.distances.count == count, "each stop has a distance")
        FuzzedFeeds.require(pattern.distances.neverFalls, "distances of stops never fall")
        FuzzedFeeds.require(
            pattern.distances.allSatisfy { $0 >= 0 && $0 <= pattern.line.length },
            "stops lie within the line")
        FuzzedFeeds.require(patterns(of: pattern.route).contains(index), "routes know patterns")
        FuzzedFeeds.require(!trips(of: index).isEmpty, "a pattern has a trip")
        FuzzedFeeds.require(
            trips(of: index).map { departure(of: $0) }.neverFalls, "trips are in order")
    }

    private func requirePromises(of index: TripIndex) {
        let trip = trips[index]
        require(trip.pattern, isIn: patterns, "pattern of a trip")
        require(trip.service, isIn: services, "service of a trip")
        let count = patterns[trip.pattern].stops.count
        FuzzedFeeds.require(
            trip.firstStopTime >= 0 && trip.firstStopTime + count <= stopTimeCount,
            "times of a trip")
        let times = (0..<count).flatMap { position in
            let time = stopTime(of: index, at: position)
            return [time.arrival, time.departure]
        }
        FuzzedFeeds.require(times.neverFalls, "times never fall")
        FuzzedFeeds.require(times[0].seconds >= 0, "times are no less than 0")
        let found = self.trip(id: trip.id)
        FuzzedFeeds.require(found.map { trips[$0].id } == trip.id, "a trip is found by its id")
        FuzzedFeeds.require(trips(of: trip.pattern).contains(index), "patterns know trips")
        if let block = trip.block {
            FuzzedFeeds.require(trips(inBlock: block).contains(index), "blocks know trips")
        }
        FuzzedFeeds.require(
            trip.frequencies.map(\.start).strictlyRises, "headways are in order of start")
        FuzzedFeeds.require(
            trip.frequencies.allSatisfy { $0.start < $0.end && $0.headway > 0 }, "headways are some"
        )
    }

    private func requireVisits(at stop: StopIndex) {
        let id = stops[stop].id
        FuzzedFeeds.require(self.stop(id: id).map { stops[$0].id } == id, "stops are found by id")
        for visit in visits(at: stop) {
            FuzzedFeeds.require(
                patterns[visit.pattern].stops[visit.position] == stop, "a visit is at its stop")
        }
    }
}
