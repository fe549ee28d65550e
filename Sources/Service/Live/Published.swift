import ETAEngine
import Feeds
import Synchronization
import TransitModel

/// Everything readers can ask for at one moment, of one generation: never changed, only replaced.
final class Published: Sendable {
    let snapshot: Snapshot
    /// Alerts that are not over.
    let alerts: [Alert]
    /// Header timestamp of the feeds.
    let timestamp: Int64
    /// What became of the pings so far.
    let counts: Engine.Counts
    /// The timetable as it was loaded.
    let timetable: ServedTimetable
    /// What ids of older timetables mean in this one.
    let formerIDs: FormerIDs

    private let feeds: [FeedName: Payload]

    fileprivate init(_ edition: Edition, _ feeds: [FeedName: Payload]) {
        snapshot = edition.snapshot
        alerts = edition.alerts
        timestamp = edition.header.timestamp
        counts = edition.counts
        timetable = edition.timetable
        formerIDs = edition.formerIDs
        self.feeds = feeds
    }

    /// What is to be published.
    struct Edition: Sendable {
        var snapshot: Snapshot
        var alerts: [Alert]
        var header: FeedHeader
        var counts: Engine.Counts
        var timetable: ServedTimetable
        /// What ids of older timetables mean in this one.
        var formerIDs = FormerIDs()
    }

    /// The bytes of a feed.
    func feed(_ name: FeedName) -> Payload { feeds[name] ?? Payload([], .protobuf) }

    /// The stop with an id, be it one of an older timetable, or 404.
    func requiredStop(_ id: String) throws -> StopIndex {
        guard let stop = snapshot.network.stop(id: id) ?? formerIDs.stops[id] else {
            throw Refusal.notFound("there is no stop \(id)")
        }
        return stop
    }

    /// The route with an id, be it one of an older timetable.
    func route(id: String) -> RouteIndex? {
        snapshot.network.route(id: id) ?? formerIDs.routes[id]
    }

    /// Whether enough is known for an empty list of arrivals to mean that nothing comes: pings come
    /// in, and of some bus it is clear what it does.
    var isInformed: Bool {
        guard let last = snapshot.lastReceivedAt,
            snapshot.madeAt - last <= Self.longestSilence
        else { return false }
        return !snapshot.trips.isEmpty || snapshot.vehicles.contains { $0.state == .parked }
    }

    /// The same answer, or 503 when nobody can know: an empty list would say that nothing comes.
    func informed<Answer>(_ answer: Answer) throws -> Answer {
        guard isInformed else { throw Refusal.uninformed }
        return answer
    }

    /// Seconds without any ping after which nothing can be said about arrivals.
    static let longestSilence = 300.0
}

/// The feeds by the names in their addresses.
enum FeedName: String, CaseIterable, Sendable {
    case tripUpdates = "trip-updates"
    case vehiclePositions = "vehicle-positions"
    case serviceAlerts = "service-alerts"
    case combined = "feed"

    func message(of feeds: EncodedFeeds) -> [UInt8] {
        switch self {
        case .tripUpdates: feeds.tripUpdates
        case .vehiclePositions: feeds.vehiclePositions
        case .serviceAlerts: feeds.serviceAlerts
        case .combined: feeds.combined
        }
    }
}

/// Encodes and compresses what is to be published, off the actor that owns the live state; entities
/// that stay the same are kept from one edition to the next.
actor FeedPress {
    private var encoder = FeedEncoder()

    func print(_ edition: Published.Edition) -> Published {
        let feeds = encoder.encode(
            edition.snapshot, alerts: edition.alerts, header: edition.header)
        let payloads = FeedName.allCases.map { name in
            (
                name,
                Payload(
                    name.message(of: feeds), .protobuf, timestamp: edition.header.timestamp)
            )
        }
        return Published(edition, Dictionary(uniqueKeysWithValues: payloads))
    }
}

/// Where the newest ``Published`` hangs: readers take it by reference and wait for nobody.
final class Showcase: Sendable {
    private let newest = Mutex<Published?>(nil)

    /// The newest; nil until a timetable is loaded and the journal lived through.
    var published: Published? { newest.withLock { $0 } }

    /// Hangs up a newer one; what was overtaken while it was being made is dropped.
    func show(_ published: Published) {
        newest.withLock { shown in
            if let shown, shown.timestamp >= published.timestamp { return }
            shown = published
        }
    }
}
