import Foundation
import Geometry
import TransitModel

/// A unit of speed that a source may speak in.
public enum SpeedUnit: String, Hashable, Sendable, CaseIterable {
    case metresPerSecond = "mps"
    case kilometresPerHour = "kmh"
    case milesPerHour = "mph"
    case knots = "kn"

    /// How many metres a second one unit is.
    public var metresPerSecond: Double {
        switch self {
        case .metresPerSecond: 1
        case .kilometresPerHour: 1 / 3.6
        case .milesPerHour: 0.44704
        case .knots: 1852.0 / 3600
        }
    }
}

/// The fields of one ping under the names of some wire, read one by one.
struct PingFields {
    /// Ids and other short texts may be so many bytes long.
    static let longestText = 128

    let values: [String: JSONValue]

    init(_ values: [String: JSONValue]) { self.values = values }

    /// The value of a field; nil when it is absent, null or blank.
    subscript(name: String) -> JSONValue? {
        switch values[name] {
        case nil, .null: nil
        case .text(let text) where text.trimmed.isEmpty: nil
        case let value: value
        }
    }

    /// The first of several names that has a value.
    func name(among names: String...) -> String {
        names.first { self[$0] != nil } ?? names[0]
    }

    /// A short text without blanks around it; a number counts as the text of its digits.
    func text(_ name: String) throws(PingFault) -> String? {
        guard let value = self[name] else { return nil }
        switch value {
        case .number(let number): return plain(number)
        case .text(let text):
            let trimmed = text.trimmed
            guard trimmed.utf8.count <= Self.longestText, !trimmed.utf8.contains(where: isControl)
            else { throw unusable(name, "send at most \(Self.longestText) visible bytes") }
            return trimmed
        default: throw unusable(name, "send a text")
        }
    }

    /// A finite number, which may be written as a text.
    func number(_ name: String) throws(PingFault) -> Double? {
        guard let value = self[name] else { return nil }
        let number: Double? =
            switch value {
            case .number(let number): number
            case .text(let text): Double(text.trimmed)
            default: nil
            }
        guard let number, number.isFinite else { throw unusable(name, "send a number") }
        return number
    }

    func unusable(_ name: String, _ advice: String) -> PingFault {
        PingFault(.unusable, "\(name) \(self[name]?.shown ?? "null") is unusable: \(advice)")
    }

    func missing(_ name: String, _ advice: String = "send it") -> PingFault {
        PingFault(.missing, "\(name) is missing: \(advice)")
    }
}

extension PingFields {
    /// A place on the earth that is not 0/0.
    func coordinate(
        _ latitudeName: String = "latitude",
        _ longitudeName: String = "longitude"
    ) throws(PingFault) -> Coordinate {
        guard let latitude = try number(latitudeName) else { throw missing(latitudeName) }
        guard let longitude = try number(longitudeName) else { throw missing(longitudeName) }
        let coordinate = Coordinate(latitude: latitude, longitude: longitude)
        // A pair that is a place only the other way round is for the engine, which sees by the network
        // whether the tracker exchanges them.
        if abs(latitude) > 90, abs(latitude) <= 180, abs(longitude) <= 90 { return coordinate }
        guard abs(latitude) <= 90 else { throw unusable(latitudeName, "send -90 to 90 degrees") }
        guard abs(longitude) <= 180 else {
            throw unusable(longitudeName, "send -180 to 180 degrees")
        }
        guard coordinate.isPlausible else {
            throw PingFault(
                .unusable,
                "\(latitudeName) and \(longitudeName) are 0: send nothing while there is no fix"
            )
        }
        return coordinate
    }

    /// Metres a second; nil for the negative or absurd values that stand for unknown.
    func speed(_ name: String, in unit: SpeedUnit) throws(PingFault) -> Double? {
        try number(name).map { $0 * unit.metresPerSecond }.flatMap { (0..<100 ~= $0) ? $0 : nil }
    }

    /// Degrees from 0 to below 360; nil for the negative or absurd values that stand for unknown.
    func bearing(_ name: String) throws(PingFault) -> Double? {
        try number(name).flatMap { (0...360 ~= $0) ? $0.truncatingRemainder(dividingBy: 360) : nil }
    }

    /// Metres above 0; nil for the 0 or less that stands for unknown.
    func accuracy(_ name: String) throws(PingFault) -> Double? {
        try number(name).flatMap { $0 > 0 ? $0 : nil }
    }

    /// A GTFS direction.
    func direction(_ name: String = "direction_id") throws(PingFault) -> Int? {
        guard let number = try number(name) else { return nil }
        guard number == 0 || number == 1 else { throw unusable(name, "send 0 or 1") }
        return Int(number)
    }

    /// A name or number of GTFS-Realtime's OccupancyStatus.
    func occupancy(_ name: String = "occupancy") throws(PingFault) -> Occupancy? {
        guard let text = try text(name) else { return nil }
        guard let occupancy = Occupancy(text: text) else {
            throw unusable(name, "send an OccupancyStatus of GTFS-Realtime, a name or 0 to 8")
        }
        return occupancy
    }
}

extension PingFields {
    /// When clocks of satellites and of people both were in use.
    private static let earliest = Timestamp(unix: 1_262_304_000)

    /// The same moment when a fix can have been taken then: from 2010 on, and not more than a day
    /// after it was received.
    func plausible(
        _ moment: Timestamp,
        _ name: String,
        receivedAt: Timestamp,
        advice: String
    ) throws(PingFault) -> Timestamp {
        let shown = "\(name) \(self[name]?.shown ?? "") is \(moment.isoText)"
        guard moment >= Self.earliest else { throw PingFault(.unusable, "\(shown): \(advice)") }
        guard moment - receivedAt <= 86_400 else {
            throw PingFault(.unusable, "\(shown), more than a day ahead: check the device's clock")
        }
        return moment
    }

    /// Whether a fix can have been taken at a moment.
    static func isPlausible(_ moment: Timestamp, receivedAt: Timestamp) -> Bool {
        moment >= earliest && moment - receivedAt <= 86_400
    }
}

extension String {
    /// Without blanks and line ends around it.
    var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }
}

private func isControl(_ byte: UInt8) -> Bool { byte < 0x20 || byte == 0x7F }
