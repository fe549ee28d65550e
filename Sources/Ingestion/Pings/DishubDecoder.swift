import Geometry
public import TransitModel

/// The bus positions that Padang's transport office sends over its WebSocket.
///
/// Remembers the last fix of each bus, because the feed repeats it every two seconds, and which
/// way round and in which zone the feed last spoke. A bus is as old as its own `last_update` says,
/// whenever the frame came.
public struct DishubDecoder: Sendable {
    /// What to send when the socket has opened.
    public static let subscribeMessage = #"{"type":"subscribeAll"}"#

    /// Of so many buses the last fix is remembered.
    static let mostVehicles = 10_000

    /// Where buses can be; tells latitude from longitude.
    public var area: BoundingBox

    /// Seconds east of UTC in which times without an offset are read now.
    public var zoneOffset: Double { clock.zoneOffset }

    /// Whether `latitude` holds the longitude, as it did when this was written.
    public private(set) var isSwapped: Bool

    private let speedUnit: SpeedUnit
    private var clock: DishubClock
    private var lastUpdates: [String: String] = [:]

    /// Makes a decoder that has seen nothing yet.
    ///
    /// Times are in UTC+7, speeds kilometres an hour, and places exchanged, unless `settings` say
    /// otherwise; zone and order are followed from there when buses show that they are wrong.
    public init(area: BoundingBox = .padang, settings: WireSettings = WireSettings()) {
        self.area = area
        isSwapped = !settings.isSwapped
        speedUnit = settings.speedUnit ?? .kilometresPerHour
        clock = DishubClock(zoneOffset: settings.zoneOffset ?? 25_200)
    }

    /// Reads one text frame; whatever it holds, it does no worse than give no ping and a notice.
    public mutating func decode(_ text: String, receivedAt: Timestamp) -> DishubFrame {
        var frame = DishubFrame()
        guard let message = JSONValue(text.utf8) else {
            frame.notices[.notJSON] = 1
            return frame
        }
        guard message.fields?["type"] == .text("allBusLocation"),
            let elements = message.fields?["data"]?.elements
        else {
            frame.notices[.otherMessage] = 1
            return frame
        }
        frame.isFleet = true
        let buses = elements.compactMap(DishubBus.init)
        frame.count(.noVehicle, elements.count - buses.count)
        read(buses, into: &frame, receivedAt: receivedAt)
        return frame
    }

    private mutating func read(
        _ buses: [DishubBus],
        into frame: inout DishubFrame,
        receivedAt: Timestamp
    ) {
        frame.vehiclesSeen = buses.map(\.vehicleID)
        chooseOrder(buses, &frame)
        if clock.adjust(to: buses.map(evidence), receivedAt: receivedAt) {
            frame.count(.wrongZone, 1)
        }
        for bus in buses { take(bus, into: &frame, receivedAt: receivedAt) }
        forgetOldest(keeping: frame.vehiclesSeen)
    }

    /// Takes latitude and longitude the way round that puts more buses into the area.
    private mutating func chooseOrder(_ buses: [DishubBus], _ frame: inout DishubFrame) {
        let places = buses.compactMap(\.written)
        let straight = places.count(where: area.contains)
        let swapped = places.count { area.contains($0.swapped) }
        guard straight != swapped else { return }
        if isSwapped != (swapped > straight) { frame.count(.otherOrder, 1) }
        isSwapped = swapped > straight
    }

    private func evidence(_ bus: DishubBus) -> DishubClock.Evidence {
        let last = lastUpdates[bus.vehicleID]
        return DishubClock.Evidence(
            lastUpdate: bus.lastUpdate,
            hasMoved: last != nil && last != bus.lastUpdate,
            isDriving: (metresPerSecond(bus.speed) ?? 0) > 0
        )
    }

    private mutating func take(
        _ bus: DishubBus,
        into frame: inout DishubFrame,
        receivedAt: Timestamp
    ) {
        guard let written = bus.written else { return frame.count(.noFix, 1) }
        let coordinate = isSwapped ? written.swapped : written
        guard area.contains(coordinate) else { return frame.count(.outsideArea, 1) }
        guard bus.lastUpdate.isEmpty || lastUpdates[bus.vehicleID] != bus.lastUpdate else {
            return frame.count(.repeated, 1)
        }
        let moment = clock.moment(of: bus.lastUpdate, receivedAt: receivedAt)
        if moment == nil { frame.count(.unreadableTime, 1) }
        lastUpdates[bus.vehicleID] = bus.lastUpdate
        frame.pings.append(
            Ping(
                vehicleID: bus.vehicleID,
                timestamp: moment ?? receivedAt,
                receivedAt: receivedAt,
                coordinate: coordinate,
                speed: metresPerSecond(bus.speed),
                routeID: bus.corridor,
                directionText: bus.direction
            )
        )
    }

    /// Nil for the negative or absurd values that stand for unknown.
    private func metresPerSecond(_ speed: Double?) -> Double? {
        speed.map { $0 * speedUnit.metresPerSecond }.flatMap { 0..<100 ~= $0 ? $0 : nil }
    }

    /// Keeps memory bounded should the feed go on naming new buses.
    private mutating func forgetOldest(keeping vehicles: [String]) {
        guard lastUpdates.count > Self.mostVehicles else { return }
        let present = Set(vehicles.prefix(Self.mostVehicles))
        lastUpdates = lastUpdates.filter { present.contains($0.key) }
    }
}

/// One bus as a frame describes it.
private struct DishubBus {
    var vehicleID: String
    /// Latitude and longitude as the feed calls them; nil when they are absent, no numbers, or 0.
    var written: Coordinate?
    var corridor: String?
    /// In the feed's unit.
    var speed: Double?
    var direction: String?
    var lastUpdate: String

    /// Nil when the entry does not say which bus it is.
    init?(_ value: JSONValue) {
        guard let fields = value.fields.map(PingFields.init),
            let vehicleID = try? fields.text("bus")
        else { return nil }
        self.vehicleID = vehicleID
        written = Self.coordinate(fields)
        corridor = try? fields.text("corridor")
        speed = Self.number(fields, "speed")
        direction = (try? fields.text("direct")) ?? (try? fields.text("route"))
        lastUpdate = (try? fields.text("last_update")) ?? ""
    }

    private static func coordinate(_ fields: PingFields) -> Coordinate? {
        guard let latitude = number(fields, "latitude"),
            let longitude = number(fields, "longitude"), latitude != 0, longitude != 0
        else { return nil }
        return Coordinate(latitude: latitude, longitude: longitude)
    }

    /// A number, with the comma of Indonesian decimals if need be.
    private static func number(_ fields: PingFields, _ name: String) -> Double? {
        guard let text = try? fields.text(name),
            let number = Double(text.replacing(",", with: ".")),
            number.isFinite
        else { return nil }
        return number
    }
}
