import Geometry
import TransitModel

/// What scoring asks of the timetable, by the numbers that files share.
struct ScoringTimetable: Sendable {
    /// Where a trip starts.
    struct FirstStop: Sendable {
        var stop: Int32
        var sequence: Int32
        var coordinate: Coordinate?
        /// Seconds into the service day.
        var scheduled: Double
    }

    private let network: Network
    private let trips: [Int32: TripIndex]
    private let stops: [Int32]
    private let routes: [Int32]

    init(_ network: Network, ids: inout IDTable) {
        self.network = network
        stops = network.stops.elements.map { ids.number(of: IDForm.plain.normalised($0.id)) }
        routes = network.routes.elements.map { ids.number(of: IDForm.plain.normalised($0.id)) }
        let numbers = network.trips.elements.map {
            ids.number(of: IDForm.plain.normalised($0.id))
        }
        trips = Dictionary(
            zip(numbers, network.trips.indices),
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// Where a trip starts; nil for a trip that the timetable does not know.
    func firstStop(of trip: Int32) -> FirstStop? {
        guard let index = trips[trip] else { return nil }
        let pattern = network.pattern(of: index)
        let stop = pattern.stops[0]
        return FirstStop(
            stop: stops[stop.position],
            sequence: pattern.sequences[0],
            coordinate: network.stops[stop].coordinate,
            scheduled: seconds(index, at: 0)
        )
    }

    /// Scheduled arrival in seconds into the service day; nil for an unknown trip or sequence.
    func scheduled(_ trip: Int32, sequence: Int32) -> Double? {
        guard let index = trips[trip],
            let position = network.pattern(of: index).sequences.firstIndex(of: sequence)
        else { return nil }
        return seconds(index, at: position)
    }

    /// Every stop that a trip calls at.
    func stops(of trip: Int32) -> Set<Int32> {
        guard let index = trips[trip] else { return [] }
        return Set(network.pattern(of: index).stops.map { stops[$0.position] })
    }

    /// The route of a trip, and its direction where the timetable gives one.
    func service(of trip: Int32) -> (route: Int32, direction: Int?)? {
        guard let index = trips[trip] else { return nil }
        let pattern = network.pattern(of: index)
        return (routes[pattern.route.position], pattern.direction)
    }

    private func seconds(_ trip: TripIndex, at position: Int) -> Double {
        Double(network.stopTime(of: trip, at: position).arrival.seconds)
    }
}
