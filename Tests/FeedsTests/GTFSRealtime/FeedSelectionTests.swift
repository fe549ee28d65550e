import ETAEngine
import Geometry
import Testing
import TransitModel

@testable import Feeds

struct FeedSelectionTests {
    private func ids(_ scene: Scene) -> (trips: [String], vehicles: [String], named: [String]) {
        let selection = FeedSelection(scene.snapshot)
        return (
            selection.trips.map {
                RunIdentity(scene.trips[$0].instance, in: scene.network).entityID
            },
            selection.vehicles.map { scene.snapshot.vehicles[$0.index].vehicleID },
            selection.vehicles.filter(\.namesRun).map {
                scene.snapshot.vehicles[$0.index].vehicleID
            }
        )
    }

    @Test func `a bus in service stands in both feeds`() {
        var scene = Scene()
        scene.addBus("7", on: Town.run("H", start: "07:50:00"))
        let found = ids(scene)
        #expect(found.trips == ["trip:H:20261121:07:50:00"])
        #expect(found.named == ["7"])
    }

    @Test func `a bus that waits at the terminal is on the run it will start`() {
        var scene = Scene()
        scene.addBus("7", on: Town.run("T2"), before: 0, source: .terminal)
        #expect(ids(scene).trips == ["trip:T2:20261121"])
        #expect(ids(scene).named == ["7"])
    }

    @Test(arguments: [VehicleState.parked, .silent])
    func `a bus that is parked or silent is left out with its run`(state: VehicleState) {
        var scene = Scene()
        scene.addBus("7", on: Town.run("T1")) { $0.state = state }
        #expect(ids(scene).trips.isEmpty)
        #expect(ids(scene).vehicles.isEmpty)
    }

    @Test(arguments: [(90.0, 1), (90.5, 0)])
    func `a fix older than ninety seconds is not published`(age: Double, count: Int) {
        var scene = Scene()
        scene.addBus("7", on: Town.run("T1")) { $0.fixTime = $0.fixTime + 10 - age }
        #expect(ids(scene).vehicles.count == count)
        #expect(ids(scene).trips.count == count)
    }

    @Test(arguments: [(149.0, true), (151.0, false)])
    func `a bus far from its line keeps its update but its position names no run`(
        offset: Double, isNamed: Bool
    ) {
        var scene = Scene()
        scene.addBus("7", on: Town.run("T1")) { $0.offset = offset }
        #expect(ids(scene).trips == ["trip:T1:20261121"])
        #expect(ids(scene).vehicles == ["7"])
        #expect(ids(scene).named.isEmpty == !isNamed)
    }

    @Test func `an offset that is not told is measured`() {
        var scene = Scene()
        scene.addBus("7", on: Town.run("T1")) { vehicle in
            vehicle.offset = nil
            vehicle.coordinate.latitude += 0.002
        }
        #expect(ids(scene).named.isEmpty)
        scene.vehicles[0].coordinate.latitude -= 0.0019
        #expect(ids(scene).named == ["7"])
    }

    @Test func `a next trip is published only inside a block`() {
        var scene = Scene()
        scene.addBus("7", on: Town.run("T1"))
        scene.addTrip(Town.run("T2"), vehicle: "7")
        scene.addTrip(Town.run("T3"), vehicle: "7")
        #expect(ids(scene).trips == ["trip:T2:20261121", "trip:T1:20261121"])
    }

    @Test func `a next trip of the block on another day is not published`() {
        var scene = Scene()
        scene.addBus("7", on: Town.run("T1"))
        var tomorrow = Town.run("T2")
        tomorrow.serviceDate = Town.date + 1
        scene.addTrip(tomorrow, vehicle: "7")
        #expect(ids(scene).trips == ["trip:T1:20261121"])
    }

    @Test func `the timetable alone is not published`() {
        var scene = Scene()
        scene.addTrip(Town.run("T1"), vehicle: nil, source: .schedule)
        #expect(ids(scene).trips.isEmpty)
    }

    @Test func `a run without stops ahead is not published, nor named by its bus`() {
        var scene = Scene()
        scene.addBus("7", on: Town.run("T1"))
        scene.trips[0].stops = []
        #expect(ids(scene).trips.isEmpty)
        #expect(ids(scene).vehicles == ["7"])
        #expect(ids(scene).named.isEmpty)
    }

    @Test func `two buses on one run give one update and one of them names it`() {
        var scene = Scene()
        scene.addBus("7", on: Town.run("T1"))
        scene.addBus("8", on: Town.run("T1"))
        #expect(ids(scene).trips == ["trip:T1:20261121"])
        #expect(ids(scene).vehicles == ["8", "7"])
        #expect(ids(scene).named == ["7"])
    }

    @Test(arguments: 0..<100)
    func `the last bus of a trip id is the same in both feeds`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var scene = Scene()
        for number in 0..<12 {
            let start = "07:\(10 + Int.random(in: 0..<30, using: &random)):0\(number % 10)"
            let offset = Double.random(in: 0...300, using: &random)
            scene.addBus("\(number)", on: Town.run("H", start: start)) { $0.offset = offset }
        }
        scene.trips.shuffle(using: &random)
        let selection = FeedSelection(scene.snapshot)
        let lastUpdate = selection.trips.last.flatMap { scene.trips[$0].vehicleID }
        let named = selection.vehicles.filter(\.namesRun)
        #expect(
            named.isEmpty
                || named.last.map { scene.snapshot.vehicles[$0.index].vehicleID } == lastUpdate)
    }
}
