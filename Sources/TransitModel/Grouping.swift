/// Values in groups that are numbered from 0, all in one block of memory.
@frozen
public struct Grouping<Value: Sendable>: Sendable {
    /// Where each group ends.
    @usableFromInline var ends: [Int32]
    @usableFromInline var values: [Value]

    /// Puts each value in the group that `key` gives, in the order of `source`.
    ///
    /// Goes over `source` twice.
    @inlinable
    public init(_ source: some Sequence<Value>, into count: Int, by key: (Value) -> Int) {
        var places = [Int32](repeating: 0, count: count + 1)
        var first: Value?
        for value in source {
            places[key(value) + 1] += 1
            first = first ?? value
        }
        for group in 0..<count { places[group + 1] += places[group] }
        values = first.map { Array(repeating: $0, count: Int(places[count])) } ?? []
        for value in source {
            let group = key(value)
            values[Int(places[group])] = value
            places[group] += 1
        }
        // Filling a group has moved its start to its end.
        ends = Array(places.dropLast())
    }

    /// The values of a group.
    @inlinable
    public subscript(group: Int) -> ArraySlice<Value> { values[range(of: group)] }

    /// Sorts the values of each group among themselves.
    @inlinable
    public mutating func sortEach(by precedes: (Value, Value) -> Bool) {
        for group in ends.indices { values[range(of: group)].sort(by: precedes) }
    }

    @inlinable
    func range(of group: Int) -> Range<Int> {
        (group == 0 ? 0 : Int(ends[group - 1]))..<Int(ends[group])
    }
}
