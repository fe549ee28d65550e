import Geometry
public import TransitModel

/// What a source of pings does otherwise than its format says.
///
/// Some trackers speak a format with the wrong unit, in local time, or with latitude and longitude
/// exchanged; an operator who knows of it says so once for the source. As a text it reads
/// `speed=kmh,swapped,zone=+07:00`, each part at most once and in any order.
public struct WireSettings: Hashable, Sendable {
    /// Unit of the speeds; nil for the one of the format.
    public var speedUnit: SpeedUnit?
    /// Whether latitude and longitude come the other way round than the format has them.
    public var isSwapped: Bool
    /// Seconds east of UTC of times that do not say; nil for the zone of the format.
    public var zoneOffset: Double?

    /// Makes settings; by default the format is right in all.
    public init(speedUnit: SpeedUnit? = nil, isSwapped: Bool = false, zoneOffset: Double? = nil) {
        self.speedUnit = speedUnit
        self.isSwapped = isSwapped
        self.zoneOffset = zoneOffset
    }

    /// Reads settings from a text; the empty text is the format as it stands.
    ///
    /// - Throws: A fault of kind ``PingFault/Kind/unusable`` that names the part.
    public init(_ text: String) throws(PingFault) {
        self.init()
        var names: Set<Substring> = []
        for part in text.split(separator: ",") {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard names.insert(pair[0]).inserted else {
                throw Self.unusable(part, "give \(pair[0]) once")
            }
            try read(pair[0], pair.count == 2 ? pair[1] : nil, of: part)
        }
    }

    /// The settings as ``init(_:)`` reads them.
    public var text: String {
        var parts: [String] = []
        if let speedUnit { parts.append("speed=\(speedUnit.rawValue)") }
        if isSwapped { parts.append("swapped") }
        if let zoneOffset { parts.append("zone=\(Self.zoneText(zoneOffset))") }
        return parts.joined(separator: ",")
    }

    private mutating func read(
        _ name: Substring, _ value: Substring?, of part: Substring
    ) throws(PingFault) {
        switch (name, value) {
        case ("speed", let value?):
            guard let unit = SpeedUnit(rawValue: String(value)) else {
                throw Self.unusable(part, "write speed=mps, kmh, mph or kn")
            }
            speedUnit = unit
        case ("swapped", nil): isSwapped = true
        case ("zone", let value?):
            guard let offset = CivilTime("1970-01-01T00:00:00\(value)")?.offset else {
                throw Self.unusable(part, "write an offset from UTC such as zone=+07:00")
            }
            zoneOffset = offset
        default: throw Self.unusable(part, "write speed=UNIT, swapped or zone=+HH:MM")
        }
    }

    private static func unusable(_ part: Substring, _ advice: String) -> PingFault {
        let shown = JSONValue.text(String(part)).shown
        return PingFault(.unusable, "the setting \(shown) is unusable: \(advice)")
    }

    private static func zoneText(_ offset: Double) -> String {
        let clock = ServiceTime(Int(offset.magnitude)).text
        return (offset < 0 ? "-" : "+") + clock.prefix(5)
    }
}

extension PingFields {
    /// A place on the earth, from the two fields in the order of the source.
    func coordinate(
        _ latitudeName: String,
        _ longitudeName: String,
        _ settings: WireSettings
    ) throws(PingFault) -> Coordinate {
        settings.isSwapped
            ? try coordinate(longitudeName, latitudeName)
            : try coordinate(latitudeName, longitudeName)
    }

    /// The same from `latitude` and `longitude`.
    func coordinate(_ settings: WireSettings) throws(PingFault) -> Coordinate {
        try coordinate("latitude", "longitude", settings)
    }

    /// Metres a second, from the source's unit or else the format's.
    func speed(
        _ name: String, in unit: SpeedUnit, _ settings: WireSettings
    ) throws(PingFault) -> Double? {
        try speed(name, in: settings.speedUnit ?? unit)
    }
}
