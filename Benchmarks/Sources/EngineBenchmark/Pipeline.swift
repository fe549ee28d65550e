import ETAEngine
import Feeds
import Foundation
import Ingestion
import Measuring
import TransitModel

/// Recorded pings to feeds, as a small agency's script in Python does it, timed as that times itself.
///
/// As there, each ping is matched and all stops ahead of its vehicle are foretold, and every so many
/// seconds of feed time both feeds are made. Other than there, a ping is judged first and need not
/// name its trip; travel times are learned; and what is published is of the moment of publishing,
/// foretold anew unless it stands from before, together with next trips and timetabled trips that
/// have no bus. Pings are taken in order of receipt, there in order of their fixes.
struct Pipeline {
    private let network: Network
    private let pings: [Ping]
    private let every: Double
    private let loadSeconds: Double
    private var engine: Engine

    init(folder: String, every: Double) throws {
        let start = ContinuousClock.now
        network = try ScheduleLoader.load(path: folder + "/gtfs.zip").network
        pings = try ReplayPingReader.read(path: folder + "/pings.csv.gz").pings
        engine = Engine(network: network)
        self.every = every
        loadSeconds = (ContinuousClock.now - start) / .seconds(1)
    }

    mutating func run() {
        var figures = Figures()
        let start = ContinuousClock.now
        replay(&figures)
        figures.seconds = (ContinuousClock.now - start) / .seconds(1)
        show(figures)
    }

    /// What was done, and the seconds it took.
    private struct Figures {
        var seconds = 0.0
        var publishing = 0.0
        var snapshots = 0.0
        var publishes = 0
        var bytes = 0
        var entities = 0
        var predicted = 0
        var stopUpdates = 0
        var counts = Engine.Counts()
    }

    private mutating func replay(_ figures: inout Figures) {
        var encoder = FeedEncoder()
        guard var next = pings.first.map({ $0.receivedAt + every }) else { return }
        for ping in pings {
            while ping.receivedAt >= next {
                publish(&encoder, at: next, &figures)
                next = next + every
            }
            engine.receive(ping)
            guard let trip = engine.prediction(of: ping.vehicleID, at: ping.receivedAt) else {
                continue
            }
            figures.predicted += 1
            figures.stopUpdates += trip.stops.count
        }
        figures.counts = engine.counts
    }

    private mutating func publish(
        _ encoder: inout FeedEncoder, at now: Timestamp, _ figures: inout Figures
    ) {
        let start = ContinuousClock.now
        let snapshot = engine.snapshot(at: now)
        figures.snapshots += (ContinuousClock.now - start) / .seconds(1)
        let header = FeedHeader(timestamp: now.unix, feedVersion: network.version)
        let feeds = encoder.encode(snapshot, header: header)
        figures.bytes += feeds.tripUpdates.count + feeds.vehiclePositions.count
        _ = engine.takeStopEvents()
        figures.publishes += 1
        figures.entities += snapshot.trips.count
        figures.publishing += (ContinuousClock.now - start) / .seconds(1)
    }

    private func show(_ figures: Figures) {
        let publishes = Double(max(1, figures.publishes))
        let all = Double(pings.count)
        printFigure("pings", pings.count)
        printFigure("load_s", loadSeconds)
        printFigure("replay_s", figures.seconds)
        printFigure("pings_per_s", all / figures.seconds)
        printFigure("matchpredict_pings_per_s", all / (figures.seconds - figures.publishing))
        printFigure("encode_ms", figures.publishing / publishes * 1000)
        printFigure("snapshot_ms", figures.snapshots / publishes * 1000)
        printFigure("publishes", figures.publishes)
        printFigure("feed_bytes_mean", Double(figures.bytes) / publishes)
        printFigure("trips_foretold_mean", Double(figures.entities) / publishes)
        printFigure("predicted", figures.predicted)
        printFigure("stop_updates", figures.stopUpdates)
        printFigure("on_run_share", Double(figures.counts.matched) / all)
    }
}
