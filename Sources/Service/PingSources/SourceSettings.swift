import Foundation
import Ingestion

/// What stands behind the `#` of a source's address: settings with commas between, each once.
struct SourceSettings: Hashable {
    /// The settings that not every source has.
    enum Name: String, CaseIterable {
        case header, interval, client, vehicle
    }

    /// A header with a key, from `header=NAME:VALUE`.
    var header: PositionsSource.Header?
    /// From one request to the next, from `interval=SECONDS`.
    var interval: Duration?
    /// A name to be known by, from `client=NAME`.
    var clientID: String?
    /// Whether only the topic names a vehicle, from `vehicle=topic`.
    var onlyTopic = false
    /// What the sender does otherwise than its format, from all others.
    var wire = WireSettings()

    /// Reads settings; a fault names the setting, never its value, which may be a key.
    init(_ text: String, allowing names: Set<Name>) throws(ServiceFault) {
        var others: [Substring] = []
        var seen: Set<Name> = []
        for part in text.split(separator: ",") {
            let pair = part.split(separator: "=", maxSplits: 1)
            guard pair.count == 2, let name = Name(rawValue: String(pair[0])) else {
                others.append(part)
                continue
            }
            guard names.contains(name), seen.insert(name).inserted,
                let value = String(pair[1]).removingPercentEncoding, read(name, value)
            else { throw Self.unusable(name, names) }
        }
        do throws(PingFault) {
            wire = try WireSettings(others.joined(separator: ","))
        } catch {
            throw ServiceFault("\(error)")
        }
    }

    /// False when the value cannot be used.
    private mutating func read(_ name: Name, _ value: String) -> Bool {
        switch name {
        case .header:
            header = Self.header(value)
            return header != nil
        case .interval:
            guard let seconds = Double(value), 1...3600 ~= seconds else { return false }
            interval = .seconds(seconds)
            return true
        case .client:
            clientID = value
            return 1...64 ~= value.utf8.count
        case .vehicle:
            onlyTopic = value == "topic"
            return onlyTopic
        }
    }

    private static func header(_ text: String) -> PositionsSource.Header? {
        let pair = text.split(separator: ":", maxSplits: 1)
        guard pair.count == 2, pair[0].utf8.allSatisfy(isTokenByte),
            !text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F })
        else { return nil }
        let value = pair[1].drop { $0 == " " }
        return PositionsSource.Header(name: String(pair[0]), value: String(value))
    }

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        Character(Unicode.Scalar(byte)).isLetter || Character(Unicode.Scalar(byte)).isNumber
            || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }

    private static func unusable(_ name: Name, _ allowed: Set<Name>) -> ServiceFault {
        guard allowed.contains(name) else {
            return ServiceFault("the setting \(name.rawValue) is not for this kind of source")
        }
        let form =
            switch name {
            case .header: "header=NAME:VALUE, percent-encoded where need be"
            case .interval: "interval=SECONDS, 1 to 3600"
            case .client: "client=NAME, up to 64 bytes"
            case .vehicle: "vehicle=topic"
            }
        return ServiceFault("the setting \(name.rawValue) is unusable: write \(form), once")
    }
}
