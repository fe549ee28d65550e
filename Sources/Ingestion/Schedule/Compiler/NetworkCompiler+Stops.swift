import Geometry
import TransitModel

/// A row of `stops.txt`.
struct StopRow {
    let id: Cell
    let stop: Stop
    let parentID: String?
    /// Nil for a `location_type` that is none.
    let kind: Stop.Kind?

    init?(_ table: borrowing TableReader) {
        guard let id = table.id(.stopID, otherwise: "the stop is dropped") else { return nil }
        self.id = id
        kind = Self.kind(table)
        parentID = table.optionalText(.parentStation)
        let kind = kind ?? .stop
        let name = Self.name(table, kind)
        stop = Stop(
            id: table.text(.stopID),
            code: table.optionalText(.stopCode),
            name: name,
            coordinate: Self.coordinate(table, kind),
            kind: kind,
            wheelchairBoarding: table.choice(
                .wheelchairBoarding,
                of: 0...2,
                otherwise: "taken as unknown"
            ) ?? 0
        )
        checkParent(table)
    }

    private static func kind(_ table: borrowing TableReader) -> Stop.Kind? {
        if table.cell(.locationType).isEmpty { return .stop }
        return table.choice(.locationType, of: 0...4, otherwise: "taken as a stop")
            .flatMap(Stop.Kind.init)
    }

    /// The stop's name, or else its code or id.
    private static func name(_ table: borrowing TableReader, _ kind: Stop.Kind) -> String {
        if let name = table.optionalText(.stopName) { return name }
        let needsName = kind == .stop || kind == .station || kind == .entrance
        if needsName, table.has(.stopName) || table.has(.locationType) {
            table.report(.missingStopName, in: .stopName, "is blank; shown by its code or id")
        }
        return table.optionalText(.stopCode) ?? table.text(.stopID)
    }

    private static func coordinate(_ table: borrowing TableReader, _ kind: Stop.Kind) -> Coordinate?
    {
        let isOptional = kind == .node || kind == .boardingArea
        if isOptional, table.cell(.stopLat).isEmpty { return nil }
        let hasParent = !table.cell(.parentStation).isEmpty
        return table.coordinate(
            .stopLat,
            .stopLon,
            missing: .stopWithoutLocation,
            otherwise: hasParent
                ? "taken to lie where its station does"
                : "buses are not seen at this stop, its times are read from its neighbours"
        )
    }

    private func checkParent(_ table: borrowing TableReader) {
        switch kind {
        case .station where parentID != nil:
            table.report(
                .stationWithParent, in: .parentStation, "is given for a station, which has none")
        case .entrance where parentID == nil, .node where parentID == nil,
            .boardingArea where parentID == nil:
            table.report(
                .withoutParentStation, in: .parentStation,
                "is blank, so riders do not find this place in a station")
        default: break
        }
    }
}

/// A row of `stops.txt` that names a station, until all stations are known.
struct StopChild {
    let stop: Int
    let parentID: String
    let kind: Stop.Kind?
    let line: Int
}

extension NetworkCompiler {
    /// Reads the stops and lays the network's plane through their middle.
    mutating func readStops() throws(ScheduleError) {
        guard var table = try open(.stops) else { return }
        var children: [StopChild] = []
        while table.next() {
            guard let row = StopRow(table) else {
                table.lose()
                continue
            }
            guard stopIDs.insert(row.id, in: table.bytes).isNew else {
                table.report(.duplicateKey, in: .stopID, "stands twice; the first row is kept")
                continue
            }
            if let parentID = row.parentID {
                children.append(
                    StopChild(
                        stop: parts.stops.count, parentID: parentID, kind: row.kind,
                        line: table.line))
            }
            if row.stop.kind != .stop { otherPlaces[parts.stops.count] = table.line }
            parts.stops.elements.append(row.stop)
            try check(parts.stops.count, against: limits.stops)
        }
        close(table)
        children.forEach { join($0) }
        placeChildren(children)
        layPlane()
    }

    private mutating func join(_ child: StopChild) {
        let bytes = Array(child.parentID.utf8)
        guard let parent = stopIDs.index(of: Cell(start: 0, end: bytes.count), in: bytes) else {
            let isLost = incomplete.contains(.stops)
            report(
                .foreignKeyViolation, child, severity: isLost ? .warning : nil,
                "is no stop of the feed; the stop is shown without a station"
                    + (isLost ? FeedFile.stops.mayHoldIt : ""))
            return
        }
        parts.stops.elements[child.stop].parent = StopIndex(parent)
        guard let kind = child.kind, kind != .station else { return }
        let wanted: Stop.Kind = kind == .boardingArea ? .stop : .station
        if parts.stops.elements[parent].kind != wanted {
            report(
                .wrongParent, child,
                "is no \(wanted == .stop ? "stop" : "station"); riders may be led astray")
        }
    }

    private func report(
        _ code: NoticeCode, _ child: StopChild, severity: Notice.Severity? = nil, _ message: String
    ) {
        log.report(
            code, file: FeedFile.stops.rawValue, line: child.line, column: .parentStation,
            value: child.parentID, severity: severity, message)
    }

    /// Gives places without a position that of what holds them: platforms before what is on them.
    private mutating func placeChildren(_ children: [StopChild]) {
        for isOnPlatform in [false, true] {
            for child in children where (child.kind == .boardingArea) == isOnPlatform {
                let stop = parts.stops.elements[child.stop]
                guard stop.coordinate == nil, let parent = stop.parent else { continue }
                parts.stops.elements[child.stop].coordinate = parts.stops[parent].coordinate
            }
        }
    }

    /// Reports stations, entrances and the like at which trips call.
    func checkOtherPlaces(_ calls: [Bool]) {
        for (stop, line) in otherPlaces.sorted(by: { $0.value < $1.value })
        where calls[stop] {
            log.report(
                .stopTimeAtOtherPlace, file: FeedFile.stops.rawValue, line: line, column: .stopID,
                value: parts.stops.elements[stop].id,
                "is no stop by its location_type though trips call there; other programs leave it "
                    + "out")
        }
    }
}
