public import Ingestion
public import TransitModel

/// What a ``DishubSource`` has met since it started, for figures and status.
public struct DishubCounts: Hashable, Sendable {
    /// Whether a connection stands now.
    public var isConnected = false
    /// When the last message was received; nil before the first.
    public var lastMessageAt: Timestamp?
    /// Connections that stood.
    public var connections = 0
    /// Messages received.
    public var messages = 0
    /// Pings that the sink has kept.
    public var pings = 0
    /// Pings let go because the sink failed.
    public var lostPings = 0
    /// Oddities in frames.
    public var notices: [DishubNotice: Int] = [:]
    /// Ends of connections and of attempts, by cause.
    public var faults: [DishubFault.Kind: Int] = [:]

    /// Makes zero counts.
    public init() {}

    /// The same under names, as every source tells it.
    var figures: SourceFigures {
        var figures = SourceFigures()
        figures.isConnected = isConnected
        figures.lastMessageAt = lastMessageAt
        figures.connections = connections
        figures.messages = messages
        figures.pings = pings
        figures.lostPings = lostPings
        figures.notices = Dictionary(
            uniqueKeysWithValues: notices.map { ($0.key.rawValue, $0.value) })
        figures.faults = Dictionary(
            uniqueKeysWithValues: faults.map { ($0.key.rawValue, $0.value) })
        return figures
    }

    mutating func begin() {
        connections += 1
        isConnected = true
    }

    mutating func add(_ frame: DishubFrame, at moment: Timestamp) {
        messages += 1
        lastMessageAt = moment
        notices.merge(frame.notices, uniquingKeysWith: +)
    }
}

/// Why a connection to the transport office's feed ended or did not come about.
public enum DishubFault: Error, Sendable, CustomStringConvertible {
    /// No message came for too long.
    case silent
    /// The server closed the connection.
    case closed
    /// There was no connection.
    case unreachable(WebSocketFault)
    /// The connection broke, or what came was no WebSocket any more.
    case broken(String)

    /// The cause alone, to be counted.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case silent, closed, unreachable, broken
    }

    init(_ error: any Error) {
        self =
            switch error {
            case let fault as DishubFault: fault
            case let fault as WebSocketFault: .unreachable(fault)
            default: .broken("\(error)")
            }
    }

    /// The cause alone.
    public var kind: Kind {
        switch self {
        case .silent: .silent
        case .closed: .closed
        case .unreachable: .unreachable
        case .broken: .broken
        }
    }

    /// One line for a person.
    public var description: String {
        switch self {
        case .silent: "the feed has fallen silent"
        case .closed: "the server closed the connection"
        case .unreachable(let fault): "\(fault)"
        case .broken(let reason): "the connection broke: \(reason)"
        }
    }
}
