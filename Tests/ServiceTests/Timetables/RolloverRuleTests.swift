import ETAEngine
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

    /// Whether the city is quiet at a time of the 1st when its one trip of each day leaves at
    /// `departure`, or on a headway until then, and a bus is in a state on a run of a date.
    private func isQuiet(
        at clock: String, departure: String, isFrequent: Bool = false,
        bus: (state: VehicleState, date: String)? = nil
    ) throws -> Bool {
        let date = try #require(ServiceDate(text: "20261201"))
        let network = try network(
            Service(id: "s", weekdays: 0x7F, period: date - 30...date + 30),
            leavingAt: try #require(ServiceTime(text: departure)), isFrequent: isFrequent)
        let now = network.serviceDay.moment(try #require(ServiceTime(text: clock)), on: date)
        var vehicles: [VehicleStatus] = []
        if let bus {
            let place = Coordinate(latitude: 0, longitude: 0)
            var status = VehicleStatus(
                vehicleID: "1", coordinate: place, fixTime: now, state: bus.state)
            status.instance = TripInstance(
                trip: TripIndex(0), serviceDate: try #require(ServiceDate(text: bus.date)))
            vehicles = [status]
        }
        let snapshot = Snapshot(
            network: network, madeAt: now, lastReceivedAt: now, vehicles: vehicles, trips: [])
        return snapshot.isQuiet(before: date)
    }

    @Test func `a run of the day before that is still to leave is waited for`() throws {
        #expect(try !isQuiet(at: "00:10:00", departure: "25:30:00"))
        #expect(try isQuiet(at: "01:30:01", departure: "25:30:00"))
        #expect(try isQuiet(at: "00:10:00", departure: "28:00:00"), "it leaves at four")
        #expect(try isQuiet(at: "00:10:00", departure: "01:30:00"), "it is the new day's")
        #expect(try !isQuiet(at: "00:10:00", departure: "49:30:00"), "of two days before")
        #expect(try !isQuiet(at: "00:10:00", departure: "25:30:00", isFrequent: true))
        #expect(try isQuiet(at: "01:30:00", departure: "25:30:00", isFrequent: true))
        #expect(try isQuiet(at: "05:00:00", departure: "30:00:00"))
    }

    @Test func `a bus that waits to start a run of the day before is waited for`() throws {
        let noon = "12:00:00"
        #expect(try !isQuiet(at: "00:10:00", departure: noon, bus: (.layover, "20261130")))
        #expect(try isQuiet(at: "00:10:00", departure: noon, bus: (.layover, "20261201")))
        #expect(try !isQuiet(at: "00:10:00", departure: noon, bus: (.inService, "20261201")))
        #expect(try isQuiet(at: "00:10:00", departure: noon, bus: (.parked, "20261130")))
    }

    /// A network in which one trip runs on a service's days, and another service has none.
    private func network(
        _ service: TransitModel.Service, leavingAt departure: ServiceTime = ServiceTime(0),
        isFrequent: Bool = false
    ) throws -> Network {
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
            Trip(
                id: "t", pattern: PatternIndex(0), service: ServiceIndex(0), firstStopTime: 0,
                frequencies: isFrequent
                    ? [
                        Frequency(
                            start: ServiceTime(Int(departure.seconds) - 7200), end: departure,
                            headway: 600, isExact: false)
                    ] : [])
        ])
        let time = StopTime(arrival: departure, departure: departure)
        parts.stopTimes = [time, time]
        return try #require(Network(parts))
    }
}
