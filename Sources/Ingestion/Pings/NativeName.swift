/// The fields of our own format.
enum NativeName: String, CaseIterable {
    case vehicleID = "vehicle_id"
    case timestamp, latitude, longitude, bearing, occupancy
    case speed = "speed_mps"
    case accuracy = "accuracy_m"
    case routeID = "route_id"
    case directionID = "direction_id"
    case tripID = "trip_id"

    /// Short names, which modems like, beside the ones of the format.
    private static let names: [(StaticString, NativeName)] = [
        ("vehicle_id", .vehicleID), ("vehicle", .vehicleID), ("timestamp", .timestamp),
        ("ts", .timestamp), ("latitude", .latitude), ("lat", .latitude),
        ("longitude", .longitude), ("lon", .longitude), ("bearing", .bearing),
        ("speed_mps", .speed), ("speed", .speed), ("accuracy_m", .accuracy),
        ("accuracy", .accuracy), ("route_id", .routeID), ("direction_id", .directionID),
        ("trip_id", .tripID), ("occupancy", .occupancy),
    ]

    private static let longest = 12
    private static let byLength = (0...longest).map { length in
        names.filter { $0.0.utf8CodeUnitCount == length }
    }

    /// The field that some bytes name, in full or short.
    init?(_ bytes: [UInt8], _ range: Range<Int>) {
        guard range.count <= Self.longest else { return nil }
        let match = Self.byLength[range.count].first { name, _ in
            (0..<range.count).allSatisfy { bytes[range.lowerBound + $0] == name.utf8Start[$0] }
        }
        guard let match else { return nil }
        self = match.1
    }

    /// The fields of an element under their full names; a full name counts before a short one.
    static func fullNames(_ fields: [String: JSONValue]) -> [String: JSONValue] {
        var full: [String: JSONValue] = [:]
        for (name, value) in fields {
            let bytes = Array(name.utf8)
            guard let field = NativeName(bytes, bytes.indices) else { continue }
            if name == field.rawValue || full[field.rawValue] == nil {
                full[field.rawValue] = value
            }
        }
        return full
    }
}
