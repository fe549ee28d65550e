import Foundation

/// One element of a native message, as far as it was JSON.
///
/// Each field is read first as what it ought to be: a wrong guess costs more than the whole rest of
/// an element.
struct NativeElement: Decodable {
    /// The fields of our format that the element has; nil when it is no object.
    let fields: [String: JSONValue]?

    private enum Key: String, CodingKey, CaseIterable {
        case vehicleID = "vehicle_id"
        case timestamp, latitude, longitude, bearing, occupancy
        case speed = "speed_mps"
        case accuracy = "accuracy_m"
        case routeID = "route_id"
        case directionID = "direction_id"
        case tripID = "trip_id"

        var isText: Bool {
            switch self {
            case .vehicleID, .routeID, .tripID, .occupancy: true
            default: false
            }
        }
    }

    init(from decoder: any Decoder) throws {
        guard let object = try? decoder.container(keyedBy: Key.self) else {
            fields = nil
            return
        }
        var fields: [String: JSONValue] = [:]
        fields.reserveCapacity(Key.allCases.count)
        for key in Key.allCases where object.contains(key) {
            fields[key.rawValue] = try Self.value(of: key, in: object)
        }
        self.fields = fields
    }

    private static func value(
        of key: Key,
        in object: KeyedDecodingContainer<Key>
    ) throws -> JSONValue {
        if key.isText, let text = try? object.decode(String.self, forKey: key) {
            return .text(text)
        }
        if !key.isText, let number = try? object.decode(Double.self, forKey: key) {
            return .number(number)
        }
        return try object.decode(JSONValue.self, forKey: key)
    }

    /// The elements of a body: an object, an array, or one object a line; nil when it is no JSON.
    ///
    /// A line that is no JSON is an element without fields.
    static func elements(of body: [UInt8]) -> [NativeElement]? {
        let decoder = JSONDecoder()
        let isArray = body.first { !$0.isBlank && !$0.isLineEnd } == UInt8(ascii: "[")
        if isArray, let elements = try? decoder.decode([Self].self, from: Data(body)) {
            return elements
        }
        if let element = try? decoder.decode(Self.self, from: Data(body)) {
            return element.fields == nil ? nil : [element]
        }
        let lines = body.split(whereSeparator: \.isLineEnd).filter { !$0.allSatisfy(\.isBlank) }
        let elements = lines.map { try? decoder.decode(Self.self, from: Data($0)) }
        guard lines.count > 1, elements.contains(where: { $0 != nil }) else { return nil }
        return elements.map { $0 ?? NativeElement() }
    }

    private init() { fields = nil }
}
