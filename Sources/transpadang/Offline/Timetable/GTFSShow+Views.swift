import TransitModel

extension GTFSShow {
    /// The view that the options ask for.
    func view(of network: Network) throws(UnknownID) -> any TimetableView {
        let dates = date.isEmpty ? [network.today] : date
        if let route {
            return RouteView(network, try Self.routes(route, network))
        }
        if !stop.isEmpty {
            return StopView(network, try Self.stops(stop, network), dates)
        }
        if let trip {
            return TripView(network, try Self.trip(trip, network))
        }
        return date.isEmpty
            ? OverviewView(network, today: network.today) : DayView(network, dates)
    }

    private static func routes(
        _ id: String, _ network: Network
    ) throws(UnknownID) -> [RouteIndex] {
        if let route = network.route(id: id) { return [route] }
        let named = network.routes.indices.filter { network.routes[$0].shortName == id }
        guard named.isEmpty else { return named }
        throw UnknownID(
            "route", id,
            among: network.routes.indices.map {
                UnknownID.Candidate(id: network.routes[$0].id, name: network.routes[$0].name)
            })
    }

    private static func stops(
        _ ids: [String], _ network: Network
    ) throws(UnknownID) -> [StopIndex] {
        var stops: [StopIndex] = []
        for id in ids {
            guard let stop = network.stop(id: id) else {
                throw UnknownID(
                    "stop", id,
                    among: network.stops.indices.map {
                        UnknownID.Candidate(id: network.stops[$0].id, name: network.stops[$0].name)
                    })
            }
            stops.append(stop)
        }
        return stops
    }

    private static func trip(_ id: String, _ network: Network) throws(UnknownID) -> TripIndex {
        if let trip = network.trip(id: id) { return trip }
        throw UnknownID(
            "trip", id,
            among: network.trips.indices.map { UnknownID.Candidate(id: network.trips[$0].id) })
    }
}
