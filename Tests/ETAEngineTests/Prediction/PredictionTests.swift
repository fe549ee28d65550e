import Testing
import TransitModel

@testable import ETAEngine

struct PredictionTests {
    let start = TestCity.moment(8)

    func shot(_ drive: Drive, after seconds: Double = 0) -> Snapshot {
        var engine = Engine(network: TestCity.network)
        engine.receive(drive)
        return engine.snapshot(at: drive.now + seconds)
    }

    @Test func `every stop ahead has a time and times rise`() throws {
        var drive = Drive(from: 1000, at: start)
        drive.go(to: 2000)
        let trip = try #require(shot(drive).trips.first { $0.source == .live })
        #expect(trip.stops.map(\.position) == Array(4...10))
        for (left, right) in zip(trip.stops, trip.stops.dropFirst()) {
            #expect(left.departure < right.arrival)
            #expect(left.uncertainty <= right.uncertainty)
        }
        let first = try #require(trip.stops.first)
        #expect(abs(first.arrival - (drive.now + 60)) < 10)
    }

    @Test func `predictions grow old gracefully`() throws {
        var drive = Drive(from: 1000, at: start)
        drive.go(to: 2000)
        let later = shot(drive, after: 200)
        let trip = try #require(later.trips.first { $0.source == .live })
        #expect(trip.stops.allSatisfy { $0.arrival >= later.madeAt })
        // It should have been at the fourth stop two minutes ago, and at the fifth just now.
        #expect(trip.stops.first?.position == 5)
    }

    @Test func `slow buses teach the ones behind`() throws {
        var engine = Engine(network: TestCity.network)
        var slow = Drive(from: 0, at: start)
        slow.stand(60)
        slow.go(to: 6000, speed: 600.0 / 180)
        engine.receive(slow)
        var next = Drive(from: 0, at: slow.now)
        next.vehicleID = "8"
        next.stand(60)
        next.go(to: 700)
        engine.receive(next)
        let trip = try #require(
            engine.snapshot(at: next.now).trips.first { $0.vehicleID == "8" && $0.source == .live })
        let last = try #require(trip.stops.last)
        let timetable = 5300.0 / 600 * 90
        #expect(last.arrival - next.now > 1.1 * timetable)
        #expect(last.arrival - next.now < 2 * timetable)
    }

    @Test(arguments: [2.0, 10, 25])
    func `every link is learned also from a bus that stops everywhere`(interval: Double) {
        var drive = Drive(from: 0, at: start)
        drive.every = interval
        drive.stand(60)
        for stop in 1..<TestCity.stopCount {
            drive.go(to: Double(stop) * TestCity.stopSpacing)
            drive.stand(30)
        }
        var engine = Engine(network: TestCity.network)
        engine.receive(drive)
        let links = Set(engine.experience().links.map(\.to.id))
        #expect(links.isSuperset(of: (2..<TestCity.stopCount).map { "S\($0)" }))
    }

    @Test func `what was learned survives a new engine`() {
        var engine = Engine(network: TestCity.network)
        var slow = Drive(from: 0, at: start)
        slow.stand(60)
        slow.go(to: 6000, speed: 600.0 / 180)
        engine.receive(slow)
        let learned = engine.experience()
        #expect(!learned.isEmpty)
        let heir = Engine(network: TestCity.network, learned: learned)
        #expect(heir.experience() == learned)
        engine.recall(Experience())
        #expect(engine.experience().isEmpty)
    }

    @Test func `what was learned survives ids that all changed`() {
        var engine = Engine(network: TestCity.network)
        var slow = Drive(from: 0, at: start)
        slow.stand(60)
        slow.go(to: 6000, speed: 600.0 / 180)
        engine.receive(slow)
        let learned = engine.experience().links
        let heir = Engine(
            network: TestCity.renumbered, learned: Experience(links: learned)
        ).experience().links
        #expect(heir.map(\.from.name) == learned.map(\.from.name))
        #expect(heir.map(\.mean) == learned.map(\.mean))
        #expect(Set(heir.map(\.from.id)).isDisjoint(with: learned.map(\.from.id)))
    }

    @Test func `what was learned of a link that is gone is kept for when it is back`() {
        let gone = LinkStatistic(
            from: StopPlace(id: "S0"), to: StopPlace(id: "S9"), period: 7, count: 3, mean: 1.5,
            variance: 0.1)
        let engine = Engine(network: TestCity.network, learned: Experience(links: [gone]))
        #expect(engine.experience().links == [gone])
    }

    @Test func `links that have become one are learned as one`() throws {
        let learned = ["a", "b"].map { id in
            LinkStatistic(
                from: StopPlace(id: id, name: "Stop 2", coordinate: TestCity.place(1200)),
                to: StopPlace(id: "S3"), period: 7, count: 10, mean: id == "a" ? 1 : 2,
                variance: 0)
        }
        let merged = Engine(
            network: TestCity.network, learned: Experience(links: learned)
        ).experience().links
        #expect(merged.count == 1)
        #expect(try #require(merged.first).count == 20)
        #expect(abs(try #require(merged.first).mean - 1.5) < 1e-9)
    }

    @Test func `a bus on its way out is foretold on its way back`() throws {
        var drive = Drive(from: 1000, at: start)
        drive.go(to: 4000)
        let next = try #require(shot(drive).trips.first { $0.source == .nextTrip })
        #expect(next.pattern == TestCity.pattern("R", 1))
        #expect(next.vehicleID == "7")
        #expect(next.stops.first?.position == 0)
    }

    @Test func `timetabled trips without a bus are shown as the timetable has them`() throws {
        var engine = Engine(network: TestCity.network)
        let trips = engine.snapshot(at: TestCity.moment(7, 45)).trips
        let trip = try #require(trips.first)
        #expect(trips.count == 1)
        #expect(trip.source == .schedule)
        let departure = try #require(trip.stops.first).arrival
        #expect(abs(departure - TestCity.moment(8)) < 5)
        let network = TestCity.network
        let arrivals = engine.snapshot(at: TestCity.moment(7, 45))
            .arrivals(at: try #require(network.stop(id: "S3")))
        let arrival = try #require(arrivals.first).stop.arrival
        #expect(abs(arrival - (departure + 270)) < 15)
    }

    @Test func `the same pings give the same snapshot`() {
        var drive = Drive(from: 1000, at: start)
        drive.go(to: 4000)
        let one = shot(drive)
        let two = shot(drive)
        #expect(one.trips.map(\.instance) == two.trips.map(\.instance))
        #expect(one.trips.map(\.stops) == two.trips.map(\.stops))
    }
}
