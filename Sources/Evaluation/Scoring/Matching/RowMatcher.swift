/// A way to find the passage that a row speaks of.
protocol RowMatcher {
    /// Rows that said again what another row had said.
    var duplicates: Int { get }

    /// Lets the rows of one minute answer on the grid and returns those that found no passage.
    mutating func match(_ minute: MinuteRows, of table: PredictionTable, on grid: inout SampleGrid)
        -> [Int]
}

/// A pair of numbers as a key, such as trip and stop sequence.
struct PairKey: Hashable, Sendable {
    private let bits: UInt64

    init(_ first: Int32, _ second: Int32) {
        bits = UInt64(UInt32(bitPattern: first)) << 32 | UInt64(UInt32(bitPattern: second))
    }
}
