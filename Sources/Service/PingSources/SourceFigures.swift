public import TransitModel

/// What a source of pings has met since it started, for figures and status.
public struct SourceFigures: Hashable, Sendable {
    /// Whether a connection stands now, or the last request was answered.
    public var isConnected = false
    /// When the last message was received; nil before the first.
    public var lastMessageAt: Timestamp?
    /// How often a connection came to stand.
    public var connections = 0
    /// Messages received.
    public var messages = 0
    /// Pings that the sink has kept.
    public var pings = 0
    /// Pings let go because the sink failed.
    public var lostPings = 0
    /// What was odd in messages, by name, and how often.
    public var notices: [String: Int] = [:]
    /// Ends of connections and failed attempts, by cause.
    public var faults: [String: Int] = [:]

    /// Makes zero figures.
    public init() {}
}

/// Why a source gets nothing at the moment.
struct SourceFault: Error, Hashable, CustomStringConvertible {
    /// The cause alone, to be counted.
    enum Kind: String, CaseIterable {
        /// There was no connection, or no answer in time.
        case unreachable
        /// The other side does not let us in, or has not what we ask for.
        case refused
        /// What came is no message of the format.
        case unreadable
        /// The connection ended.
        case closed
        /// The connection stood, but nothing came for too long.
        case silent
        /// What came broke the rules of the connection.
        case broken
        /// The sink could not keep pings.
        case unkept
    }

    var kind: Kind
    /// One line for a person, without keys or passwords.
    var description: String
    /// Seconds to wait that the other side asked for.
    var retryAfter: Double?

    init(_ kind: Kind, _ description: String, retryAfter: Double? = nil) {
        self.kind = kind
        self.description = description
        self.retryAfter = retryAfter
    }
}
