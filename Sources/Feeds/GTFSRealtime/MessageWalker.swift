import CGTFSRealtime
import CProtobufC

/// A name in a descriptor, which lives as long as the program.
typealias DescriptorName = UnsafePointer<CChar>

/// The value of a field that holds no message.
enum FieldValue {
    case boolean(Bool)
    case integer(Int64)
    case natural(UInt64)
    case float(Float)
    case double(Double)
    case text(String)
    /// An enum value by the name in the proto file.
    case name(DescriptorName)
}

/// Writes down what ``walk(_:with:)`` meets.
protocol MessagePrinter {
    /// A message begins: the root without a name, else the value of a field.
    mutating func beginMessage(_ field: DescriptorName?)
    /// It ends.
    mutating func endMessage()
    /// A repeated field begins; its values follow under its name.
    mutating func beginList(_ field: DescriptorName)
    /// It ends.
    mutating func endList()
    /// A field has a value.
    mutating func value(_ value: FieldValue, of field: DescriptorName)
}

/// Visits every field that a message has, in order of number, guided by protobuf-c's descriptors
/// alone: whatever the proto file holds is printed, and nothing can be forgotten.
func walk(_ message: borrowing UnpackedMessage, with printer: inout some MessagePrinter) {
    printer.beginMessage(nil)
    walkFields(of: UnsafeRawPointer(message.message), with: &printer)
    printer.endMessage()
}

private func walkFields(of message: UnsafeRawPointer, with printer: inout some MessagePrinter) {
    guard let descriptor = message.load(as: ProtobufCMessage.self).descriptor?.pointee else {
        return
    }
    let fields = UnsafeBufferPointer(start: descriptor.fields, count: Int(descriptor.n_fields))
    for field in fields {
        let quantifier = message + Int(field.quantifier_offset)
        let member = message + Int(field.offset)
        switch field.label {
        case PROTOBUF_C_LABEL_REPEATED:
            let count = quantifier.load(as: Int.self)
            guard count > 0, let start = member.load(as: UnsafeRawPointer?.self) else { continue }
            printer.beginList(field.name)
            for index in 0..<count {
                visit(start + index * size(of: field), field, with: &printer)
            }
            printer.endList()
        case PROTOBUF_C_LABEL_REQUIRED:
            visit(member, field, with: &printer)
        default:
            if isReference(field) || quantifier.load(as: CInt.self) != 0 {
                visit(member, field, with: &printer)
            }
        }
    }
}

/// Tells of the value at `place`; a reference to nothing is a field that is absent.
private func visit(
    _ place: UnsafeRawPointer, _ field: ProtobufCFieldDescriptor,
    with printer: inout some MessagePrinter
) {
    if field.type == PROTOBUF_C_TYPE_MESSAGE {
        guard let message = place.load(as: UnsafeRawPointer?.self) else { return }
        printer.beginMessage(field.name)
        walkFields(of: message, with: &printer)
        printer.endMessage()
    } else if let value = value(at: place, field) {
        printer.value(value, of: field.name)
    }
}

private func value(at place: UnsafeRawPointer, _ field: ProtobufCFieldDescriptor) -> FieldValue? {
    switch field.type {
    case PROTOBUF_C_TYPE_STRING:
        place.load(as: UnsafePointer<CChar>?.self).map { .text(String(cString: $0)) }
    case PROTOBUF_C_TYPE_ENUM: enumValue(place.load(as: CInt.self), field)
    case PROTOBUF_C_TYPE_BOOL: .boolean(place.load(as: CInt.self) != 0)
    case PROTOBUF_C_TYPE_FLOAT: .float(place.load(as: Float.self))
    case PROTOBUF_C_TYPE_DOUBLE: .double(place.load(as: Double.self))
    case PROTOBUF_C_TYPE_UINT32, PROTOBUF_C_TYPE_FIXED32:
        .natural(UInt64(place.load(as: UInt32.self)))
    case PROTOBUF_C_TYPE_UINT64, PROTOBUF_C_TYPE_FIXED64: .natural(place.load(as: UInt64.self))
    case PROTOBUF_C_TYPE_INT64, PROTOBUF_C_TYPE_SINT64, PROTOBUF_C_TYPE_SFIXED64:
        .integer(place.load(as: Int64.self))
    case PROTOBUF_C_TYPE_INT32, PROTOBUF_C_TYPE_SINT32, PROTOBUF_C_TYPE_SFIXED32:
        .integer(Int64(place.load(as: Int32.self)))
    default: nil
    }
}

/// The name of an enum value, or the number of one that the proto file does not know.
private func enumValue(_ number: CInt, _ field: ProtobufCFieldDescriptor) -> FieldValue {
    let descriptor = field.descriptor?.assumingMemoryBound(to: ProtobufCEnumDescriptor.self)
    guard let known = protobuf_c_enum_descriptor_get_value(descriptor, number) else {
        return .integer(Int64(number))
    }
    return .name(known.pointee.name)
}

private func isReference(_ field: ProtobufCFieldDescriptor) -> Bool {
    field.type == PROTOBUF_C_TYPE_STRING || field.type == PROTOBUF_C_TYPE_MESSAGE
}

/// Bytes that one value of a field takes in a list.
private func size(of field: ProtobufCFieldDescriptor) -> Int {
    switch field.type {
    case PROTOBUF_C_TYPE_STRING, PROTOBUF_C_TYPE_MESSAGE, PROTOBUF_C_TYPE_DOUBLE,
        PROTOBUF_C_TYPE_INT64, PROTOBUF_C_TYPE_SINT64, PROTOBUF_C_TYPE_SFIXED64,
        PROTOBUF_C_TYPE_UINT64, PROTOBUF_C_TYPE_FIXED64:
        8
    default: 4
    }
}
