public import ETAEngine
public import TransitModel

/// `GET /api/v1/board/{stop_id}`: an answer for microcontrollers, always under 4,096 bytes.
///
/// Names are cut between characters, and there are at most ``maximumRows`` rows and
/// ``maximumAlerts`` headlines, so that the bound holds whatever the timetable calls things.
public struct BoardResponse: Codable, Hashable, Sendable {
    /// The answer is shorter than this.
    public static let byteLimit = 4096
    /// The most arrivals an answer holds.
    public static let maximumRows = 12
    /// The most headlines an answer holds.
    public static let maximumAlerts = 2

    /// An arrival.
    public struct Row: Codable, Hashable, Sendable {
        /// Route name.
        public var r: String
        /// Headsign.
        public var h: String
        /// Whole minutes to the arrival.
        public var m: Int
        /// Minutes by which that may be wrong, rounded up.
        public var u: Int
        /// `l` live, `t` waits at the terminal, `n` has another trip to finish, `s` timetable.
        public var s: String
    }

    /// When the answer was made, in seconds since 1970.
    public var t: Int64
    /// Stop id.
    public var id: String
    /// Stop name.
    public var n: String
    /// Arrivals, soonest first.
    public var a: [Row]
    /// Headlines of alerts.
    public var w: [String]

    /// Tells what comes to a stop.
    public init(
        snapshot: Snapshot, stop: StopIndex, limit: Int? = nil, alerts: [Alert] = [],
        language: String? = nil
    ) {
        let network = snapshot.network
        let rows = min(max(0, limit ?? Self.maximumRows), Self.maximumRows)
        t = snapshot.madeAt.unix
        id = network.stops[stop].id.shortened(to: 64)
        n = network.stops[stop].name.shortened(to: 96)
        a = snapshot.comingArrivals(at: stop).prefix(rows).map { Row($0, in: snapshot) }
        w = alerts.filter { $0.concerns(stop, in: network, at: snapshot.madeAt) }
            .prefix(Self.maximumAlerts).map { $0.header.text(in: language).shortened(to: 120) }
    }

    /// The bytes of the answer for a stop.
    public static func encode(
        snapshot: Snapshot, stop: StopIndex, limit: Int? = nil, alerts: [Alert] = [],
        language: String? = nil
    ) throws -> [UInt8] {
        try WireJSON.encode(
            BoardResponse(
                snapshot: snapshot, stop: stop, limit: limit, alerts: alerts, language: language)
        )
    }
}

extension BoardResponse.Row {
    init(_ arrival: Arrival, in snapshot: Snapshot) {
        let network = snapshot.network
        let route = network.patterns[arrival.trip.pattern].route
        r = network.routes[route].name.shortened(to: 12)
        h = network.headsign(of: arrival.trip.instance.trip).shortened(to: 48)
        m = min(9999, wholeMinutes(from: snapshot.madeAt, to: arrival.stop.arrival))
        u = min(9999, (max(0, arrival.stop.uncertainty.whole) + 59) / 60)
        s = String(arrival.trip.source.rawValue.prefix(1))
    }
}

extension String {
    /// The first characters that fit in so many bytes of UTF-8, without control characters.
    ///
    /// In JSON it takes at most twice the bytes, when all of it has to be escaped.
    func shortened(to bytes: Int) -> String {
        var short = ""
        var left = bytes
        for character in self {
            let isControl = character.unicodeScalars.contains {
                $0.properties.generalCategory == .control
            }
            let clean: Character = isControl ? " " : character
            left -= clean.utf8.count
            if left < 0 { break }
            short.append(clean)
        }
        return short
    }
}
