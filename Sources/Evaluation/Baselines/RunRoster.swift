import TransitModel

/// The runs that the pings of a record carry, in order of their scheduled start.
///
/// Baselines foretell these only: rows of other runs could not be measured. Pings of trips with
/// frequencies name no run and are passed over.
struct RunRoster: Sendable {
    /// Trips that one bus works in turn.
    private struct Block: Hashable {
        var name: String
        var service: ServiceIndex
    }

    private struct StopPair: Hashable {
        var from, to: StopIndex
    }

    /// In order of ``ScheduledRun/start``.
    private(set) var runs: [ScheduledRun] = []
    private var starts: [Double] = []
    private let network: Network
    private var byInstance: [TripInstance: ScheduledRun] = [:]
    private var followers: [TripIndex: TripIndex] = [:]

    init(_ pings: some Sequence<Ping>, on network: Network) {
        self.network = network
        var links: [StopPair: Int] = [:]
        for ping in pings {
            guard let instance = instance(of: ping), byInstance[instance] == nil else { continue }
            let numbers = Self.links(of: network.pattern(of: instance.trip), &links)
            byInstance[instance] = ScheduledRun(instance, of: network, links: numbers)
        }
        runs = byInstance.values.sorted {
            ($0.start, $0.instance.trip) < ($1.start, $1.instance.trip)
        }
        starts = runs.map(\.start)
        linkBlocks()
    }

    /// The run that a ping is on; nil when it names no timetabled trip.
    func run(of ping: Ping) -> ScheduledRun? { instance(of: ping).flatMap { byInstance[$0] } }

    /// The runs that leave their first stop in a span of unix seconds.
    func runs(startingIn span: Range<Double>) -> ArraySlice<ScheduledRun> {
        let first = starts.firstIndex(atLeast: span.lowerBound)
        return runs[first..<starts.firstIndex(atLeast: span.upperBound)]
    }

    /// The run that the bus of another goes on to.
    func follower(of run: ScheduledRun) -> ScheduledRun? {
        followers[run.instance.trip].flatMap {
            byInstance[TripInstance(trip: $0, serviceDate: run.instance.serviceDate)]
        }
    }

    private func instance(of ping: Ping) -> TripInstance? {
        guard let trip = ping.tripID.flatMap({ network.trip(id: $0) }),
            network.trips[trip].frequencies.isEmpty
        else { return nil }
        return TripInstance(trip: trip, serviceDate: serviceDate(of: trip, at: ping.timestamp))
    }

    /// The date on which the trip's scheduled start lies nearest to a moment.
    private func serviceDate(of trip: TripIndex, at moment: Timestamp) -> ServiceDate {
        let start = Double(network.departure(of: trip).seconds)
        let date = network.serviceDay.date(at: moment - start)
        func distance(_ date: ServiceDate) -> Double {
            abs(network.serviceDay.origin(of: date) + start - moment)
        }
        return [date, date + 1, date - 1].min { distance($0) < distance($1) } ?? date
    }

    private static func links(of pattern: TripPattern, _ links: inout [StopPair: Int]) -> [Int] {
        zip(pattern.stops, pattern.stops.dropFirst()).map { from, to in
            let pair = StopPair(from: from, to: to)
            if let number = links[pair] { return number }
            links[pair] = links.count
            return links.count - 1
        }
    }

    private mutating func linkBlocks() {
        var blocks: [Block: [TripIndex]] = [:]
        for trip in Set(runs.map(\.instance.trip)) {
            let service = network.trips[trip].service
            guard let name = network.trips[trip].block else { continue }
            blocks[Block(name: name, service: service), default: []].append(trip)
        }
        for trips in blocks.values {
            let inTurn = trips.sorted {
                (network.departure(of: $0), $0) < (network.departure(of: $1), $1)
            }
            for (trip, next) in zip(inTurn, inTurn.dropFirst()) { followers[trip] = next }
        }
    }
}
