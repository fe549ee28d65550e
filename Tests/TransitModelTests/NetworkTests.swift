import Geometry
import Testing

@testable import TransitModel

struct NetworkTests {
    func parts() throws -> Network.Parts {
        var parts = Network.Parts()
        parts.agencies = Table([Agency(id: "a", name: "A", timeZone: "Asia/Jakarta")])
        parts.routes = Table([Route(id: "R", shortName: "", longName: "Long")])
        parts.services = Table([Service(id: "s", weekdays: 0x7F)])
        parts.stops = Table(
            ["x", "y"].map { Stop(id: $0, name: $0, coordinate: nil) })
        let line = try #require(Polyline([PlanePoint(x: 0, y: 0), PlanePoint(x: 900, y: 0)]))
        parts.patterns = Table([
            TripPattern(
                route: RouteIndex(0), direction: nil, shape: nil,
                stops: [StopIndex(0), StopIndex(1), StopIndex(0)], sequences: [1, 2, 3],
                line: line, distances: [0, 900, 900])
        ])
        for (number, hour) in [9, 7].enumerated() {
            parts.trips.elements.append(
                Trip(
                    id: "t\(number)", pattern: PatternIndex(0), service: ServiceIndex(0),
                    block: "b", firstStopTime: parts.stopTimes.count))
            for minute in [0, 5, 9] {
                let time = ServiceTime(hour * 3600 + minute * 60)
                parts.stopTimes.append(StopTime(arrival: time, departure: time))
            }
        }
        return parts
    }

    @Test func `ids that only look alike are two`() throws {
        var parts = try parts()
        let (one, other) = ("caf\u{E9}-with-more-letters", "cafe\u{301}-with-more-letters")
        let (short, swapped) = ("a\u{323}\u{307}", "a\u{307}\u{323}")
        for id in [one, other, short, swapped] {
            parts.stops.elements.append(Stop(id: id, name: "", coordinate: nil))
        }
        parts.trips.elements[0].block = short
        parts.trips.elements[1].block = swapped
        let network = try #require(Network(parts))
        #expect(network.stop(id: one) == StopIndex(2))
        #expect(network.stop(id: other) == StopIndex(3))
        #expect(network.stop(id: short) == StopIndex(4))
        #expect(network.stop(id: swapped) == StopIndex(5))
        #expect(network.trips(inBlock: short) == [TripIndex(0)])
        #expect(network.trips(inBlock: swapped) == [TripIndex(1)])
    }

    @Test func `ids lead to what they name`() throws {
        let network = try #require(Network(parts()))
        #expect(network.stop(id: "y") == StopIndex(1))
        #expect(network.stop(id: "z") == nil)
        #expect(network.routes[try #require(network.route(id: "R"))].name == "Long")
    }

    @Test func `trips of a pattern and of a block come by departure`() throws {
        let network = try #require(Network(parts()))
        #expect(network.trips(of: PatternIndex(0)).map { network.trips[$0].id } == ["t1", "t0"])
        #expect(network.trips(inBlock: "b").map { network.trips[$0].id } == ["t1", "t0"])
        #expect(network.trips(inBlock: "none").isEmpty)
    }

    @Test func `a stop visited twice has two visits`() throws {
        let network = try #require(Network(parts()))
        #expect(network.visits(at: StopIndex(0)).map(\.position) == [0, 2])
    }

    @Test func `a run of a headway trip is moved to its start`() throws {
        let network = try #require(Network(parts()))
        let trip = try #require(network.trip(id: "t0"))
        let date = try #require(ServiceDate(text: "20261121"))
        let timetabled = TripInstance(trip: trip, serviceDate: date)
        var moved = timetabled
        moved.startTime = ServiceTime(9 * 3600 + 60)
        #expect(
            network.scheduled(moved, at: 2).arrival
                - network.scheduled(timetabled, at: 2).arrival == 60)
    }

    @Test func `an unknown zone makes no network`() throws {
        var parts = try parts()
        parts.agencies.elements[0].timeZone = "Nowhere/City"
        #expect(Network(parts) == nil)
    }
}
