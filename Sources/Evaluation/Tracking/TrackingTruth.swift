public import TransitModel

/// What vehicles truly were doing: as a labels file says, or as their own pings claim.
public struct TrackingTruth: Sendable {
    private struct Key: Hashable {
        var vehicleID: String
        var unix: Int64
    }

    private let network: Network
    private var labels: [Key: TrueMovement]?

    /// Takes the trip that each ping names for the truth.
    ///
    /// Every ping that names a trip then counts as running it, also where it waits for its start.
    public init(claimsOn network: Network) { self.network = network }

    /// Reads a labels file, one row for each vehicle and time of a fix.
    ///
    /// `vehicle_id`, `timestamp` and `label_phase` must be there; `label_trip_id`,
    /// `label_route_id`, `label_direction_id`, `label_distance_along_trip` and
    /// `label_distance_along_block` may. Rows with another phase than those of ``TruePhase`` are
    /// passed over.
    public init(labels file: CSVSource, network: Network) throws(ScoringError) {
        self.network = network
        var reader = try LabelReader(file, network: network)
        var labels: [Key: TrueMovement] = [:]
        while let row = try reader.next() {
            labels[Key(vehicleID: row.vehicleID, unix: row.timestamp.unix)] = row.movement
        }
        self.labels = labels
    }

    /// What a vehicle was doing when a fix was taken; nil when nobody says.
    func movement(of ping: Ping) -> TrueMovement? {
        guard let labels else { return claim(of: ping) }
        return labels[Key(vehicleID: ping.vehicleID, unix: ping.timestamp.unix)]
    }

    private func claim(of ping: Ping) -> TrueMovement {
        guard let id = ping.tripID else { return TrueMovement(phase: .noTrip) }
        var movement = TrueMovement(phase: .inProgress)
        if let trip = network.trip(id: id) { movement.take(trip, in: network) }
        return movement
    }
}

/// Goes through the rows of a labels file.
private struct LabelReader {
    struct Row {
        var vehicleID: String
        var timestamp: Timestamp
        var movement: TrueMovement
    }

    private let network: Network
    private var scanner: CSVScanner
    private var blocks: BlockDistances
    private let vehicle, timestamp, phase: CSVScanner.Column
    private let trip, route, direction, alongTrip, alongBlock: CSVScanner.Column

    init(_ file: CSVSource, network: Network) throws(ScoringError) {
        self.network = network
        scanner = try CSVScanner(file)
        blocks = BlockDistances(network: network)
        vehicle = try scanner.column("vehicle_id")
        timestamp = try scanner.column("timestamp")
        phase = try scanner.column("label_phase")
        trip = scanner.optionalColumn("label_trip_id")
        route = scanner.optionalColumn("label_route_id")
        direction = scanner.optionalColumn("label_direction_id")
        alongTrip = scanner.optionalColumn("label_distance_along_trip")
        alongBlock = scanner.optionalColumn("label_distance_along_block")
    }

    mutating func next() throws(ScoringError) -> Row? {
        while scanner.advance() {
            guard let phase = TruePhase(rawValue: text(phase)) else { continue }
            return Row(
                vehicleID: text(vehicle), timestamp: Timestamp(try scanner.number(timestamp)),
                movement: try movement(phase))
        }
        return nil
    }

    private mutating func movement(_ phase: TruePhase) throws(ScoringError) -> TrueMovement {
        var movement = TrueMovement(phase: phase)
        movement.route = network.route(id: text(route))
        movement.direction = try scanner.optionalInteger(direction).map(Int.init)
        movement.distanceAlong = try scanner.optionalNumber(alongTrip)
        guard let index = network.trip(id: text(trip)) else { return movement }
        movement.take(index, in: network)
        if movement.distanceAlong == nil, let metres = try scanner.optionalNumber(alongBlock) {
            movement.distanceAlong = blocks.distance(along: index, ofBlock: metres)
        }
        return movement
    }

    private func text(_ column: CSVScanner.Column) -> String {
        CSVScanner.trimmed(scanner.text(scanner.range(column)))
    }
}
