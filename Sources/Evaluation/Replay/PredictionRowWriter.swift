import ETAEngine
import TransitModel

/// Turns snapshots into the rows of a prediction CSV.
///
/// Bytes are gathered until ``isFull`` and then handed on; ids are turned into CSV fields once, when
/// the writer is made.
struct PredictionRowWriter: Sendable {
    static let header =
        "made_at,vehicle_id,trip_id,start_date,start_time,route_id,direction_id,"
        + "stop_sequence,stop_id,arrival,departure,uncertainty,source\n"
    private static let chunkSize = 1 << 20

    /// Rows appended since the beginning.
    private(set) var rowCount = 0
    private let network: Network
    private let showsSilence: Bool
    private let stops: [[UInt8]]
    private let trips: [[UInt8]]
    private let routes: [[UInt8]]
    private var bytes: [UInt8]
    private var head: [UInt8] = []
    private var date: (value: ServiceDate, text: [UInt8])?

    init(network: Network, showsSilence: Bool = false) {
        self.network = network
        self.showsSilence = showsSilence
        stops = network.stops.elements.map { CSVField.bytes($0.id) }
        trips = network.trips.elements.map { CSVField.bytes($0.id) }
        routes = network.routes.elements.map { CSVField.bytes($0.id) }
        bytes = Array(Self.header.utf8)
    }

    /// Whether it is time to hand the gathered bytes on.
    var isFull: Bool { bytes.count >= Self.chunkSize }

    /// Hands the gathered bytes on, unless there are none.
    mutating func flush(into sink: ([UInt8]) throws -> Void) rethrows {
        guard !bytes.isEmpty else { return }
        try sink(bytes)
        bytes.removeAll(keepingCapacity: true)
    }

    /// Adds one row for each stop ahead of each run foretold.
    mutating func append(_ snapshot: Snapshot) {
        append(snapshot.trips, madeAt: snapshot.madeAt)
        if showsSilence { appendSilence(snapshot) }
    }

    /// Adds one row for each stop of some runs foretold at one moment.
    mutating func append(_ trips: [TripPrediction], madeAt: Timestamp) {
        for trip in trips where !trip.stops.isEmpty {
            setHead(
                madeAt: madeAt,
                vehicleID: trip.vehicleID,
                instance: trip.instance,
                pattern: network.patterns[trip.pattern]
            )
            appendStops(of: trip)
        }
    }

    private mutating func appendStops(of trip: TripPrediction) {
        let pattern = network.patterns[trip.pattern]
        let source = Array(trip.source.rawValue.utf8)
        for stop in trip.stops {
            bytes += head
            bytes.append(decimal: Int64(pattern.sequences[stop.position]))
            bytes.append(.comma)
            bytes += stops[pattern.stops[stop.position].position]
            bytes.append(.comma)
            bytes.append(decimal: stop.arrival.unix)
            bytes.append(.comma)
            bytes.append(decimal: stop.departure.unix)
            bytes.append(.comma)
            if stop.uncertainty.isFinite {
                bytes.append(decimal: Int64(stop.uncertainty.rounded()))
            }
            bytes.append(.comma)
            bytes += source
            bytes.append(.newline)
        }
        rowCount += trip.stops.count
    }

    /// One row with blank stop and times for each vehicle that no prediction speaks of.
    private mutating func appendSilence(_ snapshot: Snapshot) {
        let foretold = Set(snapshot.trips.lazy.filter { !$0.stops.isEmpty }.compactMap(\.vehicleID))
        for vehicle in snapshot.vehicles where !foretold.contains(vehicle.vehicleID) {
            setHead(
                madeAt: snapshot.madeAt,
                vehicleID: vehicle.vehicleID,
                instance: vehicle.instance,
                pattern: vehicle.pattern.map { network.patterns[$0] }
            )
            bytes += head
            bytes += [.comma, .comma, .comma, .comma, .comma, .newline]
            rowCount += 1
        }
    }

    /// Sets the first seven fields, which all rows of one run share.
    private mutating func setHead(
        madeAt: Timestamp,
        vehicleID: String?,
        instance: TripInstance?,
        pattern: TripPattern?
    ) {
        head.removeAll(keepingCapacity: true)
        head.append(decimal: madeAt.unix)
        head.append(.comma)
        if let vehicleID { head += CSVField.bytes(vehicleID) }
        head.append(.comma)
        if let instance { head += trips[instance.trip.position] }
        head.append(.comma)
        if let instance { head += text(of: instance.serviceDate) }
        head.append(.comma)
        if let instance {
            head.append(time: instance.startTime ?? network.departure(of: instance.trip))
        }
        head.append(.comma)
        if let pattern { head += routes[pattern.route.position] }
        head.append(.comma)
        if let direction = pattern?.direction { head.append(decimal: Int64(direction)) }
        head.append(.comma)
    }

    private mutating func text(of value: ServiceDate) -> [UInt8] {
        if let date, date.value == value { return date.text }
        let text = Array(value.text.utf8)
        date = (value, text)
        return text
    }
}
