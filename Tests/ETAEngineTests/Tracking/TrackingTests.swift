import Geometry
import Testing
import TransitModel

@testable import ETAEngine

struct TrackingTests {
    let start = TestCity.moment(8)

    func snapshot(_ drives: Drive..., after seconds: Double = 0) -> Snapshot {
        var engine = Engine(network: TestCity.network)
        let pings = drives.flatMap(\.pings).sorted { $0.receivedAt < $1.receivedAt }
        for ping in pings { engine.receive(ping) }
        return engine.snapshot(at: (pings.last?.receivedAt ?? start) + seconds)
    }

    @Test func `a bus that moves east is on the eastward run`() throws {
        var drive = Drive(from: 1000, at: start)
        drive.go(to: 2000)
        let bus = try #require(snapshot(drive).vehicle(id: "7"))
        #expect(bus.state == .inService)
        #expect(bus.pattern == TestCity.pattern("R", 0))
        #expect(bus.nextStop == 4)
        #expect(abs((bus.distanceAlong ?? 0) - 2000) < 5)
        #expect(bus.delay == nil)
    }

    @Test func `a bus that moves west on the same street is on the westward run`() throws {
        var drive = Drive(from: 5000, at: start)
        drive.go(to: 3500)
        let bus = try #require(snapshot(drive).vehicle(id: "7"))
        #expect(bus.pattern == TestCity.pattern("R", 1))
        #expect(abs((bus.distanceAlong ?? 0) - 2500) < 5)
    }

    @Test func `a bus that has not moved has no run`() throws {
        var drive = Drive(from: 1000, at: start)
        drive.stand(120)
        let shot = snapshot(drive)
        #expect(try #require(shot.vehicle(id: "7")).state == .unassigned)
        #expect(shot.trips.allSatisfy { $0.vehicleID == nil })
    }

    @Test func `a bus that reaches the end waits for the way back and then drives it`() throws {
        var drive = Drive(from: 1000, at: start)
        drive.go(to: 6000)
        drive.stand(240)
        let waiting = snapshot(drive)
        let bus = try #require(waiting.vehicle(id: "7"))
        #expect(bus.state == .layover)
        #expect(bus.pattern == TestCity.pattern("R", 1))
        let name = try #require(bus.instance)

        drive.go(to: 4000)
        let later = try #require(snapshot(drive).vehicle(id: "7"))
        #expect(later.state == .inService)
        #expect(later.instance == name, "a run keeps its name once it was published")
    }

