import Ingestion
import Logging
import Synchronization
import TransitModel

/// Counts what a source meets and logs what deserves a line, each kind of trouble once a connection.
final class SourceTally: Sendable {
    private struct State {
        var figures = SourceFigures()
        var noticed: Set<String> = []
        var lastFault: SourceFault.Kind?
    }

    let name: String
    private let logger: Logger
    private let state = Mutex(State())

    init(name: String, logger: Logger) {
        self.name = name
        self.logger = logger
    }

    var figures: SourceFigures { state.withLock { $0.figures } }

    /// A connection stands; says so only when none stood before.
    ///
    /// With `isProof` that shows the source to be well, so that its next failure is news; without, that
    /// is left to ``proved()``.
    func connected(to address: some CustomStringConvertible, isProof: Bool = true) {
        let isNew = state.withLock { state in
            guard !state.figures.isConnected else { return false }
            state.figures.isConnected = true
            state.figures.connections += 1
            if isProof { state.lastFault = nil }
            return true
        }
        if isNew { logger.info("\(name): connected to \(address)") }
    }

    /// The connection has brought what it is there for, so that its end is news.
    func proved() { state.withLock { $0.lastFault = nil } }

    /// No connection stands any more; on the next, oddities are worth a line again.
    func disconnected() {
        state.withLock { state in
            state.figures.isConnected = false
            state.noticed = []
        }
    }

    /// Messages came.
    func heard(_ messages: Int, at moment: Timestamp) {
        state.withLock { state in
            state.figures.messages += messages
            state.figures.lastMessageAt = moment
        }
    }

    /// The sink has kept pings.
    func kept(_ pings: Int) { state.withLock { $0.figures.pings += pings } }

    /// Pings are let go for good.
    func lost(_ pings: Int) { state.withLock { $0.figures.lostPings += pings } }

    /// Counts something that is no trouble.
    func count(_ notice: String, _ times: Int) {
        guard times > 0 else { return }
        state.withLock { $0.figures.notices[notice, default: 0] += times }
    }

    /// Counts what could not be used, and logs the first of each kind.
    func note(_ faults: some Sequence<PingFault>) {
        for fault in faults { note(fault.kind.figure, 1, fault.description) }
    }

    /// Counts an oddity; logs it when it is the first of its kind.
    func note(_ notice: String, _ times: Int, _ line: String) {
        let isFirst = state.withLock { state in
            state.figures.notices[notice, default: 0] += times
            return state.noticed.insert(notice).inserted
        }
        if isFirst { logger.notice("\(name): \(line)") }
    }

    /// Counts a failure; logs it unless the one before was of the same kind.
    func failed(_ fault: SourceFault, pause: Duration) {
        let isNews = state.withLock { state in
            state.figures.isConnected = false
            state.figures.faults[fault.kind.rawValue, default: 0] += 1
            defer { state.lastFault = fault.kind }
            return state.lastFault != fault.kind
        }
        let seconds = Int((pause / .seconds(1)).rounded())
        logger.log(
            level: isNews ? .warning : .debug, "\(name): \(fault); trying again in \(seconds) s")
    }
}

extension PingFault.Kind {
    /// The name in figures.
    fileprivate var figure: String {
        switch self {
        case .unreadable: "unreadable"
        case .missing: "missing"
        case .unusable: "unusable"
        case .tooLarge: "too_large"
        case .otherVehicle: "other_vehicle"
        }
    }
}
