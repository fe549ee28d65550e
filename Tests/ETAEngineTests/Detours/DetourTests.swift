import Geometry
import Testing
import TransitModel

@testable import ETAEngine

struct DetourTests {
    let start = TestCity.moment(8)

    /// A bus that comes down the street, through a side street between two places, or not.
    func bus(
        _ id: String, after seconds: Double, around: ClosedRange<Double>? = 2000...3500,
        until end: Double = 5000
    ) -> Drive {
        var drive = Drive(from: 1000, at: start + seconds)
        drive.vehicleID = id
        guard let around else {
            drive.go(to: end)
            return drive
        }
        drive.go(to: around.lowerBound)
        drive.turn(north: 300)
        drive.go(to: around.upperBound)
        drive.turn(north: 0)
        drive.go(to: end)
        return drive
    }

    func engine(_ drives: [Drive]) -> Engine {
        var engine = Engine(network: TestCity.network)
        for ping in drives.flatMap(\.pings).sorted(by: { $0.receivedAt < $1.receivedAt }) {
            engine.receive(ping)
        }
        return engine
    }

    func detours(_ drives: [Drive]) -> [SuspectedDetour] {
        engine(drives).suspectedDetours(at: drives.map(\.now).max() ?? start)
    }

    @Test func `a bus on a way around keeps its run, and what it missed is skipped`() throws {
        var drive = bus("7", after: 0, until: 3600)
        var engine = engine([drive])
        let before = try #require(engine.snapshot(at: drive.now).vehicle(id: "7")?.instance)
        drive.go(to: 5000)
        engine = self.engine([drive])
        let after = try #require(engine.snapshot(at: drive.now).vehicle(id: "7"))
        #expect(after.instance == before)
        #expect(after.state == .inService)
        #expect(abs((after.distanceAlong ?? 0) - 5000) < 10)
        let events = engine.takeStopEvents()
        #expect(events.map(\.position) == [2, 3, 4, 5, 6, 7, 8])
        let skipped = events.filter { $0.call == .skipped }
        #expect(skipped.map(\.position) == [4, 5])
        #expect(skipped.allSatisfy { $0.arrival == nil && $0.departure == nil })
        #expect(skipped.allSatisfy { $0.skippedAt != nil })
    }

    @Test func `three buses that leave at one place make a detour`() throws {
        let drives = ["7", "8", "9"].enumerated().map { bus($1, after: Double($0) * 600) }
        let found = detours(drives)
        let detour = try #require(found.first)
        #expect(found.count == 1)
        #expect(detour.id == "R.0.4")
        #expect(detour.vehicles == ["7", "8", "9"])
        let stretch = try #require(detour.stretches.first)
        #expect(stretch.pattern == TestCity.pattern("R", 0))
        #expect(abs(stretch.from - 2000) < 100 && abs(stretch.to - 3500) < 100)
        #expect(stretch.skipped == [4, 5])
        #expect(detour.skippedStops(in: TestCity.network).count == 2)
        #expect(detour.routes(in: TestCity.network).count == 1)
        #expect(detour.firstSeen < detour.lastSeen)
    }

    @Test func `two buses do not suffice`() {
        #expect(detours([bus("7", after: 0), bus("8", after: 600)]).isEmpty)
    }

    @Test func `three buses that leave at different places do not suffice`() {
        let drives = [
            bus("7", after: 0), bus("8", after: 600, around: 2000...4300),
            bus("9", after: 1200, around: 3000...4300),
        ]
        #expect(detours(drives).isEmpty)
    }

    @Test func `a bus that breaks down and goes home is no detour`() {
        var drives = [bus("7", after: 0), bus("8", after: 600)]
        var broken = Drive(from: 1000, at: start + 1200)
        broken.vehicleID = "9"
        broken.go(to: 2000)
        broken.stand(300)
        broken.turn(north: 600)
        broken.go(to: 0)
        drives.append(broken)
        #expect(detours(drives).isEmpty)
        #expect(detours([broken]).isEmpty)
    }

