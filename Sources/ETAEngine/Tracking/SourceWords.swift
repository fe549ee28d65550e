import TransitModel

/// What a source last named, and what that is in the timetable: sources say the same fix after fix.
struct SourceWords: Hashable, Sendable {
    private var tripID: String?
    private var routeID: String?
    private var directionText: String?
    private(set) var trip: TripIndex?
    private(set) var route: RouteIndex?
    /// As ``LineSet/headsign(_:)`` numbers it.
    private(set) var headsign: Int32?

    init() {}

    /// Takes in what a ping names.
    mutating func hear(_ ping: Ping, _ network: Network, _ lines: LineSet) {
        if ping.tripID != tripID {
            tripID = ping.tripID
            trip = ping.tripID.flatMap { network.trip(id: $0) }
        }
        if ping.routeID != routeID {
            routeID = ping.routeID
            route = ping.routeID.flatMap { network.route(id: $0) }
        }
        if ping.directionText != directionText {
            directionText = ping.directionText
            headsign = ping.directionText.flatMap { lines.headsign($0) }
        }
    }
}
