public import TransitModel

/// High-Frequency Positioning 2, the messages that Helsinki's buses send over MQTT.
///
/// Follows HSL's description in Digitransit's developer pages, "High-frequency positioning". The
/// bus is the operator and the number of the topic, as in `0055/01216`, because the operator of the
/// payload is the one who runs the trip and may be another. `acc` is acceleration there, and says
/// nothing of the receiver's error.
public enum HFPDecoder {
    /// The events that tell of a position on the way: the regular one, and those at stops.
    private static let events: Set<String> = [
        "vp", "due", "arr", "dep", "ars", "pde", "pas", "wait", "doo", "doc",
    ]

    /// Reads a message.
    ///
    /// - Parameters:
    ///   - topic: The topic it came under, which names the event and the vehicle.
    ///   - payload: The JSON.
    ///   - settings: What the sender does otherwise.
    ///   - receivedAt: When it was received.
    /// - Returns: The ping; nil for an event that is none of a vehicle's way, such as a request to
    ///   a traffic light.
    /// - Throws: A fault that says what cannot be used.
    public static func decode(
        topic: String,
        payload: [UInt8],
        settings: WireSettings = WireSettings(),
        receivedAt: Timestamp
    ) throws(PingFault) -> Ping? {
        guard let topic = HFPTopic(topic) else {
            throw PingFault(
                .unreadable,
                "the topic is none of HFP: subscribe to /hfp/v2/JOURNEY/TIME/EVENT/MODE/…")
        }
        guard events.contains(topic.event) else { return nil }
        let root = JSONValue(payload)?.fields
        guard let body = root?[topic.event.uppercased()]?.fields else {
            throw PingFault(
                .unreadable,
                "the payload is no JSON object with \(topic.event.uppercased()): send HFP 2")
        }
        return try ping(topic, PingFields(body), settings, receivedAt: receivedAt)
    }

    private static func ping(
        _ topic: HFPTopic,
        _ fields: PingFields,
        _ settings: WireSettings,
        receivedAt: Timestamp
    ) throws(PingFault) -> Ping {
        let time = fields.name(among: "tst", "tsi")
        guard fields[time] != nil else { throw fields.missing(time) }
        return Ping(
            vehicleID: topic.vehicleID,
            timestamp: try fields.looseTimestamp(time, settings, receivedAt: receivedAt),
            receivedAt: receivedAt,
            coordinate: try fields.coordinate("lat", "long", settings),
            speed: try? fields.speed("spd", in: .metresPerSecond, settings),
            bearing: try? fields.bearing("hdg"),
            routeID: (try? fields.text("route")) ?? topic.routeID,
            directionID: direction(fields) ?? topic.direction,
            occupancy: occupancy(fields)
        )
    }

    private static func direction(_ fields: PingFields) -> Int? {
        (try? fields.text("dir")).flatMap { HFPTopic.direction($0) }
    }

    /// Only 100, for full, says the same everywhere: 0 is what most buses send that count nobody.
    private static func occupancy(_ fields: PingFields) -> Occupancy? {
        (try? fields.number("occu")) == 100 ? .full : nil
    }
}

/// The levels of a topic that matter here.
private struct HFPTopic {
    var event: String
    /// Operator and vehicle number.
    var vehicleID: String
    var routeID: String?
    /// As GTFS counts.
    var direction: Int?

    /// Nil for a topic of another kind; a bridge may have put levels before it.
    init?(_ topic: String) {
        let all = topic.split(separator: "/", omittingEmptySubsequences: false)
        guard let start = all.firstIndex(of: "hfp"), all[start...].dropFirst().first == "v2" else {
            return nil
        }
        let levels = all[(start + 2)...].map { String($0) }
        guard levels.count >= 6, Self.isShort(levels[4]), Self.isShort(levels[5]) else {
            return nil
        }
        event = levels[2].lowercased()
        vehicleID = "\(levels[4])/\(levels[5])"
        routeID = levels.count > 6 && Self.isShort(levels[6]) ? levels[6] : nil
        direction = levels.count > 7 ? Self.direction(levels[7]) : nil
    }

    private static func isShort(_ level: String) -> Bool {
        1...PingFields.longestText / 2 - 1 ~= level.utf8.count
            && level.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
    }

    /// HFP counts directions from 1, GTFS from 0.
    static func direction(_ text: String) -> Int? {
        switch text {
        case "1": 0
        case "2": 1
        default: nil
        }
    }
}
