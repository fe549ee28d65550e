public import ETAEngine
import GRDB
public import TransitModel

/// A vehicle's call at a stop in GTFS ids, so that it keeps its meaning under another timetable.
public struct RecordedStopEvent: Hashable, Sendable {
    /// Who called.
    public var vehicleID: String
    /// GTFS trip id.
    public var tripID: String
    /// Service date of the run.
    public var serviceDate: ServiceDate
    /// When the run started, for trips with frequencies.
    public var startTime: ServiceTime?
    /// GTFS route id.
    public var routeID: String
    /// GTFS direction, if the feed gave one.
    public var directionID: Int?
    /// GTFS stop id.
    public var stopID: String
    /// `stop_sequence` of the stop in the trip.
    public var stopSequence: Int
    /// When the vehicle came; nil at the start of a run.
    public var arrival: Timestamp?
    /// When it left; nil at the end of a run.
    public var departure: Timestamp?
    /// Seconds between the two fixes around the arrival.
    public var bracket: Double

    /// Names an event's run and stop by the ids of the network it was observed on.
    public init(_ event: StopEvent, on network: Network) {
        let pattern = network.pattern(of: event.instance.trip)
        vehicleID = event.vehicleID
        tripID = network.trips[event.instance.trip].id
        serviceDate = event.instance.serviceDate
        startTime = event.instance.startTime
        routeID = network.routes[pattern.route].id
        directionID = pattern.direction
        stopID = network.stops[pattern.stops[event.position]].id
        stopSequence = Int(pattern.sequences[event.position])
        arrival = event.arrival
        departure = event.departure
        bracket = event.bracket
    }

    /// When it happened: the arrival, or the departure at the start of a run.
    public var happenedAt: Timestamp? { arrival ?? departure }
}

/// Every call at a stop that was observed.
public struct StopEventLog: Sendable {
    private let database: Database

    /// Opens the log of a database.
    public init(_ database: Database) { self.database = database }

    /// Writes events in one transaction; an event known already is brought up to date.
    ///
    /// So it does no harm when pings are lived through again after a restart. Events without any
    /// time are left out.
    public func append(_ events: [StopEvent], on network: Network) throws(StorageFault) {
        guard !events.isEmpty else { return }
        try database.write { db in
            let insertion = try db.cachedStatement(sql: Self.insertion)
            for event in events.map({ RecordedStopEvent($0, on: network) }) {
                guard let happenedAt = event.happenedAt else { continue }
                try insertion.execute(arguments: event.arguments(happenedAt: happenedAt))
            }
        }
    }

    /// The events that happened at or after a moment, oldest first.
    public func events(since start: Timestamp) throws(StorageFault) -> [RecordedStopEvent] {
        try database.read { db in
            let selection = try db.cachedStatement(sql: Self.selection)
            return try Row.fetchCursor(selection, arguments: [start.seconds])
                .compactMap(RecordedStopEvent.init(row:))
                .collected()
        }
    }

    /// Forgets the events that happened before a moment and answers how many they were.
    @discardableResult
    public func prune(before limit: Timestamp) throws(StorageFault) -> Int {
        try database.prune(table: "stop_events", where: "happened_at", isBefore: limit)
    }
}

extension StopEventLog {
    private static let columns = """
        vehicle_id, trip_id, service_date, start_time, route_id, direction_id, stop_id,
        stop_sequence, arrival, departure, bracket
        """

    private static let insertion = """
        INSERT INTO stop_events (\(columns), happened_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (service_date, trip_id, start_time, vehicle_id, stop_sequence) DO UPDATE SET
            arrival = excluded.arrival, departure = excluded.departure,
            bracket = excluded.bracket, happened_at = excluded.happened_at
        """

    private static let selection = """
        SELECT \(columns) FROM stop_events WHERE happened_at >= ? ORDER BY happened_at, id
        """
}

extension RecordedStopEvent {
    fileprivate func arguments(happenedAt: Timestamp) -> StatementArguments {
        [
            vehicleID, tripID, serviceDate.text, startTime?.text ?? "", routeID, directionID,
            stopID, stopSequence, arrival?.seconds, departure?.seconds, bracket,
            happenedAt.seconds,
        ]
    }

    /// Reads a row whose columns are in the log's order; nil when its date is none.
    fileprivate init?(row: Row) {
        guard let date = ServiceDate(text: row[2] as String) else { return nil }
        vehicleID = row[0]
        tripID = row[1]
        serviceDate = date
        startTime = ServiceTime(text: row[3] as String)
        routeID = row[4]
        directionID = row[5]
        stopID = row[6]
        stopSequence = row[7]
        arrival = (row[8] as Double?).map(Timestamp.init(_:))
        departure = (row[9] as Double?).map(Timestamp.init(_:))
        bracket = row[10]
    }
}

extension Cursor {
    fileprivate consuming func collected() throws -> [Element] { try Array(self) }
}
