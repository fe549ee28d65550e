public import TransitModel

/// Our own wire format: a JSON object, an array of them, or one a line.
public enum NativePingDecoder {
    /// A message may have so many elements.
    public static let mostElements = 10_000
    /// An element may be so many bytes long.
    public static let longestElement = 64 << 10

    /// Reads a body.
    ///
    /// An element that cannot be used is a rejection with its place; a body that is no JSON at all
    /// is an error. Speaks for `vehicleID`, the one that the sender's token names: elements may leave the
    /// vehicle out but not name another. When nil, each element must name one.
    public static func decode(
        _ body: [UInt8],
        vehicleID: String?,
        settings: WireSettings = WireSettings(),
        receivedAt: Timestamp
    ) throws(PingFault) -> PingBatch {
        var message = NativeMessage(
            vehicleID: vehicleID, settings: settings, receivedAt: receivedAt)
        if try message.readArray(body) { return message.batch }
        if try message.readObject(body) { return message.batch }
        if try message.readLines(body) { return message.batch }
        throw PingFault(
            .unreadable, "the body is no JSON: send an object, an array of objects, or one a line")
    }

    /// Reads an element with care, so that it can be said what is wrong with it.
    fileprivate static func ping(
        _ element: JSONValue,
        vehicleID: String?,
        _ settings: WireSettings,
        receivedAt: Timestamp
    ) throws(PingFault) -> Ping {
        guard let fields = element.fields else {
            throw PingFault(.unreadable, "this is no JSON object: send a ping")
        }
        return try ping(
            PingFields(NativeName.fullNames(fields)),
            vehicleID: vehicleID,
            settings,
            receivedAt: receivedAt
        )
    }

    private static func ping(
        _ fields: PingFields,
        vehicleID: String?,
        _ settings: WireSettings,
        receivedAt: Timestamp
    ) throws(PingFault) -> Ping {
        Ping(
            vehicleID: try vehicle(fields, allowed: vehicleID),
            timestamp: try timestamp(fields, settings, receivedAt: receivedAt),
            receivedAt: receivedAt,
            coordinate: try fields.coordinate(settings),
            speed: try fields.speed("speed_mps", in: .metresPerSecond, settings),
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
        _ settings: WireSettings,
        receivedAt: Timestamp
    ) throws(PingFault) -> Timestamp {
        let name = "timestamp"
        guard let value = fields[name] else { throw fields.missing(name, secondsAdvice) }
        if case .text(let text) = value, let civil = CivilTime(text.trimmed) {
            guard let offset = civil.offset ?? settings.zoneOffset else {
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

/// A message of our own format as it is read.
private struct NativeMessage {
    let vehicleID: String?
    let settings: WireSettings
    let receivedAt: Timestamp
    private(set) var batch = PingBatch()
    private var count = 0

    init(vehicleID: String?, settings: WireSettings, receivedAt: Timestamp) {
        self.vehicleID = vehicleID
        self.settings = settings
        self.receivedAt = receivedAt
    }

    /// Reads an array of elements; false when the body is none.
    mutating func readArray(_ body: [UInt8]) throws(PingFault) -> Bool {
        var scanner = JSONScanner(body)
        scanner.skipBlanks()
        guard scanner.next == .openBracket else { return false }
        var fault: PingFault?
        let isWhole = scanner.array { scanner in
            do throws(PingFault) {
                return try readElement(&scanner)
            } catch {
                fault = error
                return false
            }
        }
        if let fault { throw fault }
        return isWhole && scanner.isAtEnd()
    }

    /// Reads a lone element, on as many lines as it likes; false when there is anything else.
    mutating func readObject(_ body: [UInt8]) throws(PingFault) -> Bool {
        var scanner = JSONScanner(body)
        scanner.skipBlanks()
        guard scanner.next == .openBrace else { return false }
        if try readElement(&scanner), scanner.isAtEnd() { return true }
        self = NativeMessage(vehicleID: vehicleID, settings: settings, receivedAt: receivedAt)
        return false
    }

    /// Reads an element a line; false when no line is JSON or there is but one.
    mutating func readLines(_ body: [UInt8]) throws(PingFault) -> Bool {
        var readable = 0
        for line in body.split(whereSeparator: \.isLineEnd) where !line.allSatisfy(\.isBlank) {
            var scanner = JSONScanner(body, in: line.indices)
            let (pings, rejections) = (batch.pings.count, batch.rejections.count)
            if try readElement(&scanner), scanner.isAtEnd() {
                readable += 1
            } else {
                batch.pings.removeSubrange(pings...)
                batch.rejections.removeSubrange(rejections...)
                batch.rejections.append(RejectedPing(index: count - 1, reason: .noJSON))
            }
        }
        return readable > 0 && count > 1
    }

    /// Adds the next element to the batch; false when it is no JSON.
    private mutating func readElement(_ scanner: inout JSONScanner) throws(PingFault) -> Bool {
        count += 1
        guard count <= NativePingDecoder.mostElements else { throw .tooMany }
        scanner.skipBlanks()
        let start = scanner.position
        if let ping = PlainPing(from: &scanner)?.ping(
            vehicleID: vehicleID, settings, receivedAt: receivedAt),
            scanner.position - start <= NativePingDecoder.longestElement
        {
            batch.pings.append(ping)
            return true
        }
        scanner.goBack(to: start)
        guard let element = JSONValue(from: &scanner) else { return false }
        guard scanner.position - start <= NativePingDecoder.longestElement else { throw .tooLong }
        batch.add(at: count - 1) { () throws(PingFault) in
            try NativePingDecoder.ping(
                element, vehicleID: vehicleID, settings, receivedAt: receivedAt)
        }
        return true
    }
}

extension PingFault {
    fileprivate static let noJSON = PingFault(.unreadable, "this line is no JSON: send a ping")
    fileprivate static let tooMany = PingFault(
        .tooLarge, "more than \(NativePingDecoder.mostElements) pings: send them in parts")
    fileprivate static let tooLong = PingFault(
        .tooLarge, "a ping of more than \(NativePingDecoder.longestElement) bytes: send less")
}
