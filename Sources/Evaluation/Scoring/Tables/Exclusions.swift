/// Runs that are known to be bad and are left out of the score.
///
/// A row with a blank vehicle means every run of the trip, one with a blank trip every trip of the
/// vehicle. A vehicle may be named in short or by the full name that the truth gives it.
struct Exclusions: Sendable {
    private struct Pair: Hashable {
        var trip: Int32
        var vehicle: Int32
    }

    private var pairs: Set<Pair> = []

    init() {}

    init(_ source: CSVSource, ids: inout IDTable) throws(ScoringError) {
        var scanner = try CSVScanner(source)
        let trip = try scanner.column("trip_id")
        let vehicle = try scanner.column("vehicle_id")
        var trips = IDReader(.plain)
        var vehicles = IDReader(.raw)
        while scanner.advance() {
            pairs.insert(
                Pair(
                    trip: trips.number(trip, of: scanner, in: &ids),
                    vehicle: vehicles.number(vehicle, of: scanner, in: &ids)
                )
            )
        }
        pairs.remove(Pair(trip: IDTable.blank, vehicle: IDTable.blank))
    }

    /// Whether an event is left out.
    func contain(_ event: TruthEvent) -> Bool {
        guard !pairs.isEmpty else { return false }
        return [event.vehicle, event.fullVehicle, IDTable.blank].contains { vehicle in
            pairs.contains(Pair(trip: event.trip, vehicle: vehicle))
                || pairs.contains(Pair(trip: IDTable.blank, vehicle: vehicle))
        }
    }
}
