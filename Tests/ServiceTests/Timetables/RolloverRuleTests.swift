import Geometry
import Testing
import TransitModel

@testable import Service

struct RolloverRuleTests {
    private func isDue(_ clock: String, isQuiet: Bool, zone: String = "Asia/Jakarta") throws -> Bool
    {
        let day = try #require(ServiceDay(timeZoneName: zone))
        let date = try #require(ServiceDate(text: "20261201"))
        let time = try #require(ServiceTime(text: clock))
        return RolloverRule.isDue(
            date, at: day.moment(time, on: date), in: day, isQuiet: isQuiet)
    }

    @Test func `it takes over when the date has begun and no bus is on a run`() throws {
        #expect(try isDue("00:00:00", isQuiet: true))
        #expect(try !isDue("00:00:00", isQuiet: false))
        #expect(try !isDue("03:59:59", isQuiet: false))
    }

    @Test func `it takes over at four in any case, and later if nobody was there then`() throws {
        #expect(try isDue("04:00:00", isQuiet: false))
        #expect(try isDue("31:00:00", isQuiet: false))
    }

    @Test func `it never takes over on the day before`() throws {
        let day = try #require(ServiceDay(timeZoneName: "Asia/Jakarta"))
        let date = try #require(ServiceDate(text: "20261201"))
        #expect(!RolloverRule.isDue(date, at: day.origin(of: date) - 1, in: day, isQuiet: true))
    }

    @Test func `service is looked for on the date and after it`() throws {
        let day = { (text: String) in try #require(ServiceDate(text: text)) }
        var service = Service(
            id: "s", weekdays: 0b1, period: try day("20260101")...day("20261130"))
        #expect(try network(service).hasService(from: day("20261130")))
        service.removed = [try day("20261130")]
        #expect(try !network(service).hasService(from: day("20261124")))
        #expect(try network(service).hasService(from: day("20261123")))
        service.added = [try day("20261225")]
        #expect(try network(service).hasService(from: day("20261225")))
        #expect(try !network(service).hasService(from: day("20261226")))
    }

    /// A network in which one trip runs on a service's days, and another service has none.
    private func network(_ service: TransitModel.Service) throws -> Network {
        var parts = Network.Parts()
        parts.agencies = Table([Agency(id: "a", name: "A", timeZone: "Asia/Jakarta")])
        parts.services = Table([
            service,
            Service(id: "unused", added: [try #require(ServiceDate(text: "20300101"))]),
        ])
        parts.routes = Table([Route(id: "r", shortName: "r")])
        parts.stops = Table(
            [0.0, 0.01].map {
                Stop(id: "\($0)", name: "", coordinate: Coordinate(latitude: 0, longitude: $0))
            })
        let line = try #require(
            Polyline(parts.stops.elements.compactMap(\.coordinate).map(parts.plane.point)))
        parts.patterns = Table([
            TripPattern(
                route: RouteIndex(0), direction: nil, shape: nil,
                stops: [StopIndex(0), StopIndex(1)], sequences: [1, 2], line: line,
                distances: [0, line.length])
        ])
        parts.trips = Table([
            Trip(id: "t", pattern: PatternIndex(0), service: ServiceIndex(0), firstStopTime: 0)
        ])
        let time = StopTime(arrival: ServiceTime(0), departure: ServiceTime(0))
        parts.stopTimes = [time, time]
        return try #require(Network(parts))
    }
}
