public import TransitModel

/// The vehicle positions of a GTFS-Realtime feed, of whatever agency.
///
/// A vehicle is known by its id, or else by its label or licence plate. Its time is its own, or else
/// the feed's, or else that of receipt. Whatever else makes no sense is left out, so that the
/// position counts.
public enum VehiclePositionsDecoder {
    /// A feed may have so many entities.
    static let mostEntities = 100_000

    /// Reads a feed, a `FeedMessage` in protobuf.
    ///
    /// - Parameters:
    ///   - body: The message.
    ///   - settings: Unit of speed and order of coordinates, where the agency has them wrong.
    ///   - receivedAt: When it was received.
    /// - Returns: The positions; an entity that cannot be used is a rejection.
    /// - Throws: A fault when it is no feed.
    public static func decode(
        _ body: [UInt8],
        settings: WireSettings = WireSettings(),
        receivedAt: Timestamp
    ) throws(PingFault) -> VehiclePositions {
        let message: FeedMessage
        do throws(ProtobufFault) {
            message = try FeedMessage(ProtobufReader(body))
        } catch {
            throw PingFault(.unreadable, "this is no GTFS-Realtime feed: \(error)")
        }
        guard message.version != nil else {
            throw PingFault(
                .missing, "header.gtfs_realtime_version is missing: give the URL of such a feed")
        }
        guard message.entityCount <= mostEntities else {
            throw PingFault(
                .unusable, "the feed has more than \(mostEntities) entities: split it")
        }
        return positions(message, settings, receivedAt: receivedAt)
    }

    private static func positions(
        _ message: FeedMessage,
        _ settings: WireSettings,
        receivedAt: Timestamp
    ) -> VehiclePositions {
        var positions = VehiclePositions()
        positions.madeAt = message.timestamp.flatMap {
            PingFields.isPlausible($0, receivedAt: receivedAt) ? $0 : nil
        }
        for (index, vehicle) in message.vehicles {
            positions.batch.add(at: index) { () throws(PingFault) in
                try ping(
                    vehicle, settings, feedTime: positions.madeAt ?? receivedAt,
                    receivedAt: receivedAt)
            }
        }
        positions.putInOrder()
        return positions
    }

    private static func ping(
        _ vehicle: VehiclePosition,
        _ settings: WireSettings,
        feedTime: Timestamp,
        receivedAt: Timestamp
    ) throws(PingFault) -> Ping {
        let fields = PingFields(vehicle.fields)
        let name = fields.name(among: "id", "label", "license_plate")
        guard let vehicleID = try fields.text(name) else {
            throw fields.missing("vehicle.id", "ask the agency for it")
        }
        let timestamp = try vehicle.timestamp.map { moment throws(PingFault) in
            try fields.plausible(
                moment, "timestamp", receivedAt: receivedAt, advice: "ask the agency")
        }
        return Ping(
            vehicleID: vehicleID,
            timestamp: timestamp ?? feedTime,
            receivedAt: receivedAt,
            coordinate: try fields.coordinate(settings),
            speed: try? fields.speed("speed", in: .metresPerSecond, settings),
            bearing: try? fields.bearing("bearing"),
            routeID: try? fields.text("route_id"),
            directionID: try? fields.direction(),
            tripID: try? fields.text("trip_id"),
            occupancy: vehicle.occupancy
        )
    }
}

/// What a feed of vehicle positions came to.
public struct VehiclePositions: Hashable, Sendable {
    /// When the feed says it was made; nil when it does not, or cannot be right.
    public var madeAt: Timestamp?
    /// The positions, the oldest first; a rejection's place is that of its entity.
    public var batch = PingBatch()
    /// How many positions repeated the vehicle and time of one before.
    public var duplicates = 0

    /// Makes what an empty feed comes to.
    public init() {}

