public import ETAEngine
public import TransitModel

/// What an alert touches, by what it is; all that are given must hold together.
public struct InformedPlace: Hashable, Sendable {
    /// GTFS agency id when the alert was written.
    public var agencyID: String?
    /// The agency's name; nil when only the id is known.
    public var agencyName: String?
    /// The route.
    public var route: RouteSign?
    /// The stop.
    public var stop: StopPlace?

    /// Names what is touched.
    public init(
        agencyID: String? = nil,
        agencyName: String? = nil,
        route: RouteSign? = nil,
        stop: StopPlace? = nil
    ) {
        self.agencyID = agencyID
        self.agencyName = agencyName
        self.route = route
        self.stop = stop
    }

    /// What ids mean in a timetable; those that it does not know stay ids.
    public init(_ entity: Alert.InformedEntity, on network: Network) {
        agencyID = entity.agencyID
        agencyName = network.agencies.elements.first { $0.id == entity.agencyID }?.name
        route = entity.routeID.map { id in
            network.route(id: id).map { RouteSign(network.routes[$0]) } ?? RouteSign(id: id)
        }
        stop = entity.stopID.map { id in
            network.stop(id: id).map { StopPlace(network.stops[$0]) } ?? StopPlace(id: id)
        }
    }

    /// The same by the ids of when it was written.
    public var entity: Alert.InformedEntity {
        Alert.InformedEntity(agencyID: agencyID, routeID: route?.id, stopID: stop?.id)
    }

    /// The same by the ids of a timetable; nil when one of them is not in it.
    public func entity(in recognition: Recognition) -> Alert.InformedEntity? {
        let network = recognition.network
        var entity = Alert.InformedEntity()
        if let agencyID {
            guard let agency = recognition.agency(id: agencyID, name: agencyName) else {
                return nil
            }
            entity.agencyID = network.agencies[agency].id
        }
        if let sign = route {
            guard let route = recognition.route(sign) else { return nil }
            entity.routeID = network.routes[route].id
        }
        if let place = stop {
            guard let stop = recognition.stop(place) else { return nil }
            entity.stopID = network.stops[stop].id
        }
        return entity
    }

    /// Whether more than ids is known.
    var isPlaced: Bool {
        (agencyID == nil || agencyName != nil) && route?.isNameless != true
            && (stop == nil || stop?.coordinate != nil)
    }

    /// The same with what its ids mean in a timetable.
    func placed(on network: Network) -> InformedPlace {
        var placed = InformedPlace(entity, on: network)
        if let agencyName { placed.agencyName = agencyName }
        if let route, !route.isNameless { placed.route = route }
        if let stop, stop.coordinate != nil { placed.stop = stop }
        return placed
    }
}
