import ETAEngine
import TransitModel

/// One call of a run as a trip update states it, in whole seconds since 1970.
struct StopCall: Hashable {
    var position: Int
    var arrival: Int64
    var departure: Int64
    /// Half-width of the 80 % interval in seconds.
    var uncertainty: Int32
    /// Seconds after the timetable; nil where only a headway is promised.
    var delays: Delays?

    struct Delays: Hashable {
        var arrival: Int32
        var departure: Int32
    }
}

/// The calls of one run in order, with times that strictly rise from stop to stop.
///
/// Stops passed early come first, then the stops ahead. Predictions that share a second are moved
/// apart by one, as validators and clients demand. A stop ahead has not been left yet, so its
/// departure lies after `now`, whatever the prediction says.
struct StopCalls: Sequence, IteratorProtocol {
    private let trip: TripPrediction
    private let network: Network
    private let now: Int64
    /// Unix seconds that the trip's stop times count from; nil without a timetable.
    private let origin: Int64?
    private var index = 0
    private var lastPosition = -1
    private var lastDeparture = Int64.min

    init(_ trip: TripPrediction, in network: Network, isHeadwayOnly: Bool, now: Int64) {
        self.trip = trip
        self.network = network
        self.now = now
        origin =
            isHeadwayOnly
            ? nil
            : network.scheduled(trip.instance, at: 0).arrival.unix
                - Int64(network.stopTime(of: trip.instance.trip, at: 0).arrival.seconds)
    }

    mutating func next() -> StopCall? {
        let passed = trip.passedEarly.count
        while index < passed + trip.stops.count {
            let isAhead = index >= passed
            let stop = isAhead ? trip.stops[index - passed] : trip.passedEarly[index]
            index += 1
            if stop.position > lastPosition { return call(stop, isAhead: isAhead) }
        }
        return nil
    }

    private mutating func call(_ stop: StopPrediction, isAhead: Bool) -> StopCall {
        let arrival = Swift.max(stop.arrival.unix, lastDeparture &+ 1)
        let earliest = isAhead ? Swift.max(arrival, now + 1) : arrival
        let departure = Swift.max(stop.departure.unix, earliest)
        lastPosition = stop.position
        lastDeparture = departure
        return StopCall(
            position: stop.position, arrival: arrival, departure: departure,
            uncertainty: Int32(clamping: stop.uncertainty.whole),
            delays: delays(at: stop.position, arrival: arrival, departure: departure))
    }

    private func delays(at position: Int, arrival: Int64, departure: Int64) -> StopCall.Delays? {
        guard let origin else { return nil }
        let time = network.stopTime(of: trip.instance.trip, at: position)
        return StopCall.Delays(
            arrival: Int32(clamping: arrival - origin - Int64(time.arrival.seconds)),
            departure: Int32(clamping: departure - origin - Int64(time.departure.seconds)))
    }
}
