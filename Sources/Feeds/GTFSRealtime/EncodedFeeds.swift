/// The feeds of one snapshot: messages are put together from the same entities, so that all are of one
/// generation.
public struct EncodedFeeds: Sendable {
    let header: [UInt8]
    let updates: [[UInt8]]
    let positions: [[UInt8]]
    let alerts: [[UInt8]]

    /// A FeedMessage of the trip updates.
    public var tripUpdates: [UInt8] { message(updates) }
    /// A FeedMessage of the vehicle positions.
    public var vehiclePositions: [UInt8] { message(positions) }
    /// A FeedMessage of the alerts.
    public var serviceAlerts: [UInt8] { message(alerts) }
    /// A FeedMessage of trip updates, vehicle positions and alerts.
    public var combined: [UInt8] { message(updates, positions, alerts) }

    private func message(_ parts: [[UInt8]]...) -> [UInt8] {
        var message = header
        message.reserveCapacity(parts.joined().reduce(header.count) { $0 + $1.count })
        for part in parts {
            for entity in part { message += entity }
        }
        return message
    }
}
