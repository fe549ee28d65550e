import ETAEngine
import Geometry
import TransitModel

/// Which vehicles and runs of a snapshot go into the feeds, and in what order.
///
/// The two feeds are made from one selection so that they always agree:
/// - A vehicle is published unless it is parked, silent, or its fix is older than ``maximumAge``.
/// - A run is published only with a published vehicle: one that is on it, or one that works it
///   later in the block of its present run. Timetable-only runs and next trips outside a block
///   stay out; the JSON answers carry them.
/// - A position names its run only if the run's update is published, and only within
///   ``maximumOffset`` of the line. A bus further off keeps its update, its position goes without.
///
/// Runs of one headway trip share a `trip_id`, and readers that pair by it keep the last they see.
/// So updates whose position names no run come first, and the rest stand in one order in both.
struct FeedSelection {
    /// Seconds after which a fix is too old to be published.
    static let maximumAge = 90.0
    /// Metres from the line beyond which a position may not claim to be on it; readers accept 200.
    static let maximumOffset = 150.0

    /// Indexes of `snapshot.trips` to be published as trip updates.
    private(set) var trips: [Int] = []
    /// Vehicles to be published.
    private(set) var vehicles: [VehicleEntry] = []

    /// A vehicle to be published, where it stands in `snapshot.vehicles`, and whether its run is named.
    struct VehicleEntry {
        var index: Int
        var namesRun: Bool
    }

    init(_ snapshot: Snapshot) {
        let isFresh = snapshot.vehicles.map { Self.isPublished($0, at: snapshot.madeAt) }
        var isNamed = [Bool](repeating: false, count: isFresh.count)
        var seen: Set<TripInstance> = []
        var paired: [Int] = []
        var namers: [VehicleEntry] = []
        for (index, trip) in snapshot.trips.enumerated() {
            guard let place = trip.vehicleID.flatMap({ snapshot.position(ofVehicle: $0) }),
                isFresh[place]
            else { continue }
            let vehicle = snapshot.vehicles[place]
            guard Self.isPublished(trip, of: vehicle, snapshot.network),
                seen.insert(trip.instance).inserted
            else { continue }
            if trip.instance == vehicle.instance, Self.isOnLine(vehicle, snapshot.network) {
                paired.append(index)
                namers.append(VehicleEntry(index: place, namesRun: true))
                isNamed[place] = true
            } else {
                trips.append(index)
            }
        }
        trips += paired
        vehicles = isFresh.indices.filter { isFresh[$0] && !isNamed[$0] }
            .map { VehicleEntry(index: $0, namesRun: false) }
        vehicles += namers
    }

    private static func isPublished(_ vehicle: VehicleStatus, at now: Timestamp) -> Bool {
        vehicle.state != .silent && vehicle.state != .parked
            && now - vehicle.fixTime <= maximumAge && vehicle.coordinate.isPlausible
    }

    private static func isPublished(
        _ trip: TripPrediction, of vehicle: VehicleStatus, _ network: Network
    ) -> Bool {
        guard let current = vehicle.instance, trip.source != .schedule, !trip.stops.isEmpty,
            vehicle.state == .inService || vehicle.state == .layover
        else { return false }
        return trip.instance == current || shareBlock(trip.instance, current, network)
    }

    private static func shareBlock(
        _ one: TripInstance, _ other: TripInstance, _ network: Network
    ) -> Bool {
        guard let block = network.trips[one.trip].block else { return false }
        return block == network.trips[other.trip].block && one.serviceDate == other.serviceDate
    }

    private static func isOnLine(_ vehicle: VehicleStatus, _ network: Network) -> Bool {
        guard let pattern = vehicle.pattern else { return false }
        let offset =
            vehicle.offset
            ?? network.patterns[pattern].line.locate(network.plane.point(vehicle.coordinate)).offset
        return offset <= maximumOffset
    }
}
