public import Logging
public import TransitModel

/// The kinds of outside sources, by the names that `serve --source NAME=URL` gives them.
public enum SourceKind: String, Hashable, Sendable, CaseIterable {
    /// The WebSocket of Padang's transport office.
    case dishub
    /// GTFS-Realtime vehicle positions, polled.
    case positions
    /// HSL's High-frequency positioning over MQTT.
    case hfp
    /// Our own JSON over MQTT.
    case mqtt

    /// How its address is written.
    public var form: String {
        switch self {
        case .dishub: "dishub=wss://HOST/PATH"
        case .positions: "positions=https://HOST/PATH"
        case .hfp: "hfp=mqtts://HOST/TOPIC"
        case .mqtt: "mqtt=mqtts://USER:PASSWORD@HOST/TOPIC"
        }
    }

    /// All forms, for people who have written another.
    public static var forms: String {
        allCases.map(\.form).joined(separator: ", ")
    }
}

extension SourceAddress {
    /// Its kind: the name up to a `-`; nil for none that we know.
    ///
    /// What follows the `-` tells sources of one kind apart, in letters, digits, `-` and `_`.
    public var kind: SourceKind? {
        let parts = name.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        let isLabel = parts.dropFirst().allSatisfy { label in
            !label.isEmpty && label.utf8.count <= 64
                && label.unicodeScalars.allSatisfy {
                    "-_".unicodeScalars.contains($0)
                        || $0.isASCII && ($0.properties.isAlphabetic || ("0"..."9").contains($0))
                }
        }
        return isLabel ? SourceKind(rawValue: String(parts[0])) : nil
    }

    /// Makes the source, which does nothing before it is run.
    ///
    /// - Parameters:
    ///   - now: The clock that says when something was received.
    ///   - logger: Where the source says what troubles it.
    /// - Returns: The source under the address's name.
    /// - Throws: When name, URL or settings cannot be used; keys and passwords are not repeated.
    public func source(
        now: @escaping @Sendable () -> Timestamp, logger: Logger
    ) throws -> any PingSource {
        switch kind {
        case .dishub: try dishub(now, logger)
        case .positions: try positions(now, logger)
        case .hfp: try mqtt(allowing: [.client], now, logger) { _ in .hfp }
        case .mqtt:
            try mqtt(allowing: [.client, .vehicle], now, logger) {
                .native(onlyTopic: $0.onlyTopic)
            }
        case nil: throw ServiceFault("there is no source \(name): use \(SourceKind.forms)")
        }
    }

    private func dishub(
        _ now: @escaping @Sendable () -> Timestamp, _ logger: Logger
    ) throws -> any PingSource {
        let (url, settings) = try taken(apart: url, allowing: [])
        var manners = DishubSource.Settings()
        manners.wire = settings.wire
        return try DishubSource(url: url, name: name, settings: manners, now: now, logger: logger)
    }

    private func positions(
        _ now: @escaping @Sendable () -> Timestamp, _ logger: Logger
    ) throws -> any PingSource {
        let (url, settings) = try taken(apart: url, allowing: [.header, .interval])
        var manners = PositionsSource.Settings()
        manners.header = settings.header
        manners.interval = settings.interval ?? manners.interval
        manners.wire = settings.wire
        return try PositionsSource(
            url: url, name: name, settings: manners, now: now, logger: logger)
    }

    private func mqtt(
        allowing names: Set<SourceSettings.Name>, _ now: @escaping @Sendable () -> Timestamp,
        _ logger: Logger, payload: (SourceSettings) -> MQTTSource.Payload
    ) throws -> any PingSource {
        // A topic may end in `/#`, which asks for all below it.
        let whole = url.replacing("/#", with: "/%23", maxReplacements: 1)
        let (url, settings) = try taken(apart: whole, allowing: names)
        var manners = MQTTSource.Settings(payload: payload(settings))
        manners.clientID = settings.clientID
        manners.wire = settings.wire
        return try MQTTSource(url: url, name: name, settings: manners, now: now, logger: logger)
    }

    private func taken(
        apart text: String, allowing names: Set<SourceSettings.Name>
    ) throws(ServiceFault) -> (url: String, settings: SourceSettings) {
        let parts = text.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        let settings = parts.count == 2 ? String(parts[1]) : ""
        do throws(ServiceFault) {
            return (String(parts[0]), try SourceSettings(settings, allowing: names))
        } catch {
            throw ServiceFault("source \(name): \(error)")
        }
    }
}
