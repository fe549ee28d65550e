import Synchronization
import TransitModel

/// What is looked up in a snapshot; arrivals by stop are put in order when somebody first asks, since
/// most snapshots are only encoded.
final class SnapshotIndex: Sendable {
    /// Where each vehicle stands.
    let vehicles: [String: Int]
    private let arrivals = Mutex<Grouping<ArrivalReference>?>(nil)

    init(_ vehicles: [VehicleStatus]) {
        self.vehicles = Dictionary(
            zip(vehicles.map(\.vehicleID), vehicles.indices), uniquingKeysWith: { a, _ in a })
    }

    /// The arrivals of the snapshot's trips by stop, soonest first.
    func arrivals(_ trips: [TripPrediction], _ network: Network) -> Grouping<ArrivalReference> {
        arrivals.withLock { known in
            if let known { return known }
            let made = Self.ordered(trips, network)
            known = made
            return made
        }
    }

    private static func ordered(
        _ trips: [TripPrediction], _ network: Network
    ) -> Grouping<ArrivalReference> {
        let patterns = network.patterns
        var references: [ArrivalReference] = []
        references.reserveCapacity(trips.reduce(0) { $0 + $1.stops.count })
        for (tripPosition, trip) in trips.enumerated() {
            let stops = patterns[trip.pattern].stops
            for (stopPosition, stop) in trip.stops.enumerated() {
                references.append(
                    ArrivalReference(
                        place: stops[stop.position], trip: tripPosition, stop: stopPosition,
                        arrival: stop.arrival))
            }
        }
        var groups = Grouping(references, into: network.stops.count) { $0.place.position }
        groups.sortEach { $0.arrival < $1.arrival }
        return groups
    }
}

/// Where an arrival at a stop is found in a snapshot.
struct ArrivalReference: Sendable {
    var place: StopIndex
    var trip: Int
    var stop: Int
    var arrival: Timestamp
}
