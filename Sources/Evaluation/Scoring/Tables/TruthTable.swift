/// One real arrival of a bus at a stop.
struct TruthEvent: Sendable {
    var trip: Int32
    var vehicle: Int32
    /// The vehicle as the file names it, such as a trace's file name.
    var fullVehicle: Int32
    var stop: Int32
    var sequence: Int32
    /// Unix seconds.
    var arrival: Double
    /// Seconds between the two fixes that the arrival was read from.
    var bracket: Double
    /// One vehicle working one trip once.
    var run: Int32
}

/// The truth of a day: what buses really did, run after run in order of arrival.
struct TruthTable: Sendable {
    /// The same trip and vehicle again after this many seconds is another run.
    private static let longestPause = 6.0 * 3600

    /// The columns that are read; `bracket_s` may be missing.
    private enum Column: String {
        case trip = "trip_id"
        case vehicle = "vehicle_id"
        case sequence = "stop_sequence"
        case stop = "stop_id"
        case arrival = "arrival_time"
        case bracket = "bracket_s"
    }

    private(set) var events: [TruthEvent] = []

    init(_ source: CSVSource, ids: inout IDTable) throws(ScoringError) {
        var scanner = try CSVScanner(source)
        let trip = try scanner.column(Column.trip.rawValue)
        let vehicle = try scanner.column(Column.vehicle.rawValue)
        let sequence = try scanner.column(Column.sequence.rawValue)
        let stop = try scanner.column(Column.stop.rawValue)
        let arrival = try scanner.column(Column.arrival.rawValue)
        let bracket = scanner.optionalColumn(Column.bracket.rawValue)
        var trips = IDReader(.plain)
        var stops = IDReader(.plain)
        var vehicles = IDReader(.vehicle)
        var fullVehicles = IDReader(.raw)
        while scanner.advance() {
            guard let number = try scanner.optionalInteger(sequence) else {
                throw .blank(file: scanner.file, line: scanner.line, column: sequence.name)
            }
            events.append(
                TruthEvent(
                    trip: trips.number(trip, of: scanner, in: &ids),
                    vehicle: vehicles.number(vehicle, of: scanner, in: &ids),
                    fullVehicle: fullVehicles.number(vehicle, of: scanner, in: &ids),
                    stop: stops.number(stop, of: scanner, in: &ids),
                    sequence: number,
                    arrival: try scanner.number(arrival),
                    bracket: try scanner.optionalNumber(bracket) ?? 0,
                    run: 0
                )
            )
        }
        splitIntoRuns()
    }

    private mutating func splitIntoRuns() {
        events.sort {
            ($0.trip, $0.vehicle, $0.arrival, $0.sequence)
                < ($1.trip, $1.vehicle, $1.arrival, $1.sequence)
        }
        for index in events.indices.dropFirst() {
            let before = events[index - 1]
            let event = events[index]
            let continues =
                event.trip == before.trip && event.vehicle == before.vehicle
                && event.arrival - before.arrival <= Self.longestPause
            events[index].run = before.run + (continues ? 0 : 1)
        }
    }
}

extension [TruthEvent] {
    /// The events of each run, in order; events of one run must be neighbours.
    var runs: [ArraySlice<TruthEvent>] {
        var runs: [ArraySlice<TruthEvent>] = []
        var start = startIndex
        for index in indices where index > startIndex && self[index].run != self[index - 1].run {
            runs.append(self[start..<index])
            start = index
        }
        if start < endIndex { runs.append(self[start...]) }
        return runs
    }
}
