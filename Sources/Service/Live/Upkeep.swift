import ETAEngine
import ServiceLifecycle
import Storage
import TransitModel

/// Keeps what was learned every few minutes, and forgets what is too old every hour.
struct Upkeep: ServiceLifecycle.Service {
    let live: LiveService

    private static let pause = Duration.seconds(300)
    private static let pausesBetweenPrunings = 12

    func run() async throws {
        try? await cancelWhenGracefulShutdown {
            for count in 1... {
                try await Task.sleep(for: Self.pause)
                await live.keepLearnedTimes()
                if count.isMultiple(of: Self.pausesBetweenPrunings) { await live.prune() }
            }
        }
    }
}

extension LiveService {
    private static let daysOfPings = 30.0
    private static let daysOfStopEvents = 400.0
    private static let daysOfFormerIDs = 2000.0

    /// Has what the engine has learned written down.
    func keepLearnedTimes() {
        guard let learned = learnedTimes() else { return }
        background.write("learned travel times cannot be kept") { [stores] in
            try stores.travelTimes.save(learned)
        }
    }

    /// Has calls at stops written down.
    func keep(_ events: [StopEvent], on network: Network) {
        guard !events.isEmpty else { return }
        background.write("\(events.count) calls at stops cannot be kept") { [stores] in
            try stores.stopEvents.append(events, on: network)
        }
    }

    /// Has pings and calls forgotten that nobody needs any more.
    func prune() {
        guard let network = timetable?.network else { return }
        let now = moment()
        background.write("old pings cannot be deleted") { [stores] in
            try stores.journal.prune(before: now - Self.daysOfPings * 86_400)
            try stores.stopEvents.prune(before: now - Self.daysOfStopEvents * 86_400)
            // The ids in force were last seen when the service started, maybe long ago.
            try stores.ids.note(network, at: now)
            try stores.ids.prune(before: now - Self.daysOfFormerIDs * 86_400)
        }
    }
}
