import Geometry
import TransitModel

/// A row of `stops.txt`.
struct StopRow {
    let id: Cell
    let stop: Stop
    let parentID: String?

    init?(_ table: borrowing TableReader) {
        guard let id = table.id(.stopID, otherwise: "the stop is dropped") else { return nil }
        self.id = id
        let text = table.text(.stopID)
        let kind = Self.kind(table)
        let code = table.optionalText(.stopCode)
        stop = Stop(
            id: text,
            code: code,
            name: table.optionalText(.stopName) ?? code ?? text,
            coordinate: Self.coordinate(table, kind),
            kind: kind,
            wheelchairBoarding: table.choice(
                .wheelchairBoarding,
                of: 0...2,
                otherwise: "taken as unknown"
            ) ?? 0
        )
        parentID = table.optionalText(.parentStation)
    }

    private static func kind(_ table: borrowing TableReader) -> Stop.Kind {
        let value = table.choice(.locationType, of: 0...4, otherwise: "taken as a stop")
        return value.flatMap(Stop.Kind.init) ?? .stop
    }

    private static func coordinate(_ table: borrowing TableReader, _ kind: Stop.Kind) -> Coordinate?
    {
        let isOptional = kind == .node || kind == .boardingArea
        if isOptional, table.cell(.stopLat).isEmpty { return nil }
        return table.coordinate(
            .stopLat,
            .stopLon,
            missing: .stopWithoutLocation,
            otherwise: "buses are not seen at this stop, its times are read from its neighbours"
        )
    }
}

extension NetworkCompiler {
    /// Reads the stops and lays the network's plane through their middle.
    mutating func readStops() throws(ScheduleError) {
        guard var table = try open(.stops) else { return }
        var children: [(stop: Int, parentID: String, line: Int)] = []
        while table.next() {
            guard let row = StopRow(table) else { continue }
            guard stopIDs.insert(row.id, in: table.bytes).isNew else {
                table.report(.duplicateKey, in: .stopID, "stands twice; the first row is kept")
                continue
            }
            if let parentID = row.parentID {
                children.append((parts.stops.count, parentID, table.line))
            }
            parts.stops.elements.append(row.stop)
        }
        close(table)
        for child in children { join(child.stop, to: child.parentID, line: child.line) }
        parts.plane = LocalPlane(origin: middle())
    }

    private mutating func join(_ stop: Int, to parentID: String, line: Int) {
        let bytes = Array(parentID.utf8)
        if let parent = stopIDs.index(of: Cell(start: 0, end: bytes.count), in: bytes) {
            parts.stops.elements[stop].parent = StopIndex(parent)
        } else {
            log.report(
                .foreignKeyViolation,
                file: FeedFile.stops.rawValue,
                line: line,
                column: .parentStation,
                value: parentID,
                "is no stop of the feed; the stop is shown without a station"
            )
        }
    }

    private func middle() -> Coordinate {
        let places = parts.stops.elements.compactMap(\.coordinate)
        let count = Double(max(1, places.count))
        return Coordinate(
            latitude: places.reduce(0) { $0 + $1.latitude } / count,
            longitude: places.reduce(0) { $0 + $1.longitude } / count
        )
    }
}
