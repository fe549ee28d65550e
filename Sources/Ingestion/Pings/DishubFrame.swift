public import TransitModel

/// What one frame of the transport office's feed came to.
public struct DishubFrame: Hashable, Sendable {
    /// Fixes that are new, one for each bus that has one.
    public var pings: [Ping] = []
    /// Ids of all buses in the frame, whether their fixes were of use or not; a bus that is not
    /// among them is gone from the feed.
    public var vehiclesSeen: [String] = []
    /// What was odd, and how often.
    public var notices: [DishubNotice: Int] = [:]
    /// Whether the frame listed the fleet at all.
    public var isFleet = false

    /// Makes an empty frame.
    public init() {}

    mutating func count(_ notice: DishubNotice, _ times: Int) {
        if times > 0 { notices[notice, default: 0] += times }
    }
}

/// Something odd in a frame of the transport office's feed; each is counted.
public enum DishubNotice: String, Error, Hashable, Sendable, CaseIterable {
    /// The frame is no JSON.
    case notJSON = "not_json"
    /// The frame is of another type than the list of buses.
    case otherMessage = "other_message"
    /// An entry does not say which bus it is.
    case noVehicle = "no_vehicle"
    /// A bus has no position, or 0.
    case noFix = "no_fix"
    /// A bus is outside the area.
    case outsideArea = "outside_area"
    /// `last_update` did not move since the bus's last fix.
    case repeated
    /// `last_update` cannot be read or cannot be true; the time of receipt stands in.
    case unreadableTime = "unreadable_time"
    /// From this frame on, times are read in another zone.
    case wrongZone = "wrong_zone"
    /// From this frame on, latitude and longitude are taken the other way round.
    case otherOrder = "other_order"
}
