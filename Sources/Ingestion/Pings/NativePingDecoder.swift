public import TransitModel

/// Our own wire format: a JSON object, an array of them, or one a line.
public enum NativePingDecoder {
    /// Reads a body.
    ///
    /// An element that cannot be used is a rejection with its place; a body that is no JSON at all
    /// is an error. Speaks for `vehicleID`, the one that the sender's token names: elements may leave the
    /// vehicle out but not name another. When nil, each element must name one.
    public static func decode(
        _ body: [UInt8],
        vehicleID: String?,
        receivedAt: Timestamp
    ) throws(PingFault) -> PingBatch {
        guard let elements = NativeElement.elements(of: body) else {
            throw PingFault(
                .unreadable,
                "the body is no JSON: send an object, an array of objects, or one a line"
            )
        }
        var batch = PingBatch()
        for (index, element) in elements.enumerated() {
            batch.add(at: index) { () throws(PingFault) in
                guard let fields = element.fields else { throw noObject }
                return try ping(
                    PingFields(fields),
                    vehicleID: vehicleID,
                    receivedAt: receivedAt
                )
            }
        }
        return batch
    }

    private static let noObject = PingFault(.unreadable, "this is no JSON object: send a ping")

    private static func ping(
        _ fields: PingFields,
        vehicleID: String?,
        receivedAt: Timestamp
    ) throws(PingFault) -> Ping {
        Ping(
            vehicleID: try vehicle(fields, allowed: vehicleID),
            timestamp: try timestamp(fields, receivedAt: receivedAt),
            receivedAt: receivedAt,
            coordinate: try fields.coordinate(),
            speed: try fields.speed("speed_mps", in: .metresPerSecond),
            bearing: try fields.bearing("bearing"),
            accuracy: try fields.accuracy("accuracy_m"),
            routeID: try fields.text("route_id"),
            directionID: try fields.direction(),
            tripID: try fields.text("trip_id"),
            occupancy: try fields.occupancy()
        )
    }

    private static func vehicle(
        _ fields: PingFields,
        allowed: String?
    ) throws(PingFault) -> String {
        let claimed = try fields.text("vehicle_id")
        guard let vehicle = allowed ?? claimed else { throw fields.missing("vehicle_id") }
        guard claimed == nil || claimed == vehicle else {
            throw PingFault(
                .otherVehicle,
                "vehicle_id \(fields["vehicle_id"]?.shown ?? "") is not this token's vehicle: "
                    + "leave it out, or use that vehicle's token"
            )
        }
        return vehicle
    }

    private static func timestamp(
        _ fields: PingFields,
        receivedAt: Timestamp
    ) throws(PingFault) -> Timestamp {
        let name = "timestamp"
        guard let value = fields[name] else { throw fields.missing(name, secondsAdvice) }
        if case .text(let text) = value, let civil = CivilTime(text.trimmed) {
            guard let offset = civil.offset else {
                throw fields.unusable(name, "add Z or an offset such as +07:00")
            }
            return try fields.plausible(
                civil.moment(zoneOffset: offset),
                name,
                receivedAt: receivedAt,
                advice: "check the device's clock"
            )
        }
        return try unixTimestamp(fields, name, receivedAt: receivedAt)
    }

    private static func unixTimestamp(
        _ fields: PingFields,
        _ name: String,
        receivedAt: Timestamp
    ) throws(PingFault) -> Timestamp {
        guard let number = try? fields.number(name) else {
            throw fields.unusable(name, "send unix seconds, or ISO 8601 with an offset")
        }
        guard !Timestamp.looksLikeMilliseconds(number) else {
            throw fields.unusable(name, "it looks like milliseconds, \(secondsAdvice)")
        }
        return try fields.plausible(
            Timestamp(number),
            name,
            receivedAt: receivedAt,
            advice: secondsAdvice
        )
    }

    private static let secondsAdvice = "send unix seconds"
}
