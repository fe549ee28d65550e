#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// How much of its say something keeps with age: e to the power of minus its age in lifetimes.
///
/// Read off a table, to a ten-thousandth: each stop that is foretold asks for two of them.
struct Fading: Sendable {
    private static let steps = 64.0
    private static let longest = 12.0

    private let table: [Float]

    init() { table = (0...Int(Self.longest * Self.steps) + 1).map { exp(-Float($0) / 64) } }

    /// What is left after so many lifetimes; all of it before.
    @inline(__always)
    func rest(after lifetimes: Double) -> Double {
        guard lifetimes > 0 else { return 1 }
        guard lifetimes < Self.longest else { return 0 }
        let position = lifetimes * Self.steps
        let index = Int(position)
        let share = Float(position - Double(index))
        return Double(table[index] + share * (table[index + 1] - table[index]))
    }

    /// The same, computed.
    static func exact(_ lifetimes: Double) -> Double { exp(-lifetimes) }
}
