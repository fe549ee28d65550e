import TransitModel

/// An alert as the feed says it: only what the timetable in force knows, only while it holds.
struct PublishedAlert {
    var alert: Alert
    /// What is touched, at least one.
    var informed: [Alert.InformedEntity]

    /// Nil when the alert is over, or nothing that it names is known to the network: a feed may
    /// neither name unknown ids nor inform nobody.
    init?(_ alert: Alert, _ network: Network, at now: Int64) {
        if let end = alert.end, end.unix <= now { return nil }
        informed = alert.informed.filter { Self.isKnown($0, network) }
        guard !informed.isEmpty, alert.header.contains(where: { !$0.text.isEmpty }) else {
            return nil
        }
        self.alert = alert
    }

    private static func isKnown(_ entity: Alert.InformedEntity, _ network: Network) -> Bool {
        if let agency = entity.agencyID {
            guard network.agencies.elements.contains(where: { $0.id == agency }) else {
                return false
            }
        }
        if let route = entity.routeID, network.route(id: route) == nil { return false }
        if let stop = entity.stopID, network.stop(id: stop) == nil { return false }
        return entity.agencyID != nil || entity.routeID != nil || entity.stopID != nil
    }
}
