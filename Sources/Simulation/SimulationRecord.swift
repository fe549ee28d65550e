import Geometry
public import TransitModel

/// A simulation as text: the pings, truth and labels files that replay and scoring read.
///
/// Lines come without line ends; writing them is the caller's.
public struct SimulationRecord: Sendable {
    /// Header of the pings file.
    public static let pingHeader =
        "vehicle_id,timestamp,latitude,longitude,route_id,direction_text,speed_mps,bearing,"
        + "feed_timestamp"
    /// Header of the truth file.
    public static let truthHeader =
        "trip_id,vehicle_id,stop_sequence,stop_id,arrival_time,bracket_s,scheduled,delay"
    /// Header of the labels file.
    public static let labelHeader =
        "vehicle_id,timestamp,label_phase,label_trip_id,label_route_id,label_direction_id,"
        + "label_distance_along_trip"

    private let network: Network

    /// Makes a record of what happens on a network.
    public init(network: Network) { self.network = network }

    /// One row of the pings file.
    ///
    /// Times are whole unix seconds, that of receipt rounded up so that nothing is known early.
    public func line(for ping: Ping) -> String {
        let cells = [
            Self.cell(ping.vehicleID), String(ping.timestamp.unix),
            Self.fixed(ping.coordinate.latitude, places: 6),
            Self.fixed(ping.coordinate.longitude, places: 6), Self.cell(ping.routeID ?? ""),
            Self.cell(ping.directionText ?? ""),
            ping.speed.map { Self.fixed($0, places: 1) } ?? "",
            ping.bearing.map { Self.fixed($0, places: 0) } ?? "",
            String(Int64(ping.receivedAt.seconds.rounded(.up))),
        ]
        return cells.joined(separator: ",")
    }

    /// One row of the truth file; nil at the first stop, where no bus is waited for.
    public func line(for event: TrueStopEvent) -> String? {
        guard event.position > 0 else { return nil }
        let pattern = network.patterns[event.pattern]
        let cells = [
            Self.cell(network.trips[event.trip].id), Self.cell(event.vehicleID),
            String(pattern.sequences[event.position]),
            Self.cell(network.stops[pattern.stops[event.position]].id),
            String(event.arrival.unix), "1", "", "",
        ]
        return cells.joined(separator: ",")
    }

    /// One row of the labels file, in OneBusAway's words; nil for a repeat, whose fix has its row.
    ///
    /// Between trips the next one is named and there is no distance.
    public func label(for ping: SimulatedPing) -> String? {
        guard !ping.isRepeat else { return nil }
        let pattern = ping.trueTrip.map { network.pattern(of: $0) }
        let cells = [
            Self.cell(ping.ping.vehicleID), String(ping.ping.timestamp.unix),
            Self.phase(of: ping.state),
            ping.trueTrip.map { Self.cell(network.trips[$0].id) } ?? "",
            pattern.map { Self.cell(network.routes[$0.route].id) } ?? "",
            pattern?.direction.map(String.init) ?? "",
            ping.trueDistanceAlong.map { Self.fixed($0, places: 1) } ?? "",
        ]
        return cells.joined(separator: ",")
    }

    private static func phase(of state: VirtualBus.State) -> String {
        switch state {
        case .driving, .atStop, .brokenDown: "IN_PROGRESS"
        case .layover: "LAYOVER_DURING"
        case .deadheading: "DEADHEAD_DURING"
        }
    }

    /// A cell, in quotes where it holds a comma, a quote or a line end (RFC 4180).
    private static func cell(_ text: String) -> String {
        guard text.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return text }
        let doubled = text.split(separator: "\"", omittingEmptySubsequences: false)
            .joined(separator: "\"\"")
        return "\"\(doubled)\""
    }

    private static func fixed(_ value: Double, places: Int) -> String {
        let scale = (0..<places).reduce(Int64(1)) { product, _ in product * 10 }
        let scaled = Int64((abs(value) * Double(scale)).rounded())
        let sign = value < 0 && scaled > 0 ? "-" : ""
        guard places > 0 else { return sign + String(scaled) }
        let fraction = String(scaled % scale)
        let zeros = String(repeating: "0", count: places - fraction.count)
        return "\(sign)\(scaled / scale).\(zeros)\(fraction)"
    }
}
