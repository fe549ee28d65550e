public import ETAEngine
import TransitModel

/// What `transpadang status` shows.
public struct StatusResponse: Codable, Hashable, Sendable {
    /// What became of the pings since the service started.
    public struct Pings: Codable, Hashable, Sendable {
        /// How many came in.
        public var received: Int
        /// How many moved a vehicle, with or without a reservation.
        public var accepted: Int
        /// Of those accepted, how many found their vehicle on a run.
        public var matched: Int
        /// How many of those accepted are believed with a reservation, by what it is; every one is
        /// there, also with 0.
        public var doubted: [String: Int]
        /// How many were not acted on, by reason; every reason is there, also with 0.
        public var rejected: [String: Int]
    }

    /// How many vehicles run on a route.
    public struct RouteCount: Codable, Hashable, Sendable {
        /// GTFS route id.
        public var routeID: String
        /// Vehicles in service or in layover.
        public var vehicles: Int

        enum CodingKeys: String, CodingKey {
            case routeID = "route_id"
            case vehicles
        }
    }

    /// A timetable that waits for its date.
    public struct StagedTimetable: Codable, Hashable, Sendable {
        /// The service date from which it holds, as `2026-12-01`.
        public var from: String
        /// Its version.
        public var version: String
        /// The folder or zip that it was read from.
        public var path: String
        /// Why it could not be put in force on its date and what to do about it; null when it
        /// still may be.
        @Nullable public var refusal: String?

        /// Names a timetable and its date.
        public init(from: String, version: String, path: String, refusal: String? = nil) {
            self.from = from
            self.version = version
            self.path = path
            self.refusal = refusal
        }
    }

    /// How an outside source of pings stands.
    public struct Source: Codable, Hashable, Sendable {
        /// Its name, such as `dishub`.
        public var name: String
        /// Whether it is connected, or its last request was answered.
        public var isConnected: Bool
        /// Messages received.
        public var messages: Int
        /// Pings kept.
        public var pings: Int
        /// Seconds since the last message; null before the first.
        @Nullable public var lastMessageAgeS: Int?
        /// What was odd in messages, by name, and how often.
        public var notices: [String: Int]
        /// Ends of connections and failed attempts, by cause.
        public var faults: [String: Int]

        enum CodingKeys: String, CodingKey {
            case name, messages, pings, notices, faults
            case isConnected = "connected"
            case lastMessageAgeS = "last_message_age_s"
        }

        /// Tells how a source stands.
        public init(
            name: String, isConnected: Bool, messages: Int, pings: Int, lastMessageAgeS: Int?,
            notices: [String: Int], faults: [String: Int]
        ) {
            self.name = name
            self.isConnected = isConnected
            self.messages = messages
            self.pings = pings
            self.lastMessageAgeS = lastMessageAgeS
            self.notices = notices
            self.faults = faults
        }
    }

    /// When the answer was made, in seconds since 1970.
    public var generatedAt: Int64
    /// Version of the timetable in force.
    public var networkVersion: String
    /// Seconds since the service started.
    public var uptimeS: Int
    /// Seconds since the last ping came in; null before the first.
    @Nullable public var lastReceivedAgeS: Int?
    /// How many vehicles there are by state; every state is there, also with 0.
    public var vehicles: [String: Int]
    /// What became of the pings.
    public var pings: Pings
    /// Outside sources of pings, in the order of `serve`.
    public var sources: [Source]
    /// Routes in the order in which riders see them, also those without a vehicle.
    public var routes: [RouteCount]
    /// Timetables that wait for their date, the next one first.
    public var staged: [StagedTimetable]
    /// Detours that buses seem to take, the latest first.
    public var suspectedDetours: [DetourRow]
    /// What an operator must know of the timetable in force, such as that a newer one was refused;
    /// null when all is well.
    @Nullable public var timetableTrouble: String?

    enum CodingKeys: String, CodingKey {
        case vehicles, pings, sources, routes, staged
        case suspectedDetours = "suspected_detours"
        case timetableTrouble = "timetable_trouble"
        case generatedAt = "generated_at"
        case networkVersion = "network_version"
        case uptimeS = "uptime_s"
        case lastReceivedAgeS = "last_received_age_s"
    }

    /// Tells how the service stands; `uptime` in seconds.
    public init(
        snapshot: Snapshot, counts: Engine.Counts, uptime: Double, sources: [Source] = [],
        staged: [StagedTimetable] = [], trouble: String? = nil
    ) {
        self.sources = sources
        self.staged = staged
        timetableTrouble = trouble
        let network = snapshot.network
        suspectedDetours = snapshot.suspectedDetours.map { DetourRow($0, in: network) }
        generatedAt = snapshot.madeAt.unix
        networkVersion = network.version
        uptimeS = max(0, Int(uptime))
        lastReceivedAgeS = snapshot.lastReceivedAt.map { age(of: $0, at: snapshot.madeAt) }
        vehicles = Self.byState(snapshot.vehicles)
        pings = Pings(counts)
        let running = snapshot.vehicles.filter { $0.instance != nil }
            .compactMap { $0.route(in: network) }
        let counted = Dictionary(running.map { ($0, 1) }, uniquingKeysWith: +)
        routes = network.routes.indices.sorted { network.routeOrder($0) < network.routeOrder($1) }
            .map { RouteCount(routeID: network.routes[$0].id, vehicles: counted[$0] ?? 0) }
    }

    private static func byState(_ vehicles: [VehicleStatus]) -> [String: Int] {
        var counts = Dictionary(
            uniqueKeysWithValues: VehicleState.allCases.map { ($0.rawValue, 0) })
        for vehicle in vehicles { counts[vehicle.state.rawValue, default: 0] += 1 }
        return counts
    }
}

extension StatusResponse.Pings {
    /// Takes over the engine's counts.
    public init(_ counts: Engine.Counts) {
        received = counts.received
        accepted = counts.accepted
        matched = counts.matched
        doubted = Dictionary(
            uniqueKeysWithValues: PingDoubt.allCases.map { ($0.rawValue, counts.doubted[$0] ?? 0) })
        rejected = Dictionary(
            uniqueKeysWithValues: PingRejection.allCases.map {
                ($0.rawValue, counts.rejected[$0] ?? 0)
            }
        )
    }
}
