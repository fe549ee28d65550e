/// The slope of a line through the origin, by least squares over what was seen, forgetting slowly.
struct RunningSlope: Hashable, Sendable {
    /// Sum of the squares of x.
    private(set) var squares = 0.0
    /// Sum of the products of x and y.
    private(set) var products = 0.0

    init() {}

    /// What ``values`` said; nil when they are not two numbers that can be.
    init?(_ values: [Float]) {
        guard values.count == 2, values.allSatisfy(\.isFinite), values[0] >= 0 else { return nil }
        squares = Double(values[0])
        products = Double(values[1])
    }

    /// What was learned, as plain numbers.
    var values: [Float] { [Float(squares), Float(products)] }

    /// Enters a point; what was seen before counts for no more than so large a sum of squares.
    mutating func add(_ x: Double, _ y: Double, memory: Double) {
        forget(beyond: memory)
        squares += x * x
        products += x * y
    }

    /// Lets what was seen count for no more than so large a sum of squares.
    mutating func forget(beyond memory: Double) {
        guard squares > memory else { return }
        products *= memory / squares
        squares = memory
    }

    /// The slope, drawn to the parent's as if that rested on so large a sum of squares.
    func shrunk(to parent: Double, weight: Double) -> Double {
        (products + weight * parent) / (squares + weight)
    }
}