    @Test func `a run's start is when the bus left`() throws {
        var drive = Drive(from: 0, at: start)
        drive.stand(300)
        drive.go(to: 1500)
        let bus = try #require(snapshot(drive).vehicle(id: "7"))
        let time = try #require(bus.instance?.startTime)
        let expected = TestCity.network.serviceDay.time(
            at: start + 300, on: try #require(bus.instance?.serviceDate))
        #expect(abs(time.seconds - expected.seconds) < 60)
    }

    @Test func `two buses that run together have two runs`() throws {
        var first = Drive(from: 1000, at: start)
        var second = Drive(from: 1000, at: start)
        second.vehicleID = "8"
        first.go(to: 3000)
        second.go(to: 3000)
        let shot = snapshot(first, second)
        let names = Set(shot.vehicles.compactMap(\.instance))
        #expect(names.count == 2)
        #expect(shot.trips.filter { $0.source == .live }.count == 2)
    }

    @Test func `a bus far from every line is off route and foretells nothing`() throws {
        var drive = Drive(from: 1000, at: start)
        drive.go(to: 2000)
        drive.north = 800
        drive.go(to: 3200)
        let shot = snapshot(drive)
        #expect(try #require(shot.vehicle(id: "7")).state == .offRoute)
        #expect(shot.trips.allSatisfy { $0.vehicleID == nil })
    }

    @Test func `a fix beside the line is told as far from it at once`() throws {
        var drive = Drive(from: 1000, at: start)
        drive.go(to: 2000)
        drive.north = 250
        drive.go(to: 2060)
        let bus = try #require(snapshot(drive).vehicle(id: "7"))
        #expect(bus.state == .inService)
        #expect(abs((bus.offset ?? 0) - 250) < 1)
    }

    @Test func `a silent bus foretells nothing`() throws {
        var drive = Drive(from: 1000, at: start)
        drive.go(to: 2000)
        let shot = snapshot(drive, after: 400)
        #expect(try #require(shot.vehicle(id: "7")).state == .silent)
        #expect(shot.trips.allSatisfy { $0.vehicleID == nil })
    }

    @Test func `a bus runs outside the published hours all the same`() throws {
        var drive = Drive(from: 1000, at: TestCity.moment(2, 30))
        drive.go(to: 2000)
        let bus = try #require(snapshot(drive).vehicle(id: "7"))
        #expect(bus.state == .inService)
        #expect(bus.instance?.startTime.map { $0.seconds / 3600 } == 2)
    }

    @Test func `a claimed route outweighs another on the same street`() throws {
        var drive = Drive(from: 1000, at: start)
        drive.route = "T"
        drive.go(to: 2000)
        let bus = try #require(snapshot(drive).vehicle(id: "7"))
        #expect(bus.pattern == TestCity.pattern("T", 0))
    }

    @Test func `a named trip is used and its lateness known`() throws {
        var drive = Drive(from: 0, at: TestCity.moment(8, 1))
        drive.tripID = "T-8"
        drive.route = nil
        drive.stand(60)
        drive.go(to: 1800)
        let bus = try #require(snapshot(drive).vehicle(id: "7"))
        #expect(bus.instance?.trip == TestCity.network.trip(id: "T-8"))
        #expect(abs((bus.delay ?? 0) - 120) < 20)
    }

    @Test func `a source that names a trip takes it from a bus that was thought to run it`() throws
    {
        var inferred = Drive(from: 0, at: start)
        inferred.route = "T"
        inferred.stand(60)
        inferred.go(to: 1800)
        var named = Drive(from: 0, at: inferred.now)
        named.vehicleID = "8"
        named.tripID = "T-8"
        named.go(to: 600)
        let shot = snapshot(inferred, named)
        #expect(
            try #require(shot.vehicle(id: "8")).instance?.trip
                == TestCity.network.trip(id: "T-8"))
        #expect(shot.vehicle(id: "7")?.instance == nil)
        #expect(
            shot.trips.filter { $0.instance.trip == TestCity.network.trip(id: "T-8") }
                .map(\.vehicleID) == ["8"])
    }

    @Test func `a bus that comes back after hours starts anew`() throws {
        var drive = Drive(from: 1000, at: start)
        drive.go(to: 2000)
        let before = try #require(snapshot(drive).vehicle(id: "7")).instance
        drive.now = drive.now + 7200
        drive.go(to: 3000)
        let after = try #require(snapshot(drive).vehicle(id: "7"))
        #expect(after.state == .inService)
        #expect(after.instance != before)
    }

    @Test func `names without end do not fill memory`() {
        var engine = Engine(network: TestCity.network)
        for number in 0..<1500 {
            var drive = Drive(from: 1000, at: start)
            drive.vehicleID = "made-up-\(number)"
            engine.receive(
                Ping(
                    vehicleID: drive.vehicleID, timestamp: start, receivedAt: start,
                    coordinate: TestCity.place(1000)))
        }
        #expect(engine.snapshot(at: start + 10).vehicles.count == 1500)
        _ = engine.snapshot(at: start + 8 * 3600)
        #expect(engine.vehicles.isEmpty)
    }

    @Test func `stop events tell every call in order`() {
        var drive = Drive(from: 0, at: start)
        drive.stand(60)
        drive.go(to: 6000)
        var engine = Engine(network: TestCity.network)
        engine.receive(drive)
        let events = engine.takeStopEvents()
        #expect(events.map(\.position) == Array(events[0].position...10))
        #expect(engine.takeStopEvents().isEmpty)
    }

    @Test func `an explanation says why in words`() throws {
        var drive = Drive(from: 1000, at: start)
        drive.go(to: 2000)
        var engine = Engine(network: TestCity.network)
        engine.receive(drive)
        let why = try #require(engine.explanation(of: "7", at: drive.now))
        #expect(why.hypotheses.first?.pattern == TestCity.pattern("R", 0))
        #expect(why.reasons[0].hasPrefix("In service"))
        #expect(engine.explanation(of: "none", at: drive.now) == nil)
    }

    @Test func `an explanation says what is wrong with fixes that are not believed`() throws {
        var drive = Drive(from: 1000, at: start)
        drive.stand(50)
        var engine = Engine(network: TestCity.network)
        for var ping in drive.pings {
            ping.receivedAt = ping.timestamp + 3600
            engine.receive(ping)
        }
        let why = try #require(engine.explanation(of: "7", at: drive.now + 3600))
        #expect(why.status.state == .silent)
        #expect(why.reasons[0] == "None of its fixes is believed yet.")
        #expect(why.reasons[1].hasPrefix("4 of the last 6 fixes are off by whole half hours"))
        #expect(why.reasons[2].hasPrefix("2 of the last 6 fixes came more than 15 minutes late"))
        #expect(engine.snapshot(at: drive.now + 3600).vehicles.isEmpty)
    }

    @Test func `exchanged coordinates move the bus, and are counted and told`() throws {
        var drive = Drive(from: 1000, at: start)
        drive.go(to: 2000)
        var engine = Engine(network: TestCity.network)
        for var ping in drive.pings {
            ping.coordinate = ping.coordinate.swapped
            #expect(engine.receive(ping) == .doubted(.swapped))
        }
        let why = try #require(engine.explanation(of: "7", at: drive.now))
        #expect(why.status.state == .inService)
        #expect(why.status.coordinate == drive.pings.last?.coordinate)
        #expect(why.fixes.first?.coordinate == drive.pings.last?.coordinate.swapped)
        #expect(why.reasons.contains { $0.contains("had latitude and longitude exchanged") })
        #expect(engine.counts.doubted == [.swapped: drive.pings.count])
        #expect(engine.counts.accepted == drive.pings.count)
    }

    @Test func `a place that does not change for long on a run is doubted but believed`() {
        var drive = Drive(from: 1000, at: start)
        drive.go(to: 2000)
        let driving = drive.pings.count
        drive.stand(600)
        var engine = Engine(network: TestCity.network)
        engine.receive(drive)
        #expect(engine.counts.accepted == drive.pings.count)
        #expect(engine.counts.doubted == [.frozen: drive.pings.count - driving - 47])
        #expect(engine.counts.rejected.isEmpty)
    }

    @Test func `a bus that stands where it has no run is not doubted`() {
        var drive = Drive(from: 1000, at: start)
        drive.stand(1800)
        var engine = Engine(network: TestCity.network)
        engine.receive(drive)
        #expect(engine.counts.doubted.isEmpty)
    }

    @Test func `two devices that claim one vehicle give it one position`() {
        var here = Drive(from: 1000, at: start)
        here.go(to: 3000)
        var there = Drive(from: 1000, at: start + 5)
        there.north = 8000
        there.go(to: 3000)
        var engine = Engine(network: TestCity.network)
        engine.receive(here, there)
        let vehicles = engine.snapshot(at: here.now).vehicles
        #expect(vehicles.map(\.vehicleID) == ["7"])
        #expect(vehicles.first?.coordinate == here.pings.last?.coordinate)
        // The first ping of `there` is from before it was anywhere else, the next two are jumps.
        #expect(engine.counts.accepted == here.pings.count + 1)
        #expect(engine.counts.rejected[.conflict] == there.pings.count - 3)
    }
}