    /// Sorts by time, and keeps of each vehicle and time the first.
    fileprivate mutating func putInOrder() {
        var seen: Set<PingKey> = []
        let count = batch.pings.count
        batch.pings.removeAll { !seen.insert(PingKey($0)).inserted }
        duplicates = count - batch.pings.count
        // A stable order, so that the same feed always comes to the same pings.
        batch.pings = batch.pings.enumerated()
            .sorted { ($0.element.timestamp, $0.offset) < ($1.element.timestamp, $1.offset) }
            .map(\.element)
    }
}

/// What a ping is known by: two with the same vehicle and time are one.
public struct PingKey: Hashable, Sendable {
    /// Who reports.
    public var vehicleID: String
    /// When the fix was taken.
    public var timestamp: Timestamp

    /// The key of a ping.
    public init(_ ping: Ping) {
        vehicleID = ping.vehicleID
        timestamp = ping.timestamp
    }
}

/// A `FeedMessage`, as far as it tells of vehicles.
private struct FeedMessage {
    var version: String?
    var timestamp: Timestamp?
    var entityCount = 0
    var vehicles: [(index: Int, position: VehiclePosition)] = []

    init(_ reader: ProtobufReader) throws(ProtobufFault) {
        var reader = reader
        while let field = try reader.next() {
            switch (field.number, field.message) {
            case (1, let header?): try readHeader(header)
            case (2, let entity?): try readEntity(entity)
            default: break
            }
        }
    }

    private mutating func readHeader(_ reader: ProtobufReader) throws(ProtobufFault) {
        var reader = reader
        while let field = try reader.next() {
            switch field.number {
            case 1: version = field.text ?? version
            case 3: timestamp = field.moment ?? timestamp
            default: break
            }
        }
    }

    private mutating func readEntity(_ reader: ProtobufReader) throws(ProtobufFault) {
        var reader = reader
        var isDeleted = false
        var position: VehiclePosition?
        while let field = try reader.next() {
            switch field.number {
            case 2: isDeleted = field.flag ?? isDeleted
            case 4:
                guard let message = field.message else { continue }
                var found = position ?? VehiclePosition()
                try found.read(message)
                position = found
            default: break
            }
        }
        entityCount += 1
        guard let position, !isDeleted, entityCount <= VehiclePositionsDecoder.mostEntities else {
            return
        }
        vehicles.append((entityCount - 1, position))
    }
}

/// A `VehiclePosition` under the names of the specification.
private struct VehiclePosition {
    var fields: [String: JSONValue] = [:]
    var timestamp: Timestamp?
    var occupancy: Occupancy?

    mutating func read(_ reader: ProtobufReader) throws(ProtobufFault) {
        var reader = reader
        while let field = try reader.next() {
            switch field.number {
            case 1:
                let texts = [1: "trip_id", 5: "route_id"]
                try read(field, texts: texts, whole: [6: "direction_id"])
            case 2:
                try read(
                    field, reals: [1: "latitude", 2: "longitude", 3: "bearing", 5: "speed"])
            case 5:
                timestamp = field.moment
                fields["timestamp"] = field.unsigned.map { .number(Double($0)) }
            case 8: try read(field, texts: [1: "id", 2: "label", 3: "license_plate"])
            case 9:
                occupancy = field.signed.flatMap { Int(exactly: $0) }
                    .flatMap { Occupancy(rawValue: $0) }
            default: break
            }
        }
    }

    /// Takes those fields of a nested message that have a name.
    private mutating func read(
        _ field: ProtobufField, texts: [Int: String] = [:], reals: [Int: String] = [:],
        whole: [Int: String] = [:]
    ) throws(ProtobufFault) {
        guard var reader = field.message else { return }
        while let field = try reader.next() {
            if let name = texts[field.number], let text = field.text { fields[name] = .text(text) }
            if let name = reals[field.number], let real = field.real {
                fields[name] = .number(real)
            }
            if let name = whole[field.number], let number = field.unsigned {
                fields[name] = .number(Double(number))
            }
        }
    }
}

extension ProtobufField {
    /// Seconds since 1970; nil for the 0 by which some say that they do not know.
    fileprivate var moment: Timestamp? {
        unsigned.flatMap { $0 == 0 ? nil : Timestamp(epoch: Double($0)) }
    }
}
