import TransitModel

/// Running times after the timetable.
enum ReferenceTimes {
    /// Metres a second that no timetable should beat between two stops.
    static let topSpeed = 25.0

    /// Seconds from departure at the first stop to arrival at each stop.
    ///
    /// Timetables in whole minutes give neighbouring stops the same time: such stops are spread by
    /// distance up to the next later time.
    static func reference(of trip: TripIndex, in network: Network) -> [Double] {
        let pattern = network.pattern(of: trip)
        let start = Double(network.departure(of: trip).seconds)
        var times = pattern.stops.indices.map {
            Double(network.stopTime(of: trip, at: $0).arrival.seconds) - start
        }
        times[0] = 0
        spread(&times, over: pattern.distances)
        for position in 1..<times.count {
            let gap = pattern.distances[position] - pattern.distances[position - 1]
            times[position] = max(
                times[position], times[position - 1] + max(1, gap / topSpeed))
        }
        return times
    }

    /// Seconds from departure at the first stop to a distance along the pattern.
    static func time(
        at distance: Double, after reference: [Double], in pattern: TripPattern
    ) -> Double {
        let next = pattern.distances.partitioningIndex { $0 > distance }
        guard next > 0, next < pattern.distances.count else {
            return distance <= pattern.distances[0] ? 0 : reference[reference.count - 1]
        }
        let metres = pattern.distances[next] - pattern.distances[next - 1]
        let share = metres > 0 ? (distance - pattern.distances[next - 1]) / metres : 1
        return reference[next - 1] + share * (reference[next] - reference[next - 1])
    }

    private static func spread(_ times: inout [Double], over distances: [Double]) {
        var first = 0
        while first < times.count - 1 {
            guard let later = times[first...].firstIndex(where: { $0 > times[first] }) else {
                return
            }
            let metres = distances[later] - distances[first]
            for position in first + 1..<max(first + 1, later) where metres > 0 {
                let share = (distances[position] - distances[first]) / metres
                times[position] = times[first] + share * (times[later] - times[first])
            }
            first = later
        }
    }
}

extension Run {
    /// Seconds after the timetable from departure to a distance along the pattern.
    func referenceTime(at distance: Double, in pattern: TripPattern) -> Double {
        ReferenceTimes.time(at: distance, after: reference, in: pattern)
    }
}

/// Running times of the trips that were asked for last.
struct ReferenceCache: Sendable {
    /// Trips kept.
    private static let capacity = 20_000

    private let network: Network
    private var known: [TripIndex: [Double]] = [:]

    init(network: Network) { self.network = network }

    /// As ``ReferenceTimes/reference(of:in:)``.
    mutating func reference(of trip: TripIndex) -> [Double] {
        if let times = known[trip] { return times }
        if known.count >= Self.capacity { known.removeAll(keepingCapacity: true) }
        let times = ReferenceTimes.reference(of: trip, in: network)
        known[trip] = times
        return times
    }
}
