import ETAEngine
import Feeds
import TransitModel

/// What `/healthz` says: how old everything is, and whether that is as it should be.
struct Health: Codable, Sendable {
    /// `ok`; `starting` before anything is published; `degraded` when pings or feeds are old, or pings
    /// cannot be kept.
    var status: String
    var uptimeS: Int
    /// Seconds since the feeds were published; null before the first time.
    @Nullable var publishedAgeS: Int?
    /// Seconds since a ping came in; null when none did.
    @Nullable var lastReceivedAgeS: Int?
    /// Seconds since which pings cannot be kept; null while they can.
    @Nullable var journalFailingS: Int?
    /// `feed_version` of the timetable in force.
    @Nullable var networkVersion: String?

    /// Seconds without a ping after which something is wrong.
    private static let longestSilence = 60.0
    /// Seconds after which feeds should long have been published anew.
    private static let oldestFeed = 30.0

    enum CodingKeys: String, CodingKey {
        case status
        case uptimeS = "uptime_s"
        case publishedAgeS = "published_age_s"
        case lastReceivedAgeS = "last_received_age_s"
        case journalFailingS = "journal_failing_s"
        case networkVersion = "network_version"
    }

    init(
        _ published: Published?, journalFailingSince failure: Timestamp?, startedAt: Timestamp,
        now: Timestamp
    ) {
        let publishedAge = published.map { now - $0.snapshot.madeAt }
        let pingAge = published?.snapshot.lastReceivedAt.map { now - $0 }
        uptimeS = Int(now - startedAt)
        publishedAgeS = publishedAge.map { Int($0) }
        lastReceivedAgeS = pingAge.map { Int($0) }
        networkVersion = published?.snapshot.network.version
        journalFailingS = failure.map { Int(now - $0) }
        let isFresh = (publishedAge ?? .infinity) <= Self.oldestFeed
        let isFed = (pingAge ?? .infinity) <= Self.longestSilence
        let isWell = isFresh && isFed && failure == nil
        status = published == nil ? "starting" : isWell ? "ok" : "degraded"
    }
}

extension LiveService {
    /// How the service stands now.
    func health() -> Health {
        Health(
            showcase.published, journalFailingSince: intake.account.figures.failingSince,
            startedAt: startedAt, now: moment())
    }

    /// Seconds since the start.
    func uptime() -> Double { moment() - startedAt }
}
