public import TransitModel

/// The positions that a Traccar server forwards as JSON, whatever protocol the tracker spoke.
///
/// Speeds are knots unless the source is set otherwise. A fix that Traccar calls invalid is a rejection, an event without a position
/// gives no ping.
public enum TraccarDecoder {
    /// Reads a body; the device is known by its `uniqueId`.
    public static func decode(
        _ body: [UInt8],
        settings: WireSettings = WireSettings(),
        receivedAt: Timestamp
    ) throws(PingFault) -> DeviceReport {
        guard let root = JSONValue(body)?.fields else {
            throw PingFault(
                .unreadable,
                "the body is no JSON object: set forward.type to json in Traccar"
            )
        }
        let device = PingFields(root["device"]?.fields ?? [:])
        guard let deviceID = try device.text("uniqueId") else {
            throw device.missing("device.uniqueId", "set forward.type to json in Traccar")
        }
        var report = DeviceReport(deviceID: deviceID, batch: PingBatch())
        if let position = root["position"]?.fields {
            report.batch.add(at: 0) { () throws(PingFault) in
                let fields = PingFields(position)
                return try ping(fields, deviceID: deviceID, settings, receivedAt: receivedAt)
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
        guard fields["valid"] != .flag(false) else {
            throw fields.unusable("valid", "the receiver has no fix")
        }
        let time = fields.name(among: "fixTime", "deviceTime")
        return Ping(
            vehicleID: deviceID,
            timestamp: try fields.looseTimestamp(time, settings, receivedAt: receivedAt),
            receivedAt: receivedAt,
            coordinate: try fields.coordinate(settings),
            speed: try fields.speed("speed", in: .knots, settings),
            bearing: try fields.bearing("course"),
            accuracy: try fields.accuracy("accuracy")
        )
    }
}
