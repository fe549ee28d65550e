import Geometry
import TransitModel

/// Turns metres along a block into metres along one of its trips.
///
/// OneBusAway's labels measure from the start of the day's block. On B63's day the start of a trip
/// is the sum of the lines of the trips of its service before it in the block, and of the straight
/// ways from where each ends to where the next begins: 185 of 185 trips but two with a single fix
/// then lie within 5 m of where their fixes fall on the shape. Without the ways between, the sums
/// fall behind by 7 and 75 m in turn. So the timetable alone is used and no fix.
struct BlockDistances: Sendable {
    private let network: Network
    private var starts: [TripIndex: Double] = [:]

    init(network: Network) { self.network = network }

    /// Metres along the trip; nil for a trip without a block.
    mutating func distance(along trip: TripIndex, ofBlock metres: Double) -> Double? {
        start(of: trip).map { metres - $0 }
    }

    private mutating func start(of trip: TripIndex) -> Double? {
        if let known = starts[trip] { return known }
        guard let block = network.trips[trip].block else { return nil }
        let service = network.trips[trip].service
        var sum = 0.0
        var end: PlanePoint?
        for member in network.trips(inBlock: block) where network.trips[member].service == service {
            let line = network.pattern(of: member).line
            sum += end?.distance(to: line.points[0]) ?? 0
            starts[member] = sum
            sum += line.length
            end = line.points[line.points.count - 1]
        }
        return starts[trip]
    }
}
