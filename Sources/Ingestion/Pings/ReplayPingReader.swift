import Foundation
import Geometry
import TransitModel

/// Recorded pings for a replay: a CSV file, gzipped or not, whose columns are found by name.
///
/// `vehicle_id`, `timestamp`, `latitude` and `longitude` must be there; `trip_id`, `route_id`,
/// `direction_id`, `direction_text`, `speed_mps`, `bearing` and `feed_timestamp`, when the fix was
/// received, may. `label_trip_id`, which nobody knew when the fix was sent, is read on demand only.
/// What can be read but not be true, such as 0/0, is left to the engine to judge.
public enum ReplayPingReader {
    /// Reads a file's bytes.
    ///
    /// The pings come in the order received, and of those received at once in the order of the
    /// file; rejections name lines. With `usingLabels` a file without `trip_id` gives the trips of
    /// its `label_trip_id`.
    public static func decode(
        _ file: [UInt8],
        usingLabels: Bool = false,
        limit: Int = Int(Int32.max)
    ) throws(PingFault) -> PingBatch {
        var csv = CSVReader(try inflated(file, limit: limit))
        _ = csv.next()
        let header = csv.cells.map { CellValues.text(csv.bytes, $0) }
        let columns = try Columns(header: header, usingLabels: usingLabels)
        var batch = PingBatch()
        while csv.next() {
            batch.add(at: csv.line) { () throws(PingFault) in
                try Row(csv: csv, columns: columns).ping()
            }
        }
        batch.pings.sort { $0.receivedAt < $1.receivedAt }
        return batch
    }

    /// Reads the file at a path, with `usingLabels` as in ``decode(_:usingLabels:limit:)``.
    public static func read(
        path: String, usingLabels: Bool = false
    ) throws(PingFault) -> PingBatch {
        guard let file = FileManager.default.contents(atPath: path) else {
            throw PingFault(.missing, "\(path) cannot be opened: check name and permissions")
        }
        return try decode([UInt8](file), usingLabels: usingLabels)
    }

    private static func inflated(_ file: [UInt8], limit: Int) throws(PingFault) -> [UInt8] {
        do throws(Gzip.Fault) {
            return try Gzip.inflate(file, limit: limit)
        } catch {
            throw PingFault(.unreadable, error.description)
        }
    }
}

/// Where each column stands in a row.
private struct Columns {
    var vehicleID, timestamp, latitude, longitude: Int
    var tripID, routeID, directionID, directionText, speed, bearing, feedTimestamp: Int?

    init(header: [String], usingLabels: Bool) throws(PingFault) {
        func required(_ name: String) throws(PingFault) -> Int {
            guard let position = header.firstIndex(of: name) else {
                throw PingFault(.missing, "column \(name) is missing: add it to the header")
            }
            return position
        }
        vehicleID = try required("vehicle_id")
        timestamp = try required("timestamp")
        latitude = try required("latitude")
        longitude = try required("longitude")
        let label = usingLabels ? header.firstIndex(of: "label_trip_id") : nil
        tripID = header.firstIndex(of: "trip_id") ?? label
        routeID = header.firstIndex(of: "route_id")
        directionID = header.firstIndex(of: "direction_id")
        directionText = header.firstIndex(of: "direction_text")
        speed = header.firstIndex(of: "speed_mps")
        bearing = header.firstIndex(of: "bearing")
        feedTimestamp = header.firstIndex(of: "feed_timestamp")
    }
}

/// One row below the header.
private struct Row {
    let csv: CSVReader
    let columns: Columns

    func ping() throws(PingFault) -> Ping {
        guard let vehicleID = text(columns.vehicleID) else { throw missing("vehicle_id") }
        guard let timestamp = try moment(columns.timestamp, "timestamp") else {
            throw missing("timestamp")
        }
        guard let latitude = try number(columns.latitude, "latitude") else {
            throw missing("latitude")
        }
        guard let longitude = try number(columns.longitude, "longitude") else {
            throw missing("longitude")
        }
        return Ping(
            vehicleID: vehicleID,
            timestamp: timestamp,
            receivedAt: try moment(columns.feedTimestamp, "feed_timestamp") ?? timestamp,
            coordinate: Coordinate(latitude: latitude, longitude: longitude),
            speed: try number(columns.speed, "speed_mps").flatMap { $0 >= 0 ? $0 : nil },
            bearing: try number(columns.bearing, "bearing").flatMap { 0...360 ~= $0 ? $0 : nil },
            routeID: text(columns.routeID),
            directionID: try number(columns.directionID, "direction_id").flatMap(
                Int.init(exactly:)
            ),
            directionText: text(columns.directionText),
            tripID: text(columns.tripID)
        )
    }

    private func cell(_ column: Int?) -> Cell? {
        guard let column, column < csv.cells.count, !csv.cells[column].isEmpty else { return nil }
        return csv.cells[column]
    }

    private func text(_ column: Int?) -> String? {
        cell(column).map { CellValues.text(csv.bytes, $0) }
    }

    private func number(_ column: Int?, _ name: String) throws(PingFault) -> Double? {
        guard let cell = cell(column) else { return nil }
        guard let number = CellValues.decimal(csv.bytes.span, cell) else {
            throw unusable(name, cell, "write a number")
        }
        return number
    }

    /// Unix seconds, or ISO 8601 with an offset.
    private func moment(_ column: Int?, _ name: String) throws(PingFault) -> Timestamp? {
        guard let cell = cell(column) else { return nil }
        if let seconds = CellValues.decimal(csv.bytes.span, cell) {
            // From 1990 to 2100: milliseconds, or a clock that was never set, would make a replay
            // tick through the ages.
            guard 631_152_000..<4_102_444_800 ~= seconds else {
                throw unusable(name, cell, "write unix seconds")
            }
            return Timestamp(seconds)
        }
        guard let civil = CivilTime(CellValues.text(csv.bytes, cell)), let offset = civil.offset
        else { throw unusable(name, cell, "write unix seconds") }
        return civil.moment(zoneOffset: offset)
    }

    private func missing(_ name: String) -> PingFault {
        PingFault(.missing, "\(name) is missing: fill it in")
    }

    private func unusable(_ name: String, _ cell: Cell, _ advice: String) -> PingFault {
        let shown = JSONValue.text(CellValues.text(csv.bytes, cell)).shown
        return PingFault(.unusable, "\(name) \(shown) is unusable: \(advice)")
    }
}
