import Foundation
import Geometry
public import TransitModel

/// Writes the frames that ``DishubDecoder`` reads, as the transport office sends them: all values
/// are texts, speed is in km/h, and latitude and longitude are exchanged.
public struct DishubEncoder: Sendable {
    /// Whether `latitude` holds the longitude.
    public var isSwapped: Bool
    /// Seconds east of UTC in which times are written.
    public var zoneOffset: Double

    /// Makes an encoder; by default as the feed was in 2026.
    public init(isSwapped: Bool = true, zoneOffset: Double = 25_200) {
        self.isSwapped = isSwapped
        self.zoneOffset = zoneOffset
    }

    /// A frame with the whole fleet, one ping a bus; corridor and destination are the ping's claims.
    public func encode(_ fleet: [Ping]) -> String {
        let buses = fleet.map(bus).joined(separator: ",")
        return #"{"type":"allBusLocation","data":["# + buses + "]}"
    }

    private func bus(_ ping: Ping) -> String {
        let place = isSwapped ? ping.coordinate.swapped : ping.coordinate
        let fields = [
            ("bus", ping.vehicleID),
            ("latitude", degrees(place.latitude)),
            ("longitude", degrees(place.longitude)),
            ("corridor", ping.routeID ?? ""),
            ("speed", ping.speed.map { String(Int(($0 * 3.6).rounded())) } ?? ""),
            ("route", ping.directionText ?? ""),
            ("direct", ping.directionText ?? ""),
            ("last_update", ping.timestamp.civilText(zoneOffset: zoneOffset)),
        ]
        return "{" + fields.map { "\"\($0)\":\(quoted($1))" }.joined(separator: ",") + "}"
    }

    private func degrees(_ value: Double) -> String { String(format: "%.6f", value) }

    private func quoted(_ text: String) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        return (try? encoder.encode(text)).map { String(decoding: $0, as: UTF8.self) } ?? "\"\""
    }
}
