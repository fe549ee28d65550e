import Testing
import TransitModel

@testable import ETAEngine

struct RunChainsTests {
    /// A street of 4 km that takes ten minutes, and a loop of 4 km.
    private static let there = 0
    private static let back = 1
    private static let loop = 2
    private static let ways = [
        TownPlan.Way("K", 0, [(0, 0), (4000, 0)]), TownPlan.Way("K", 1, [(4000, 0), (0, 0)]),
        TownPlan.Way("L", 0, [(0, 9000), (1000, 9000), (1000, 10_000), (0, 10_000), (0, 9000)]),
    ]
    private let date = ServiceDate(dayNumber: 20_500)

    @Test func `buses that come first leave first`() {
        let network = Self.network([
            (Self.there, "a", 480), (Self.there, "b", 490), (Self.back, "x", 495),
            (Self.back, "y", 505),
        ])
        #expect(chain(network) == ["a": "x", "b": "y"])
    }

    @Test func `a bus that goes home does not shift the others`() {
        // They come at 8:10, 8:20 and 8:30; buses leave at 8:25 and 8:35.
        let network = Self.network([
            (Self.there, "home", 480), (Self.there, "b", 490), (Self.there, "c", 500),
            (Self.back, "x", 505), (Self.back, "y", 515),
        ])
        #expect(chain(network) == ["b": "x", "c": "y"])
    }

    @Test func `a bus that comes from the depot does not shift the others`() {
        let network = Self.network([
            (Self.there, "a", 480), (Self.there, "b", 490), (Self.back, "depot", 484),
            (Self.back, "x", 493), (Self.back, "y", 503),
        ])
        #expect(chain(network) == ["a": "x", "b": "y"])
    }

    @Test func `a timetable may have a bus leave a little before it comes`() {
        // It comes at 8:10.
        #expect(chain(Self.network([(Self.there, "a", 480), (Self.back, "x", 488)])) == ["a": "x"])
        #expect(chain(Self.network([(Self.there, "a", 480), (Self.back, "x", 487)])).isEmpty)
    }

    @Test func `a bus does not stay for hours`() {
        #expect(chain(Self.network([(Self.there, "a", 480), (Self.back, "x", 519)])) == ["a": "x"])
        // More than two buses without a partner are worth.
        #expect(chain(Self.network([(Self.there, "a", 480), (Self.back, "x", 521)])).isEmpty)
    }

    @Test func `a loop leads to the next lap`() {
        let network = Self.network((0..<4).map { (Self.loop, "lap \($0)", 480 + 10 * $0) })
        #expect(chain(network) == ["lap 0": "lap 1", "lap 1": "lap 2", "lap 2": "lap 3"])
    }

    @Test func `two buses on a loop take turns`() {
        let network = Self.network((0..<4).map { (Self.loop, "lap \($0)", 480 + 5 * $0) })
        #expect(chain(network) == ["lap 0": "lap 2", "lap 1": "lap 3"])
    }

    @Test func `a block says what comes next, also at another terminal`() {
        let network = Self.network(
            [
                (Self.there, "a", 480), (Self.there, "b", 600), (Self.loop, "c", 620),
                (Self.back, "x", 495),
            ], blocks: ["a": "1", "b": "1", "c": "1"])
        #expect(chain(network) == ["a": "b", "b": "c"])
    }

    @Test func `trips of a block that do not run that day are left out`() throws {
        var plan = Self.plan([
            (Self.there, "a", 480), (Self.back, "b", 500), (Self.there, "c", 520),
        ])
        plan.services.append(Service(id: "other day", added: [date + 1]))
        for index in plan.departures.indices { plan.departures[index].block = "1" }
        plan.departures[1].service = 1
        #expect(chain(plan.network) == ["a": "c"])
    }

    @Test func `trips on a headway have no chain`() {
        var plan = Self.plan([(Self.there, "a", 480), (Self.back, "x", 495)])
        let hours = Frequency(
            start: ServiceTime(0), end: ServiceTime(86_400), headway: 600, isExact: false)
        for index in plan.departures.indices { plan.departures[index].frequencies = [hours] }
        #expect(chain(plan.network).isEmpty)
    }

    @Test(arguments: 0..<50)
    func `chains never cross, use each departure once and leave the least standing`(
        seed: UInt64
    ) throws {
        var random = SeededRandom(seed: seed)
        let trips = (0..<6).map { number in
            let way = Bool.random(using: &random) ? Self.there : Self.back
            return (way, "t\(number)", 480 + Int.random(in: 0..<90, using: &random))
        }
        let network = Self.network(trips)
        let chain = chain(network)
        #expect(Set(chain.values).count == chain.count)
        let ways = Dictionary(uniqueKeysWithValues: trips.map { ($0.1, $0.0) })
        let minutes = Dictionary(uniqueKeysWithValues: trips.map { ($0.1, $0.2) })
        for way in [Self.there, Self.back] {
            let arrivals = trips.filter { $0.0 == way }.map { $0.2 + 10 }.sorted()
            let departures = trips.filter { $0.0 != way }.map(\.2).sorted()
            let own = chain.filter { ways[$0.key] == way }
            var cost = Double(15 * (arrivals.count + departures.count - 2 * own.count))
            for (from, to) in own {
                #expect(ways[to] != way)
                let comes = try #require(minutes[from]) + 10
                let leaves = try #require(minutes[to])
                #expect(leaves >= comes - 2 && leaves <= comes + 90)
                cost += Double(max(0, leaves - comes))
                for (other, next) in own where other != from {
                    let before = try #require(minutes[other]) + 10 < comes
                    if before { #expect(try #require(minutes[next]) <= leaves) }
                }
            }
            #expect(cost == Self.leastCost(arrivals[...], departures[...]))
        }
    }

    /// The least minutes of standing, by trying every match that does not cross.
    private static func leastCost(_ arrivals: ArraySlice<Int>, _ departures: ArraySlice<Int>)
        -> Double
    {
        guard let comes = arrivals.first, let leaves = departures.first else {
            return Double(15 * (arrivals.count + departures.count))
        }
        var least = min(
            15 + leastCost(arrivals.dropFirst(), departures),
            15 + leastCost(arrivals, departures.dropFirst()))
        if leaves >= comes - 2, leaves <= comes + 90 {
            let rest = leastCost(arrivals.dropFirst(), departures.dropFirst())
            least = min(least, Double(max(0, leaves - comes)) + rest)
        }
        return least
    }

    /// What follows each trip of a network, by ids.
    private func chain(_ network: Network) -> [String: String] {
        var chains = RunChains(network: network)
        let pairs = network.trips.indices.compactMap { trip in
            chains.next(after: TripInstance(trip: trip, serviceDate: date)).map {
                (network.trips[trip].id, network.trips[$0.trip].id)
            }
        }
        return Dictionary(uniqueKeysWithValues: pairs)
    }

    /// Trips by way, id and minute of departure.
    private static func plan(_ trips: [(Int, String, Int)]) -> TownPlan {
        TownPlan(
            ways: ways,
            departures: trips.map { way, id, minute in
                TownPlan.Departure(id: id, way: way, leaving: minute * 60)
            })
    }

    private static func network(
        _ trips: [(Int, String, Int)], blocks: [String: String] = [:]
    ) -> Network {
        var plan = plan(trips)
        for index in plan.departures.indices {
            plan.departures[index].block = blocks[plan.departures[index].id]
        }
        return plan.network
    }
}
