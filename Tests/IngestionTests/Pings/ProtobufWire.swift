/// Writes the wire format of protobuf, for tests of what reads it.
enum ProtobufWire {
    static func varint(_ number: UInt64) -> [UInt8] {
        number < 0x80 ? [UInt8(number)] : [UInt8(number & 0x7F) | 0x80] + varint(number >> 7)
    }

    static func number(_ field: UInt64, _ value: UInt64) -> [UInt8] {
        varint(field << 3) + varint(value)
    }

    static func float(_ field: UInt64, _ value: Float) -> [UInt8] {
        let bits = value.bitPattern
        return varint(field << 3 | 5) + (0..<4).map { UInt8(truncatingIfNeeded: bits >> (8 * $0)) }
    }

    static func message(_ field: UInt64, _ parts: [UInt8]...) -> [UInt8] {
        let body = parts.flatMap(\.self)
        return varint(field << 3 | 2) + varint(UInt64(body.count)) + body
    }

    static func text(_ field: UInt64, _ text: String) -> [UInt8] {
        message(field, Array(text.utf8))
    }
}
