import Foundation

/// Seconds of processor time that this thread has taken, which others on the machine disturb less
/// than the clock on the wall.
public func processorSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

/// What something gives, and the seconds of processor time it takes.
public func timed<Value>(_ body: () throws -> Value) rethrows -> (Value, Double) {
    let start = processorSeconds()
    let value = try body()
    return (value, processorSeconds() - start)
}

extension Sequence<Double> {
    /// The middle value; the upper one of two.
    public var median: Double {
        let sorted = sorted()
        return sorted[sorted.count / 2]
    }
}

/// Prints one figure as `name value`.
public func printFigure(_ name: String, _ value: some CustomStringConvertible) {
    print(name, value.description)
}
