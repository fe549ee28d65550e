import Geometry
import TransitModel

/// A ping of our own format in which nothing is odd, nearly all of them, read in one pass.
///
/// Whatever is odd is left to the careful reading of ``NativePingDecoder``, which words what is wrong;
/// where this gives a ping, that would give the same.
struct PlainPing {
    private var vehicleID, routeID, tripID: String?
    private var timestamp, latitude, longitude: Double?
    private var speed, bearing, accuracy, direction: Double?

    /// Reads an object; nil when anything about it is odd, and then the scan has stopped anywhere.
    init?(from scanner: inout JSONScanner) {
        var fields = Self()
        let isPlain = scanner.object { scanner, name, isPlain in
            guard isPlain else { return false }
            guard let field = NativeName(scanner.bytes, name) else {
                return scanner.bytes[name].allSatisfy { $0 < 0x80 } && Self.pass(&scanner)
            }
            return fields.take(field, &scanner)
        }
        guard isPlain else { return nil }
        self = fields
    }

    private init() {}

    private mutating func take(_ name: NativeName, _ scanner: inout JSONScanner) -> Bool {
        switch name {
        case .vehicleID: Self.text(&scanner, &vehicleID)
        case .routeID: Self.text(&scanner, &routeID)
        case .tripID: Self.text(&scanner, &tripID)
        case .timestamp: Self.number(&scanner, &timestamp)
        case .latitude: Self.number(&scanner, &latitude)
        case .longitude: Self.number(&scanner, &longitude)
        case .speed: Self.number(&scanner, &speed)
        case .bearing: Self.number(&scanner, &bearing)
        case .accuracy: Self.number(&scanner, &accuracy)
        case .directionID: Self.number(&scanner, &direction)
        case .occupancy: false
        }
    }

    private static func number(_ scanner: inout JSONScanner, _ place: inout Double?) -> Bool {
        guard place == nil, let number = scanner.number() else { return false }
        place = number
        return true
    }

    /// Passes over a simple value that we have no use for.
    private static func pass(_ scanner: inout JSONScanner) -> Bool {
        scanner.skipBlanks()
        return switch scanner.next {
        case UInt8(ascii: "t"): scanner.literal("true")
        case UInt8(ascii: "f"): scanner.literal("false")
        case UInt8(ascii: "n"): scanner.literal("null")
        default: scanner.number() != nil
        }
    }

    /// A text of visible ASCII; one without a character stands for none and is odd.
    private static func text(_ scanner: inout JSONScanner, _ place: inout String?) -> Bool {
        guard place == nil, let text = scanner.text(), text.isPlain,
            1...PingFields.longestText ~= text.range.count
        else { return false }
        let bytes = scanner.bytes[text.range]
        guard bytes.allSatisfy({ 0x21...0x7E ~= $0 }) else { return false }
        place = String(decoding: bytes, as: UTF8.self)
        return true
    }

    /// The ping; nil when something that must be there is not, or cannot be true.
    func ping(
        vehicleID allowed: String?, _ settings: WireSettings, receivedAt: Timestamp
    ) -> Ping? {
        guard let vehicle = allowed ?? vehicleID, vehicleID == nil || vehicleID == vehicle,
            let timestamp, let latitude = settings.isSwapped ? longitude : latitude,
            let longitude = settings.isSwapped ? self.latitude : longitude,
            isInRange(speed(settings)),
            !Timestamp.looksLikeMilliseconds(timestamp),
            PingFields.isPlausible(Timestamp(timestamp), receivedAt: receivedAt)
        else { return nil }
        let coordinate = Coordinate(latitude: latitude, longitude: longitude)
        guard abs(latitude) <= 90, abs(longitude) <= 180, coordinate.isPlausible else { return nil }
        return Ping(
            vehicleID: vehicle, timestamp: Timestamp(timestamp), receivedAt: receivedAt,
            coordinate: coordinate, speed: speed == nil ? nil : speed(settings),
            bearing: bearing.map { $0 == 360 ? 0 : $0 },
            accuracy: accuracy.flatMap { $0 > 0 ? $0 : nil }, routeID: routeID,
            directionID: direction.map { Int($0) }, tripID: tripID)
    }

    /// Metres a second; 0 for none.
    private func speed(_ settings: WireSettings) -> Double {
        (speed ?? 0) * (settings.speedUnit ?? .metresPerSecond).metresPerSecond
    }

    private func isInRange(_ speed: Double) -> Bool {
        0..<100 ~= speed && 0...360 ~= bearing ?? 0
            && (direction == nil || direction == 0 || direction == 1)
    }
}
