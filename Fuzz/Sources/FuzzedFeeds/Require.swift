/// Stops the fuzzer at an input that breaks a promise.
public func require(_ holds: Bool, _ promise: @autoclosure () -> String) {
    if !holds { fatalError(promise()) }
}

/// Stops the fuzzer where two lists differ, and shows the first difference.
public func requireEqual<Element: Equatable>(
    _ left: [Element], _ right: [Element], _ promise: String
) {
    if left == right { return }
    let same = zip(left, right).prefix { $0 == $1 }.map { _ in 0 }.count
    let (left, right) = (left.dropFirst(same).first, right.dropFirst(same).first)
    fatalError("\(promise): row \(same) is \(left as Any) and \(right as Any)")
}

extension Array where Element: Comparable {
    /// Whether no element is less than the one before.
    public var neverFalls: Bool { zip(self, dropFirst()).allSatisfy { $0 <= $1 } }
    /// Whether every element is more than the one before.
    public var strictlyRises: Bool { zip(self, dropFirst()).allSatisfy { $0 < $1 } }
}
