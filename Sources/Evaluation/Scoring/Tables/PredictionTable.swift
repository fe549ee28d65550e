/// One row of a prediction file: one vehicle's trip at one stop.
struct PredictionRow: Sendable {
    /// Unix seconds.
    var madeAt: Double
    /// Unix seconds: the arrival, or the departure where only that is given.
    var arrival: Double
    /// Unix seconds, not a number where it is not given.
    var departure: Double
    /// Half-width in seconds of the 80 % interval, not a number where it is not given.
    var uncertainty: Double
    var vehicle: Int32
    var trip: Int32
    var stop: Int32
    /// ``PredictionTable/noSequence`` where it is not given.
    var sequence: Int32
    var route: Int32
    var direction: Int32

    /// The whole minute in unix seconds for which the row counts: its own or the next.
    var minute: Int64 { Int64((madeAt / 60).rounded(.up)) * 60 }
}

/// The rows of a prediction file that foretell something.
struct PredictionTable: Sendable {
    static let noSequence: Int32 = -1

    /// The columns that are read.
    private enum Column: String {
        case madeAt = "made_at"
        case vehicle = "vehicle_id"
        case trip = "trip_id"
        case route = "route_id"
        case direction = "direction_id"
        case sequence = "stop_sequence"
        case stop = "stop_id"
        case arrival
        case departure
        case uncertainty
    }

    /// In order of the file.
    private(set) var rows: [PredictionRow] = []

    init(_ source: CSVSource, ids: inout IDTable) throws(ScoringError) {
        var scanner = try CSVScanner(source)
        let columns = try Columns(scanner)
        var readers = Readers()
        while scanner.advance() {
            if let row = try Self.row(scanner, columns, &readers, &ids) { rows.append(row) }
        }
    }

    private struct Columns {
        let madeAt, arrival: CSVScanner.Column
        let vehicle, trip, route, direction, stop: CSVScanner.Column
        let sequence, departure, uncertainty: CSVScanner.Column

        init(_ scanner: CSVScanner) throws(ScoringError) {
            madeAt = try scanner.column(Column.madeAt.rawValue)
            arrival = try scanner.column(Column.arrival.rawValue)
            vehicle = scanner.optionalColumn(Column.vehicle.rawValue)
            trip = scanner.optionalColumn(Column.trip.rawValue)
            route = scanner.optionalColumn(Column.route.rawValue)
            direction = scanner.optionalColumn(Column.direction.rawValue)
            stop = scanner.optionalColumn(Column.stop.rawValue)
            sequence = scanner.optionalColumn(Column.sequence.rawValue)
            departure = scanner.optionalColumn(Column.departure.rawValue)
            uncertainty = scanner.optionalColumn(Column.uncertainty.rawValue)
        }
    }

    private struct Readers {
        var vehicle = IDReader(.vehicle)
        var trip = IDReader(.plain)
        var route = IDReader(.plain)
        var direction = IDReader(.plain)
        var stop = IDReader(.plain)
    }

    /// The current row; nil when it gives no time.
    private static func row(
        _ scanner: CSVScanner,
        _ columns: Columns,
        _ readers: inout Readers,
        _ ids: inout IDTable
    ) throws(ScoringError) -> PredictionRow? {
        let departure = try scanner.optionalNumber(columns.departure)
        guard let arrival = try scanner.optionalNumber(columns.arrival) ?? departure else {
            return nil
        }
        return PredictionRow(
            madeAt: try scanner.number(columns.madeAt),
            arrival: arrival,
            departure: departure ?? .nan,
            uncertainty: try scanner.optionalNumber(columns.uncertainty) ?? .nan,
            vehicle: readers.vehicle.number(columns.vehicle, of: scanner, in: &ids),
            trip: readers.trip.number(columns.trip, of: scanner, in: &ids),
            stop: readers.stop.number(columns.stop, of: scanner, in: &ids),
            sequence: try scanner.optionalInteger(columns.sequence) ?? noSequence,
            route: readers.route.number(columns.route, of: scanner, in: &ids),
            direction: readers.direction.number(columns.direction, of: scanner, in: &ids)
        )
    }
}
