import AsyncHTTPClient
import Geometry
import Ingestion
public import Logging
import NIOCore
public import Simulation
public import TransitModel

/// The demonstration: a virtual fleet on the real clock that reports over loopback in the real wire
/// formats, so that everything behind the sockets is what a city would run.
///
/// The buses of the last routes are seen through a ``DishubServer`` that sends the whole fleet every
/// two seconds, as the transport office does; every other bus posts its own pings with its own
/// token. What truly happens at stops is told apart, and never to what predicts.
public struct SimulatedFleet: Sendable {
    /// Pace and shares of the demonstration.
    public struct Settings: Sendable {
        /// How many routes, the last by id, are seen through Dishub's socket.
        public var dishubRoutes = 2
        /// Seconds of driving before the start, reported late, so that the service knows at once
        /// which way buses go.
        public var headStart = 120.0
        /// Between two looks at the fleet.
        public var tick = Duration.milliseconds(500)
        /// Seconds between two frames of Dishub's socket.
        public var frameInterval = 2.0
        /// What goes wrong with the reports.
        public var faults = FleetFaults.realistic
        /// Pauses of a tracker that cannot reach the service.
        public var backoff = Backoff(bounds: 1...15)
        /// Most connections to the service at a time.
        public var connections = 8

        /// Makes the usual settings.
        public init() {}
    }

    private let fleet: Fleet
    private let area: BoundingBox
    private let feed: DishubServer
    private let feedRoutes: Set<String>
    private let routesByVehicle: [String: String]
    private let settings: Settings
    private let now: @Sendable () -> Timestamp
    private let logger: Logger

    /// Places the buses and opens Dishub's socket; nothing moves before
    /// ``run(postingTo:tokens:onTruth:)``.
    ///
    /// - Parameters:
    ///   - network: What is served.
    ///   - buses: How many.
    ///   - seed: What everything random comes from.
    ///   - settings: Pace and shares.
    ///   - now: The clock that the fleet lives by.
    ///   - logger: Where trouble goes.
    /// - Throws: When no port of the loopback interface is free.
    public init(
        network: Network,
        buses: Int,
        seed: UInt64,
        settings: Settings = Settings(),
        now: @escaping @Sendable () -> Timestamp,
        logger: Logger
    ) async throws {
        fleet = Fleet(
            network: network,
            buses: buses,
            seed: seed,
            startingAt: now() - settings.headStart,
            faults: settings.faults
        )
        area = BoundingBox(around: network) ?? .padang
        feed = try await DishubServer.start()
        let routes = fleet.buses.map { (id: $0.vehicleID, route: network.routes[$0.route].id) }
        routesByVehicle = Dictionary(routes, uniquingKeysWith: { first, _ in first })
        feedRoutes = Set(Set(routes.map(\.route)).sorted().suffix(settings.dishubRoutes))
        self.settings = settings
        self.now = now
        self.logger = logger
    }

    /// Every bus.
    public var vehicleIDs: [String] { fleet.buses.map(\.vehicleID) }

    /// The buses that post their pings themselves and need a token each.
    public var trackerIDs: [String] { vehicleIDs.filter { !isSeenByFeed($0) } }

    /// Where a ``DishubSource`` finds the other buses.
    public var dishubURL: String { feed.url }

    /// How that source should be set up: buses are where this network is.
    public var dishubSettings: DishubSource.Settings {
        var settings = DishubSource.Settings()
        settings.area = area
        return settings
    }

    /// Drives and reports until cancelled.
    ///
    /// - Parameters:
    ///   - baseURL: The service without a path, such as `http://127.0.0.1:8080`.
    ///   - tokens: The token of each vehicle in ``trackerIDs``.
    /// - Throws: When the connections cannot be shut down.
    public func run(postingTo baseURL: String, tokens: [String: String]) async throws {
        let trackers = Dictionary(
            uniqueKeysWithValues: trackerIDs.map { ($0, SimulatedTracker(vehicleID: $0)) }
        )
        let client = HTTPClient(configuration: configuration)
        await withTaskGroup { group in
            for (id, tracker) in trackers {
                let post = PingPost(
                    client: client,
                    baseURL: baseURL,
                    token: tokens[id] ?? ""
                )
                group.addTask {
                    await tracker.run(posting: post, backoff: settings.backoff, logger: logger)
                }
            }
            await drive(trackers)
            group.cancelAll()
        }
        await feed.close()
        try await client.shutdown()
    }

    private func drive(_ trackers: [String: SimulatedTracker]) async {
        var fleet = fleet
        var board = DishubBoard(interval: settings.frameInterval)
        await waitForSubscriber()
        var past = headStart
        while !Task.isCancelled {
            let moment = past.isEmpty ? now() : past.removeFirst()
            for report in fleet.advance(to: moment) {
                let ping = report.ping
                if let tracker = trackers[ping.vehicleID] {
                    tracker.record(ping)
                } else {
                    board.show(ping)
                }
            }
            if let frame = board.frame(at: moment) { feed.broadcast(frame) }
            // Nobody here may know the truth; it only must not pile up.
            _ = fleet.takeTruth()
            if past.isEmpty { try? await Task.sleep(for: settings.tick) }
        }
    }

    /// Moments of the head start, a usual report apart.
    private var headStart: [Timestamp] {
        stride(from: settings.headStart, to: 0, by: -10).dropFirst().map { now() - $0 }
    }

    /// Gives the service two seconds to subscribe, so that it sees the head start as well.
    private func waitForSubscriber() async {
        for _ in 0..<40 where feed.subscriberCount == 0 {
            try? await Task.sleep(for: .milliseconds(50))
        }
    }

    private func isSeenByFeed(_ vehicleID: String) -> Bool {
        routesByVehicle[vehicleID].map(feedRoutes.contains) ?? false
    }

    private var configuration: HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(
            timeout: .init(connect: .seconds(5), read: .seconds(10))
        )
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit =
            settings.connections
        return configuration
    }
}

/// What the transport office's server knows: the newest fix of each of its buses, sent out whole at
/// a steady pace.
struct DishubBoard: Sendable {
    private let interval: Double
    private var fixes: [String: Ping] = [:]
    private var nextFrame: Timestamp?

    init(interval: Double) { self.interval = interval }

    /// Takes a fix unless a newer one is shown.
    mutating func show(_ ping: Ping) {
        if let shown = fixes[ping.vehicleID], shown.timestamp > ping.timestamp { return }
        fixes[ping.vehicleID] = ping
    }

    /// The frame that is due; nil before its time.
    mutating func frame(at now: Timestamp) -> String? {
        guard now >= nextFrame ?? now else { return nil }
        nextFrame = now + interval
        return DishubEncoder().encode(fixes.values.sorted { $0.vehicleID < $1.vehicleID })
    }
}