    @Test func `after three regular ways it is over`() {
        var drives = ["7", "8", "9"].enumerated().map { bus($1, after: Double($0) * 600) }
        for number in 3..<5 {
            drives.append(bus("\(number)", after: Double(number) * 600, around: nil))
        }
        #expect(detours(drives).count == 1)
        drives.append(bus("5", after: 3000, around: nil))
        #expect(detours(drives).isEmpty)
    }

    @Test func `excursions hours apart are no detour`() {
        let drives = ["7", "8", "9"].enumerated().map { bus($1, after: Double($0) * 4000) }
        #expect(detours(drives).isEmpty)
    }

    @Test func `a dismissed detour is suggested no more while it lasts`() {
        let drives = ["7", "8", "9"].enumerated().map { bus($1, after: Double($0) * 600) }
        var engine = engine(drives)
        engine.dismissDetour("R.0.4", at: start + 1500)
        let next = bus("10", after: 1800)
        engine.receive(next)
        #expect(engine.suspectedDetours(at: next.now).isEmpty)
        for number in 4..<7 {
            engine.receive(bus("\(number)", after: Double(number) * 600, around: nil))
        }
        #expect(engine.dismissedDetours.isEmpty)
    }

    @Test func `nothing is foretold two minutes after a bus left its line`() throws {
        var drive = Drive(from: 1000, at: start)
        drive.go(to: 2000)
        drive.turn(north: 300)
        drive.go(to: 2500)
        var engine = engine([drive])
        let early = engine.snapshot(at: drive.now)
        #expect(early.vehicle(id: "7")?.state == .offRoute)
        #expect(early.trips.contains { $0.vehicleID == "7" })
        drive.go(to: 3100)
        engine = self.engine([drive])
        #expect(!engine.snapshot(at: drive.now).trips.contains { $0.vehicleID == "7" })
    }
}

struct DetourWatchTests {
    let start = TestCity.moment(8)

    func excursion(_ vehicle: String, run: Int, after seconds: Double) -> Excursion {
        let pattern = TestCity.network.patterns[TestCity.pattern("R", 0)]
        return Excursion(
            vehicleID: vehicle,
            instance: TripInstance(
                trip: TripIndex(0), serviceDate: ServiceDate(dayNumber: 20_000),
                startTime: ServiceTime(run)),
            stretch: Excursion.Stretch(
                line: 0, pattern: TestCity.pattern("R", 0), range: 2000...3500, skipped: [4, 5]),
            leave: pattern.line.point(at: 2000), rejoin: pattern.line.point(at: 3500),
            leftAt: start + seconds, backAt: start + seconds + 200)
    }

    @Test(arguments: [
        (["a", "a", "a"], false), (["a", "a", "a", "a", "a"], true),
        (["a", "b", "a"], false), (["a", "b", "a", "b"], true), (["a", "b", "c"], true),
    ])
    func `further runs of one vehicle count half`(vehicles: [String], isEnough: Bool) {
        var watch = DetourWatch()
        for (number, vehicle) in vehicles.enumerated() {
            watch.note(
                excursion(vehicle, run: number, after: Double(number) * 300),
                memory: DetourWatch.memory
            ) { _ in "x" }
        }
        #expect(watch.suspected(at: start + 3600).isEmpty != isEnough)
    }

    @Test func `vehicles on the regular way in between make one begin anew`() {
        var watch = DetourWatch()
        for number in 0..<6 {
            watch.note(
                excursion("\(number)", run: number, after: Double(number) * 300),
                memory: DetourWatch.memory
            ) { _ in "x" }
            for _ in 0..<(number.isMultiple(of: 2) ? 0 : 3) {
                watch.noteRegularWay(
                    onLine: 0, to: 3400...3600, followedFrom: 0,
                    at: start + Double(number) * 300 + 250)
            }
        }
        #expect(watch.suspected(at: start + 3600).isEmpty)
    }

    @Test func `what is remembered is bounded`() {
        var watch = DetourWatch()
        for number in 0..<500 {
            var excursion = excursion("a", run: number, after: Double(number))
            excursion.leave.x += Double(number) * 400
            watch.note(excursion, memory: DetourWatch.memory) { _ in "x" }
        }
        #expect(watch.groups.count == 64)
        #expect(Set(watch.groups.map(\.id)).count == 64)
    }
}
