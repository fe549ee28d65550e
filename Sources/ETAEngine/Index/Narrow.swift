/// A number that is kept in half the room.
@propertyWrapper
struct Narrow: Hashable, Sendable {
    private(set) var stored: Float

    init(wrappedValue: Double) { stored = Float(wrappedValue) }

    var wrappedValue: Double {
        get { Double(stored) }
        set { stored = Float(newValue) }
    }
}
