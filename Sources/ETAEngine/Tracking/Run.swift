import Geometry
import TransitModel

/// A vehicle's work on one trip instance.
struct Run: Hashable, Sendable {
    let instance: TripInstance
    let pattern: PatternIndex
    let line: Int
    /// Whether the source named the trip.
    let isClaimed: Bool
    /// Seconds from departure at the first stop to arrival at each, after the timetable.
    let reference: [Double]
    /// When the run is to leave its first stop; what was thought when the run was made.
    let plannedDeparture: Timestamp
    /// When the vehicle came to the first stop, if it was seen to.
    var waitingSince: Timestamp?
    /// When the vehicle was last seen at the first stop.
    var lastAtStart: Timestamp?
    /// How far it has come; nil while it waits to depart.
    var progress: Progress?
    /// Metres beyond the first stop at the last fix, of a vehicle that seems to leave.
    var leaving: Double?
    /// Fixes in a row far behind the furthest that was seen.
    var fellBehind = 0
    /// Fixes in a row at which another run was far more likely.
    var doubts = 0

    /// Takes in that the vehicle is at the first stop.
    mutating func stand(at moment: Timestamp) {
        lastAtStart = moment
        leaving = nil
        if waitingSince == nil { waitingSince = moment }
    }

    /// Whether the last stop is reached.
    func isFinished(in pattern: TripPattern) -> Bool {
        progress.map { $0.nextStop > pattern.lastPosition } ?? false
    }
}

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
        guard let next = pattern.distances.firstIndex(where: { $0 > distance }), next > 0 else {
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
