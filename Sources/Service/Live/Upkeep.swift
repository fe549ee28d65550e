import ETAEngine
import ServiceLifecycle
import Storage
import TransitModel

/// Keeps grades every minute and what was learned every few, and forgets what is too old soon after
/// the start and every hour.
struct Upkeep: ServiceLifecycle.Service {
    let live: LiveService
    let retention: Retention

    private static let pause = Duration.seconds(60)
    private static let pausesBetweenLessons = 5
    private static let pausesBetweenPrunings = 60

    func run() async throws {
        try? await cancelWhenGracefulShutdown {
            for count in 0... {
                if count.isMultiple(of: Self.pausesBetweenPrunings) {
                    try await live.waitUntilReady()
                    await live.prune(retention)
                }
                try await Task.sleep(for: Self.pause)
                await live.keepGrades()
                if (count + 1).isMultiple(of: Self.pausesBetweenLessons) {
                    await live.keepExperience()
                }
            }
        }
    }
}

/// For how many days what came in is kept.
public struct Retention: Hashable, Sendable {
    /// Pings as they came.
    public var daysOfPings = 30.0
    /// Calls at stops.
    public var daysOfStopEvents = 730.0
    /// How well riders were told, day by day.
    static let daysOfGrades = 400
    /// The same by stop and by hour.
    static let daysOfDetailedGrades = 35
    /// What ids of timetables meant that are long gone.
    static let daysOfFormerIDs = 2000.0

    /// Makes the usual periods.
    public init() {}
}

extension LiveService {
    /// Has what the engine has learned written down.
    func keepExperience() {
        guard let experience = experience() else { return }
        background.write("what was learned cannot be kept") { [stores] in
            try stores.experience.save(experience)
        }
    }

    /// Has grades written down; what cannot be written is tried again with the next.
    func keepGrades() {
        let now = moment()
        background.write("grades cannot be kept yet") { [gradebook] in
            try gradebook.keep(at: now)
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
    func prune(_ retention: Retention) {
        guard let network = timetable?.network else { return }
        let now = moment()
        let today = network.serviceDay.date(at: now)
        background.write("old pings cannot be deleted") { [stores] in
            try stores.journal.prune(before: now - retention.daysOfPings * 86_400)
            try stores.stopEvents.prune(before: now - retention.daysOfStopEvents * 86_400)
            try stores.accuracy.prune(
                detailBefore: today - Retention.daysOfDetailedGrades,
                allBefore: today - Retention.daysOfGrades)
            // The ids in force were last seen when the service started, maybe long ago.
            try stores.ids.note(network, at: now)
            try stores.ids.prune(before: now - Retention.daysOfFormerIDs * 86_400)
        }
    }
}
