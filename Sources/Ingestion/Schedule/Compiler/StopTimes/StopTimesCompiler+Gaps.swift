import TransitModel

extension StopTimesCompiler {
    /// For each of `count` places whether any trip calls there.
    func calls(at count: Int) -> [Bool] {
        var calls = [Bool](repeating: false, count: count)
        for stop in calledInVain { calls[stop.position] = true }
        for list in drafts.lists {
            for stop in list.stops { calls[stop.position] = true }
        }
        return calls
    }

    /// Times the stops of a trip that have none, by their distance between those that have.
    mutating func fillGaps(of trip: Int, along distances: [Double]) {
        let first = Int(timed[trip].firstStopTime)
        var lastTimed = 0
        for position in distances.indices where times[first + position].isTimed {
            if position - lastTimed > 1 {
                interpolate(lastTimed..<position, from: first, along: distances)
            }
            lastTimed = position
        }
    }

    /// Times the stops after the first of `range` and before its end, both of which have times.
    private mutating func interpolate(
        _ range: Range<Int>, from first: Int, along distances: [Double]
    ) {
        let leaves = times[first + range.lowerBound].departure.seconds
        let arrives = times[first + range.upperBound].arrival.seconds
        let start = distances[range.lowerBound]
        let length = distances[range.upperBound] - start
        for position in range.dropFirst() {
            let share =
                length > 0
                ? (distances[position] - start) / length
                : Double(position - range.lowerBound) / Double(range.count)
            let passed = (Double(arrives - leaves) * share).rounded()
            let time = ServiceTime(Int(leaves) + Int(passed))
            times[first + position] = StopTime(arrival: time, departure: time)
        }
    }
}
