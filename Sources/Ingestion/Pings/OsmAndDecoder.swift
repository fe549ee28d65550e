public import TransitModel

/// Traccar's OsmAnd protocol as phones speak it: a query, a form, or the JSON of Traccar Client 9.
///
/// Speeds are knots in query and form, metres a second in JSON, unless the source is set otherwise;
/// negative values stand for unknown. A message without a position gives no ping.
public enum OsmAndDecoder {
    /// Reads a request: what stands behind `?` in its address, and its body.
    ///
    /// Times without an offset are in UTC, as in Traccar, or in the zone of `settings`; a missing
    /// time is the time of receipt.
    public static func decode(
        query: String,
        body: [UInt8] = [],
        settings: WireSettings = WireSettings(),
        receivedAt: Timestamp
    ) throws(PingFault) -> DeviceReport {
        if body.first(where: { $0 > 0x20 }) == UInt8(ascii: "{") {
            return try OsmAndJSON.decode(body, settings, receivedAt: receivedAt)
        }
        var fields = PingFields(FormFields.decode(query))
        if fields[fields.name(among: "id", "deviceid")] == nil {
            let form = FormFields.decode(String(decoding: body, as: UTF8.self))
            fields = PingFields(fields.values.merging(form) { old, _ in old })
        }
        let name = fields.name(among: "id", "deviceid")
        guard let deviceID = try fields.text(name) else {
            throw fields.missing(name, "send the device's identifier")
        }
        var report = DeviceReport(deviceID: deviceID, batch: PingBatch())
        if let located = located(fields) {
            report.batch.add(at: 0) { () throws(PingFault) in
                try ping(located, deviceID: deviceID, settings, receivedAt: receivedAt)
            }
        }
        return report
    }

    /// The fields with `lat` and `lon`, which may stand together in `location`; nil without them.
    private static func located(_ fields: PingFields) -> PingFields? {
        guard case .text(let location)? = fields["location"] else {
            return fields["lat"] == nil && fields["lon"] == nil ? nil : fields
        }
        let parts = location.split(separator: ",").map { JSONValue.text(String($0)) }
        guard parts.count == 2 else { return fields }
        return PingFields(fields.values.merging(["lat": parts[0], "lon": parts[1]]) { $1 })
    }

    private static func ping(
        _ fields: PingFields,
        deviceID: String,
        _ settings: WireSettings,
        receivedAt: Timestamp
    ) throws(PingFault) -> Ping {
        if let valid = try fields.text("valid"), valid != "true", valid != "1" {
            throw fields.unusable("valid", "the receiver has no fix")
        }
        return Ping(
            vehicleID: deviceID,
            timestamp: try fields.looseTimestamp("timestamp", settings, receivedAt: receivedAt),
            receivedAt: receivedAt,
            coordinate: try fields.coordinate("lat", "lon", settings),
            speed: try fields.speed("speed", in: .knots, settings),
            bearing: try fields.bearing(fields.name(among: "bearing", "heading")),
            accuracy: try fields.accuracy("accuracy"),
            routeID: try fields.text("route_id"),
            directionID: try fields.direction(),
            tripID: try fields.text("trip_id"),
            occupancy: try fields.occupancy()
        )
    }
}

/// The JSON form of the OsmAnd protocol.
private enum OsmAndJSON {
    static func decode(
        _ body: [UInt8],
        _ settings: WireSettings,
        receivedAt: Timestamp
    ) throws(PingFault) -> DeviceReport {
        guard let root = JSONValue(body)?.fields else {
            throw PingFault(.unreadable, "the body is no JSON object: send device_id and location")
        }
        let fields = PingFields(root)
        guard let deviceID = try fields.text("device_id") else {
            throw fields.missing("device_id", "send the device's identifier")
        }
        var report = DeviceReport(deviceID: deviceID, batch: PingBatch())
        let locations = root["location"].map { $0.elements ?? [$0] } ?? []
        for (index, location) in locations.enumerated() {
            guard let coords = location.fields?["coords"]?.fields else { continue }
            let time = location.fields?["timestamp"] ?? .null
            let fields = PingFields(coords.merging(["timestamp": time]) { $1 })
            report.batch.add(at: index) { () throws(PingFault) in
                try ping(fields, deviceID: deviceID, settings, receivedAt: receivedAt)
            }
        }
        return report
    }

    private static func ping(
        _ fields: PingFields,
        deviceID: String,
        _ settings: WireSettings,
        receivedAt: Timestamp
    ) throws(PingFault) -> Ping {
        Ping(
            vehicleID: deviceID,
            timestamp: try fields.looseTimestamp("timestamp", settings, receivedAt: receivedAt),
            receivedAt: receivedAt,
            coordinate: try fields.coordinate(settings),
            speed: try fields.speed("speed", in: .metresPerSecond, settings),
            bearing: try fields.bearing("heading"),
            accuracy: try fields.accuracy("accuracy")
        )
    }
}

extension PingFields {
    /// A time as Traccar takes it: seconds or milliseconds since 1970, or a date and a time that is
    /// in UTC unless it or the source says otherwise; the time of receipt when there is none.
    func looseTimestamp(
        _ name: String,
        _ settings: WireSettings,
        receivedAt: Timestamp
    ) throws(PingFault) -> Timestamp {
        guard let value = self[name] else { return receivedAt }
        let moment: Timestamp
        if case .text(let text) = value, let civil = CivilTime(Self.repaired(text.trimmed)) {
            moment = civil.moment(zoneOffset: settings.zoneOffset ?? 0)
        } else if let number = try? number(name) {
            moment = Timestamp(epoch: number)
        } else {
            throw unusable(name, "send unix seconds or ISO 8601")
        }
        let advice = "check the device's clock"
        return try plausible(moment, name, receivedAt: receivedAt, advice: advice)
    }

    /// Gives an offset its `+` back, which reads as a blank when a query did not escape it.
    private static func repaired(_ text: String) -> String {
        text.contains("T") ? text.replacing(" ", with: "+") : text
    }
}
