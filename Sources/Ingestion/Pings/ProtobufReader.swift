/// Reads a protobuf message field after field, whatever bytes it is given.
///
/// Follows the wire format of protobuf.dev, "Encoding". Nested messages are read in place, and
/// nothing is copied but texts. What a reader does not know it skips, groups among it. Bytes that
/// cannot be a message end the reading with an error, never with more than they hold.
public struct ProtobufReader: Sendable {
    private let bytes: [UInt8]
    private var place: Int
    private let end: Int

    /// Reads a whole message.
    public init(_ bytes: [UInt8]) {
        self.init(bytes, 0..<bytes.count)
    }

    private init(_ bytes: [UInt8], _ range: Range<Int>) {
        self.bytes = bytes
        place = range.lowerBound
        end = range.upperBound
    }

    /// The next field; nil at the end of the message.
    public mutating func next() throws(ProtobufFault) -> ProtobufField? {
        while place < end {
            let (number, type) = try key()
            switch type {
            case .varint: return ProtobufField(number: number, value: .varint(try varint()))
            case .fixed64: return ProtobufField(number: number, value: .fixed64(try fixed(8)))
            case .fixed32:
                return ProtobufField(number: number, value: .fixed32(UInt32(try fixed(4))))
            case .bytes:
                let part = ProtobufReader(bytes, try range())
                return ProtobufField(number: number, value: .bytes(part))
            case .groupStart: try skipGroup(number)
            case .groupEnd: throw ProtobufFault(.strayGroupEnd, at: place)
            }
        }
        return nil
    }

    /// What is left to read, as bytes.
    var rest: ArraySlice<UInt8> { bytes[place..<end] }
}

extension ProtobufReader {
    private enum WireType: UInt64 {
        case varint, fixed64, bytes, groupStart, groupEnd, fixed32
    }

    /// Groups within groups, which nobody has sent in earnest for a decade, may lie so deep.
    private static let deepestGroup = 64

    private mutating func key() throws(ProtobufFault) -> (number: Int, type: WireType) {
        let start = place
        let key = try varint()
        guard let type = WireType(rawValue: key & 7) else {
            throw ProtobufFault(.unknownType, at: start)
        }
        let number = key >> 3
        guard 1...0x1FFF_FFFF ~= number else { throw ProtobufFault(.unknownNumber, at: start) }
        return (Int(number), type)
    }

    /// Up to ten bytes of seven bits, the lowest first.
    private mutating func varint() throws(ProtobufFault) -> UInt64 {
        var value: UInt64 = 0
        for shift in stride(from: 0, to: 70, by: 7) {
            guard place < end else { throw ProtobufFault(.brokenOff, at: place) }
            let byte = bytes[place]
            place += 1
            value |= UInt64(byte & 0x7F) << UInt64(shift)
            if byte < 0x80 { return value }
        }
        throw ProtobufFault(.endlessNumber, at: place)
    }

    /// Bytes of a number, the lowest first.
    private mutating func fixed(_ width: Int) throws(ProtobufFault) -> UInt64 {
        guard end - place >= width else { throw ProtobufFault(.brokenOff, at: place) }
        defer { place += width }
        return bytes[place..<place + width].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// The place of what a length stands before.
    private mutating func range() throws(ProtobufFault) -> Range<Int> {
        let length = try varint()
        guard length <= UInt64(end - place) else { throw ProtobufFault(.brokenOff, at: place) }
        defer { place += Int(length) }
        return place..<place + Int(length)
    }

    private mutating func skipGroup(_ number: Int) throws(ProtobufFault) {
        var open = [number]
        while let innermost = open.last {
            let (number, type) = try key()
            switch type {
            case .varint: _ = try varint()
            case .fixed64: _ = try fixed(8)
            case .fixed32: _ = try fixed(4)
            case .bytes: _ = try range()
            case .groupStart:
                guard open.count < Self.deepestGroup else {
                    throw ProtobufFault(.deepGroups, at: place)
                }
                open.append(number)
            case .groupEnd:
                guard number == innermost else { throw ProtobufFault(.strayGroupEnd, at: place) }
                open.removeLast()
            }
        }
    }
}

/// One field of a protobuf message.
///
/// Of a field that is not written as its reader expects, each property is nil, and the reader
/// passes over it as over any field that it does not know.
public struct ProtobufField: Sendable {
    /// Its number in the message's definition.
    public let number: Int
    fileprivate let value: Value

    fileprivate enum Value: Sendable {
        case varint(UInt64), fixed64(UInt64), fixed32(UInt32), bytes(ProtobufReader)
    }

    /// A `uint32`, `uint64`, or an enumeration's number that is not negative.
    @inline(never)  // Inlined, it makes the optimiser of Swift 6.3.1 fail.
    public var unsigned: UInt64? {
        if case .varint(let number) = value { number } else { nil }
    }

    /// An `int32` or `int64`, or an enumeration's number.
    public var signed: Int64? { unsigned.map { Int64(bitPattern: $0) } }

    /// A `bool`.
    public var flag: Bool? { unsigned.map { $0 != 0 } }

    /// A `float` or a `double`, which need not be finite.
    public var real: Double? {
        switch value {
        case .fixed32(let bits): Double(Float(bitPattern: bits))
        case .fixed64(let bits): Double(bitPattern: bits)
        default: nil
        }
    }

    /// A `string`; bytes that are no UTF-8 come as replacement characters.
    public var text: String? { message.map { String(decoding: $0.rest, as: UTF8.self) } }

    /// A nested message.
    public var message: ProtobufReader? {
        if case .bytes(let reader) = value { reader } else { nil }
    }
}

/// Why bytes are no protobuf message.
public struct ProtobufFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong.
    public enum Kind: Hashable, Sendable {
        /// A field is longer than the message.
        case brokenOff
        /// A number of variable length does not end.
        case endlessNumber
        /// A field has a type that does not exist.
        case unknownType
        /// A field's number is 0 or too great.
        case unknownNumber
        /// A group ends that did not begin.
        case strayGroupEnd
        /// Too many groups lie in one another.
        case deepGroups
    }

    /// What is wrong.
    public var kind: Kind
    /// The byte where it was noticed, from 0.
    public var offset: Int

    init(_ kind: Kind, at offset: Int) {
        self.kind = kind
        self.offset = offset
    }

    /// One line for a person.
    public var description: String {
        let what =
            switch kind {
            case .brokenOff: "it breaks off"
            case .endlessNumber: "a number does not end"
            case .unknownType: "a field has no known type"
            case .unknownNumber: "a field has no valid number"
            case .strayGroupEnd: "a group ends that did not begin"
            case .deepGroups: "groups lie too deep in one another"
            }
        return "no protobuf message: \(what) at byte \(offset)"
    }
}
