import Ingestion
import Logging
import Synchronization

/// One connection's memory: when it was heard, and what has been logged of it.
final class DishubSession: Sendable {
    private struct State {
        var watch: FeedWatch
        var noticed: Set<DishubNotice> = []
        var hasReportedSink = false
    }

    private let state: Mutex<State>
    private let name: String
    private let logger: Logger

    init(name: String, silence: Duration, logger: Logger) {
        self.name = name
        self.logger = logger
        state = Mutex(State(watch: FeedWatch(silence: silence, since: .now)))
    }

    /// How long the connection has brought what it is there for.
    var steadySeconds: Double { state.withLock { $0.watch.steadySeconds } }

    /// Notes that a frame came, and logs what is odd about it for the first time.
    func heard(_ frame: DishubFrame) {
        let fresh = state.withLock { state in
            state.watch.heard(at: .now, fleet: frame.isFleet)
            return frame.notices.keys.filter { state.noticed.insert($0).inserted }
        }
        // The feed repeats every bus until its next fix, which is no oddity.
        for notice in fresh.sorted(by: { $0.rawValue < $1.rawValue }) where notice != .repeated {
            logger.notice("\(name): \(notice.sentence)")
        }
    }

    /// Notes that the frame has been dealt with.
    func waits() { state.withLock { $0.watch.waits(at: .now) } }

    /// Logs that pings could not be kept, once.
    func report(sinkFailure error: any Error) {
        let isFirst = state.withLock { state in
            defer { state.hasReportedSink = true }
            return !state.hasReportedSink
        }
        if isFirst { logger.error("\(name): pings could not be kept: \(error)") }
    }

    /// Waits until the feed is dead, and throws then.
    func watch() async throws {
        while let deadline = state.withLock({ $0.watch.deadline(at: .now) }) {
            try await Task.sleep(until: deadline, clock: .continuous)
        }
        throw DishubFault.silent
    }
}

extension DishubNotice {
    /// One line for a person.
    fileprivate var sentence: String {
        switch self {
        case .notJSON: "a frame is no JSON"
        case .otherMessage: "a message is not the list of buses"
        case .noVehicle: "an entry does not say which bus it is"
        case .noFix: "a bus has no position"
        case .outsideArea: "a bus is outside the area"
        case .repeated: "a bus repeats its last fix"
        case .unreadableTime: "a last_update cannot be read, so the time of receipt stands in"
        case .wrongZone: "last_update is in another time zone than thought, and now read so"
        case .otherOrder: "latitude and longitude come the other way round from now on"
        }
    }
}
