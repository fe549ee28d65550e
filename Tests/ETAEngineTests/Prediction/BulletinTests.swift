import Testing
import TransitModel

@testable import ETAEngine

struct BulletinTests {
    let start = TestCity.moment(8)

    /// What an engine says that has told nobody anything yet.
    private func fresh(_ engine: Engine, at now: Timestamp) -> Snapshot {
        var engine = engine
        engine.bulletins = Bulletins()
        return engine.snapshot(at: now)
    }

    private func live(_ snapshot: Snapshot) -> TripPrediction? {
        snapshot.trips.first { $0.source == .live }
    }

    @Test func `without news what was foretold stands, and a stop that is due is the next`() throws
    {
        var drive = Drive(from: 1000, at: start)
        drive.go(to: 2100)
        var engine = Engine(network: TestCity.network)
        engine.receive(drive)
        let first = try #require(live(engine.snapshot(at: drive.now)))
        let due = try #require(first.stops.first).arrival
        #expect(due > drive.now + 20 && due < drive.now + 58)
        #expect(live(engine.snapshot(at: due - 1)) == first)
        let overdue = try #require(live(engine.snapshot(at: due + 1)))
        #expect(overdue.stops.first?.arrival == due + 1)
        #expect(overdue.stops.dropFirst() == first.stops.dropFirst())
        #expect(overdue == live(fresh(engine, at: due + 1)))
    }

    @Test func `what was foretold stands for a minute at most, and until other days speak`() throws
    {
        var slow = Drive(from: 0, at: start)
        slow.stand(60)
        slow.go(to: 6000, speed: 600.0 / 240)
        var drive = Drive(from: 0, at: slow.now)
        drive.stand(60)
        drive.go(to: 700, speed: 600.0 / 240)
        var engine = Engine(network: TestCity.network)
        for ping in slow.pings + Self.named("8", drive.pings) { engine.receive(ping) }
        func told(after age: Double) -> TripPrediction? {
            engine.snapshot(at: drive.now + age).trips.first {
                $0.vehicleID == "8" && $0.source == .live
            }
        }
        let first = try #require(told(after: 0))
        #expect(try #require(first.stops.first).arrival > drive.now + 65)
        for age in [1.0, 30, 59] { #expect(told(after: age) == first) }
        // The latest traversals say less and less.
        #expect(told(after: 61) != first)
        let second = told(after: 62)
        #expect(second == told(after: 61))
        engine.recall(Experience())
        #expect(told(after: 62) != second)
    }

    @Test func `a bus that is overdue at the terminal never seems to have left`() throws {
        var drive = Drive(from: 1000, at: start)
        drive.go(to: 6000)
        drive.stand(900)
        var engine = Engine(network: TestCity.network)
        engine.receive(drive)
        for age in stride(from: 0.0, through: 120, by: 2) {
            let now = drive.now + age
            let trip = try #require(
                engine.snapshot(at: now).trips.first { $0.source == .terminal })
            #expect(try #require(trip.stops.first).departure >= now + 10)
        }
    }

    @Test func `a snapshot says what a first one would, or of a silent bus what the last one said`()
    {
        var kept = 0
        for seed in 0..<12 as Range<UInt64> {
            var random = SeededRandom(seed: seed)
            var engine = Engine(network: TestTown.network)
            var last: [TripInstance: TripPrediction] = [:]
            var heard: Set<String> = []
            var latest = start
            for ping in Self.twoBuses(&random) {
                if engine.receive(ping).isBelieved { heard.insert(ping.vehicleID) }
                guard random.number(in: 0...1) < 0.3 else { continue }
                let now = max(latest, ping.receivedAt + random.number(in: 0...1))
                latest = now
                let first = fresh(engine, at: now)
                let snapshot = engine.snapshot(at: now)
                #expect(snapshot.vehicles == first.vehicles)
                let runs = Dictionary(uniqueKeysWithValues: first.trips.map { ($0.instance, $0) })
                for trip in snapshot.trips where [.live, .terminal].contains(trip.source) {
                    #expect(trip.stops.allSatisfy { $0.arrival >= now })
                    guard trip != runs[trip.instance] else { continue }
                    #expect(trip == last[trip.instance].map { Forecast($0, at: now).told(at: now) })
                    #expect(!heard.contains(trip.vehicleID ?? ""))
                    kept += 1
                }
                last = Dictionary(uniqueKeysWithValues: snapshot.trips.map { ($0.instance, $0) })
                heard = []
            }
        }
        #expect(kept > 0)
    }

    private static func twoBuses(_ random: inout SeededRandom) -> [Ping] {
        let others = named("8", RandomDriveTests.pings(&random))
        return (RandomDriveTests.pings(&random) + others).sorted { $0.receivedAt < $1.receivedAt }
    }

    private static func named(_ vehicleID: String, _ pings: [Ping]) -> [Ping] {
        pings.map { ping in
            var ping = ping
            ping.vehicleID = vehicleID
            return ping
        }
    }

    @Test func `vehicles stand in the order of their ids, however they came`() {
        var engine = Engine(network: TestCity.network)
        var drive = Drive(from: 1000, at: start)
        drive.go(to: 1300)
        for id in ["10", "b", "9", "a", "2"] {
            for ping in Self.named(id, drive.pings) { engine.receive(ping) }
            _ = engine.snapshot(at: drive.now)
        }
        let ids = engine.snapshot(at: start + 100).vehicles.map(\.vehicleID)
        #expect(ids == ["2", "9", "10", "a", "b"])
    }
}
