import TransitModel

/// Reads the feed's `last_update`, whose zone nobody has written down.
///
/// A time that is whole hours off may mean a wrong zone, or a bus that was parked then. So only
/// buses that are surely sending now count: their time has moved since the frame before, or they
/// drive.
struct DishubClock: Sendable {
    /// What a bus says of the zone.
    struct Evidence {
        var lastUpdate: String
        var hasMoved: Bool
        var isDriving: Bool

        var weight: Int { hasMoved ? 2 : isDriving ? 1 : 0 }
    }

    /// UTC and the three zones of Indonesia.
    private static let zones: [Double] = [0, 25_200, 28_800, 32_400]
    /// Seconds by which a bus that sends now may seem off.
    private static let tolerance = 300.0
    /// How much evidence a change of zone takes.
    private static let enough = 2

    /// Seconds east of UTC in which times without an offset are read.
    private(set) var zoneOffset: Double

    init(zoneOffset: Double) { self.zoneOffset = zoneOffset }

    /// Changes the zone when another fits the buses better; true when it did.
    mutating func adjust(to evidence: [Evidence], receivedAt: Timestamp) -> Bool {
        let times = evidence.filter { $0.weight > 0 }.compactMap { bus in
            CivilTime(bus.lastUpdate).map { (time: $0, weight: bus.weight) }
        }.filter { $0.time.offset == nil }
        func support(_ zone: Double) -> Int {
            times.filter { abs($0.time.moment(zoneOffset: zone) - receivedAt) < Self.tolerance }
                .reduce(0) { $0 + $1.weight }
        }
        let best = Self.zones.max { support($0) < support($1) } ?? zoneOffset
        guard support(best) >= Self.enough, support(best) > support(zoneOffset) else {
            return false
        }
        zoneOffset = best
        return true
    }

    /// The moment of a `last_update`: date and time of day, or seconds or milliseconds since 1970;
    /// nil when it cannot be read or cannot be true.
    func moment(of text: String, receivedAt: Timestamp) -> Timestamp? {
        let moment =
            CivilTime(text)?.moment(zoneOffset: zoneOffset)
            ?? Double(text).flatMap { $0.isFinite ? Timestamp(epoch: $0) : nil }
        return moment.flatMap {
            PingFields.isPlausible($0, receivedAt: receivedAt) ? $0 : nil
        }
    }
}
