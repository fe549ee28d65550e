import Geometry
import Testing
import TransitModel

@testable import ETAEngine

/// Buses that share their road with many lines, and runs that others hold.
struct SharedRoadTests {
    /// 2.4 km of street from which twelve routes part like a fan; only the last runs before noon.
    private static let fan: Network = {
        let ways = (0..<12).map { number in
            TownPlan.Way(
                "R\(number)", 0, [(0, 0), (2400, 0), (4400, Double(number - 6) * 400)])
        }
        let departures = ways.indices.map { number in
            TownPlan.Departure(
                id: "\(number)", way: number, leaving: (number == 11 ? 8 : 20) * 3600)
        }
        return TownPlan(ways: ways, departures: departures).network
    }()

    /// A street with a departure each way every hour, and its line.
    private static let street: Network = {
        let ways = [
            TownPlan.Way("S", 0, [(0, 0), (6000, 0)]), TownPlan.Way("S", 1, [(6000, 0), (0, 0)]),
        ]
        let departures = (6..<20).flatMap { hour in
            [
                TownPlan.Departure(id: "out \(hour)", way: 0, leaving: hour * 3600),
                TownPlan.Departure(id: "back \(hour)", way: 1, leaving: hour * 3600 + 1800),
            ]
        }
        return TownPlan(ways: ways, departures: departures).network
    }()

    private func line(_ network: Network, _ pattern: Int) -> Polyline {
        network.patterns[PatternIndex(pattern)].line
    }

    private func trip(of id: String, in engine: Engine) -> String? {
        (engine.vehicle(id: id)?.run?.instance.trip).map { engine.network.trips[$0].id }
    }

    @Test func `of twelve lines on one road the one with a run is found`() {
        var ride = Ride(line(Self.fan, 11), from: 400, at: TestCity.moment(8, 1, 30))
        var watcher = Watcher(Self.fan)
        watcher.see(&ride, to: 1000)
        #expect(watcher.trip == "11")
    }

    /// Turns off the street after 2 km.
    private func stray(at moment: Timestamp) throws -> Ride {
        let places = [(0.0, 0.0), (2000, 0), (2000, 6000)].map { PlanePoint(x: $0.0, y: $0.1) }
        return Ride(try #require(Polyline(places)), at: moment)
    }

    @Test func `a bus that is beside its line gives its run to one that is on it`() throws {
        var astray = try stray(at: TestCity.moment(8, 0, 30))
        astray.go(to: 3000)
        var second = Ride(line(Self.street, 0), from: 800, at: TestCity.moment(8, 4))
        second.vehicleID = "8"
        second.go(to: 1600)
        var engine = Engine(network: Self.street)
        engine.receive(astray)
        #expect(trip(of: "7", in: engine) == "out 8")
        engine.receive(second)
        #expect(trip(of: "8", in: engine) == "out 8")
        #expect(trip(of: "7", in: engine) == nil)
    }

    @Test func `a bus that waits gives its run to one that leaves`() {
        var waiting = Ride(line(Self.street, 1), from: 3000, at: TestCity.moment(7, 38))
        waiting.go(to: 6000)
        waiting.stand(900)
        var leaving = Ride(line(Self.street, 0), at: TestCity.moment(8, 1))
        leaving.vehicleID = "8"
        leaving.go(to: 800)
        var engine = Engine(network: Self.street)
        engine.receive(waiting)
        #expect(trip(of: "7", in: engine) == "out 8")
        engine.receive(leaving)
        #expect(trip(of: "8", in: engine) == "out 8")
    }

    @Test(arguments: [(200.0, true), (400, false)])
    func `a run ends with a long silence if the bus is not on its line then`(
        silence: Double, isKept: Bool
    ) throws {
        var ride = try stray(at: TestCity.moment(8, 0, 30))
        var watcher = Watcher(Self.street)
        watcher.see(&ride, to: 1900)
        #expect(watcher.trip == "out 8")
        ride.step(speed: 2000 / silence, seconds: silence)
        watcher.engine.receive(try #require(ride.pings.last))
        #expect(watcher.trip == (isKept ? "out 8" : nil))
        #expect(watcher.bus?.reassignments == (isKept ? 0 : 1))
    }

    @Test func `a bus that waits for one line and drives off on another is on that`() {
        let ways = [
            TownPlan.Way("S", 0, [(0, 0), (6000, 0)]), TownPlan.Way("S", 1, [(6000, 0), (0, 0)]),
            TownPlan.Way("Q", 0, [(0, 0), (0, 6000)]),
        ]
        let departures = [("back", 1, 27_000), ("out", 0, 28_800), ("north", 2, 28_800)].map {
            TownPlan.Departure(id: $0.0, way: $0.1, leaving: $0.2)
        }
        let network = TownPlan(ways: ways, departures: departures).network
        var ride = Ride(line(network, 1), from: 3000, at: TestCity.moment(7, 38))
        var watcher = Watcher(network)
        watcher.see(&ride, to: 6000)
        watcher.see(&ride, standing: 960)
        #expect(watcher.trip == "out")
        ride.line = line(network, 2)
        ride.distance = 0
        watcher.see(&ride, to: 2000)
        #expect(watcher.trip == "north")
    }

    @Test func `a bus far behind its timetable is believed once it has followed its line for long`()
    {
        var ride = Ride(line(Self.street, 0), from: 500, at: TestCity.moment(8, 22, 15))
        var watcher = Watcher(Self.street)
        watcher.see(&ride, to: 2000)
        #expect(watcher.trip == nil)
        watcher.see(&ride, to: 5500)
        #expect(watcher.trip == "out 8")
    }
}
