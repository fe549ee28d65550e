/// Why the service cannot start or do as told, in one line that says what to do about it.
public struct ServiceFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// One line for a person.
    public var description: String

    /// Makes a fault.
    public init(_ description: String) { self.description = description }
}
