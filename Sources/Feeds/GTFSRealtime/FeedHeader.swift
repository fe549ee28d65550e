/// What stands at the head of a feed message, beside the version 2.0 and FULL_DATASET that every
/// message says.
public struct FeedHeader: Hashable, Sendable {
    /// When the content was put together, in seconds since 1970.
    ///
    /// Whoever publishes makes sure that it never falls and moves whenever the content does.
    public var timestamp: Int64
    /// The version of the GTFS that the ids belong to; left out when empty.
    public var feedVersion: String

    /// Makes a header.
    public init(timestamp: Int64, feedVersion: String) {
        self.timestamp = timestamp
        self.feedVersion = feedVersion
    }
}
