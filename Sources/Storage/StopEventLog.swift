public import ETAEngine
import GRDB
public import TransitModel

/// A vehicle's call at a stop: by what stop and route are, so that it keeps its meaning under a
/// timetable with other ids, and by the ids under which it was last seen.
public struct RecordedStopEvent: Hashable, Sendable {
    /// Who called.
    public var vehicleID: String
    /// GTFS trip id.
    public var tripID: String
    /// Service date of the run.
    public var serviceDate: ServiceDate
    /// When the run started, for trips with frequencies.
    public var startTime: ServiceTime?
    /// The route.
    public var route: RouteSign
    /// GTFS direction, if the feed gave one.
    public var directionID: Int?
    /// The stop.
    public var stop: StopPlace
    /// `stop_sequence` of the stop in the trip.
    public var stopSequence: Int
    /// What the vehicle did there.
    public var call: StopEvent.Call
    /// When the vehicle came; nil at the start of a run.
    public var arrival: Timestamp?
    /// When it left; nil at the end of a run.
    public var departure: Timestamp?
    /// Seconds of standard error of `arrival`; nil when unknown.
    public var arrivalError: Double?
    /// Seconds of standard error of `departure`; nil when unknown.
    public var departureError: Double?
    /// Seconds that it stood; nil when unknown.
    public var dwell: Double?
    /// For a stop that was skipped, when the vehicle was back on its line past it.
    public var skippedAt: Timestamp?
    /// Seconds between the two fixes around the arrival.
    public var bracket: Double

    /// Names an event's run and stop by the ids of the network it was observed on.
    public init(_ event: StopEvent, on network: Network) {
        let pattern = network.pattern(of: event.instance.trip)
        vehicleID = event.vehicleID
        tripID = network.trips[event.instance.trip].id
        serviceDate = event.instance.serviceDate
        startTime = event.instance.startTime
        route = RouteSign(network.routes[pattern.route])
        directionID = pattern.direction
        stop = StopPlace(network.stops[pattern.stops[event.position]])
        stopSequence = Int(pattern.sequences[event.position])
        call = event.call
        arrival = event.arrival
        departure = event.departure
        arrivalError = event.arrivalError
        departureError = event.departureError
        dwell = event.dwell
        skippedAt = event.skippedAt
        bracket = event.bracket
    }

    /// When it happened: the arrival, the departure at the start of a run, or when it showed that
    /// the stop was skipped.
    public var happenedAt: Timestamp? { arrival ?? departure ?? skippedAt }
}

/// Every call at a stop that was observed.
public struct StopEventLog: Sendable {
    private let database: Database

    /// Opens the log of a database.
    public init(_ database: Database) { self.database = database }

    /// Writes events in one transaction; an event known already is brought up to date.
    ///
    /// So it does no harm when pings are lived through again, be it after a restart or under a new
    /// timetable where run and stop have other ids. Events without any time are left out.
    public func append(_ events: [StopEvent], on network: Network) throws(StorageFault) {
        guard !events.isEmpty else { return }
        try database.write { db in
            for event in events.map({ RecordedStopEvent($0, on: network) }) {
                guard let happenedAt = event.happenedAt else { continue }
                try Self.write(event, happenedAt, in: db)
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
    /// Seconds between two times that may be one call's: fewer than any bus needs to come back.
    private static let sameCall = 60.0
    /// Seconds by which the time of a call may be corrected while it has the same run.
    private static let sameRun = 1200.0

    private static func write(
        _ event: RecordedStopEvent,
        _ happenedAt: Timestamp,
        in db: GRDB.Database
    ) throws {
        let arguments = event.arguments + [happenedAt.seconds]
        guard let id = try known(event, happenedAt, in: db) else {
            try db.cachedStatement(sql: insertion).execute(arguments: arguments)
            return
        }
        try db.cachedStatement(sql: update).execute(arguments: arguments + [id])
    }

    /// The row of the same call, also one seen under another timetable: of the same run at about
    /// that time, or at the same place at that time.
    private static func known(
        _ event: RecordedStopEvent,
        _ happenedAt: Timestamp,
        in db: GRDB.Database
    ) throws -> Int64? {
        let now = happenedAt.seconds
        let rows = try Row.fetchAll(
            db.cachedStatement(sql: nearby),
            arguments: [event.vehicleID, now - sameRun, now + sameRun, now]
        )
        let calls = rows.compactMap { row in
            RecordedStopEvent(row: row).map { (id: row["id"] as Int64, event: $0) }
        }.filter { $0.event.stop.isSame(as: event.stop) }
        let match =
            calls.first { $0.event.isOfSameRun(as: event) }
            ?? calls.first { call in
                (call.event.arrival == nil) == (event.arrival == nil)
                    && abs((call.event.happenedAt ?? happenedAt) - happenedAt) <= sameCall
            }
        return match?.id
    }

    private static let columns = """
        vehicle_id, trip_id, service_date, start_time, route_id, route_short_name,
        route_long_name, direction_id, stop_id, stop_name, stop_latitude, stop_longitude,
        stop_sequence, arrival, departure, bracket, call, arrival_error, departure_error, dwell,
        skipped_at
        """

    private static let values = String(repeating: "?, ", count: 21) + "?"

    private static let insertion =
        "INSERT INTO stop_events (\(columns), happened_at) VALUES (\(values))"

    private static let update =
        "UPDATE stop_events SET (\(columns), happened_at) = (\(values)) WHERE id = ?"

    private static let nearby = """
        SELECT \(columns), id FROM stop_events
        WHERE vehicle_id = ? AND happened_at BETWEEN ? AND ? ORDER BY abs(happened_at - ?)
        """

    private static let selection = """
        SELECT \(columns) FROM stop_events WHERE happened_at >= ? ORDER BY happened_at, id
        """
}

extension RecordedStopEvent {
    fileprivate func isOfSameRun(as other: RecordedStopEvent) -> Bool {
        serviceDate == other.serviceDate && tripID == other.tripID
            && startTime == other.startTime && stopSequence == other.stopSequence
    }

    fileprivate var arguments: StatementArguments {
        [
            vehicleID, tripID, serviceDate.text, startTime?.text ?? "", route.id, route.shortName,
            route.longName, directionID,
        ] + stop.arguments + [stopSequence, arrival?.seconds, departure?.seconds, bracket]
            + [call.rawValue, arrivalError, departureError, dwell, skippedAt?.seconds]
    }

    /// Reads a row whose columns are in the log's order; nil when its date is none.
    fileprivate init?(row: Row) {
        guard let date = ServiceDate(text: row[2] as String) else { return nil }
        vehicleID = row[0]
        tripID = row[1]
        serviceDate = date
        startTime = ServiceTime(text: row[3] as String)
        route = RouteSign(id: row[4], shortName: row[5], longName: row[6])
        directionID = row[7]
        stop = StopPlace(row, at: 8)
        stopSequence = row[12]
        arrival = (row[13] as Double?).map(Timestamp.init(_:))
        departure = (row[14] as Double?).map(Timestamp.init(_:))
        bracket = row[15]
        call = StopEvent.Call(rawValue: row[16]) ?? .unknown
        arrivalError = row[17]
        departureError = row[18]
        dwell = row[19]
        skippedAt = (row[20] as Double?).map(Timestamp.init(_:))
    }
}

extension Cursor {
    fileprivate consuming func collected() throws -> [Element] { try Array(self) }
}
