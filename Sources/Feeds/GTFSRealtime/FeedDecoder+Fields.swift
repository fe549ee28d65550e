/// A text of protobuf-c, mended where it is not UTF-8.
func text(_ pointer: UnsafeMutablePointer<CChar>?) -> String? {
    pointer.map { String(cString: $0) }
}

/// A field that may be absent.
func value<Value>(_ isPresent: CInt, _ value: @autoclosure () -> Value) -> Value? {
    isPresent != 0 ? value() : nil
}

/// A list of structures.
func list<Structure, Value>(
    _ count: Int, _ elements: UnsafeMutablePointer<UnsafeMutablePointer<Structure>?>?,
    _ transform: (Structure) -> Value
) -> [Value] {
    UnsafeBufferPointer(start: elements, count: elements == nil ? 0 : count)
        .compactMap { $0.map { transform($0.pointee) } }
}
