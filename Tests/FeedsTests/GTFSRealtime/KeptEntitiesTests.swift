import ETAEngine
import Testing
import TransitModel

@testable import Feeds

struct KeptEntitiesTests {
    @Test func `an entity is packed when what it says changes`() {
        var kept = KeptEntities<String, Int>()
        var packed = 0
        func bytes(_ content: Int, at now: Int64) -> [UInt8] {
            defer { kept.endMessage() }
            return kept.bytes(of: content, key: "a", at: now, lasting: 0...100) {
                packed += 1
                return [UInt8(content)]
            }
        }
        #expect(bytes(1, at: 5) == [1])
        #expect(bytes(1, at: 6) == [1])
        #expect(packed == 1)
        #expect(bytes(2, at: 7) == [2])
        #expect(bytes(2, at: 101) == [2])
        #expect(bytes(2, at: 102) == [2])
        #expect(packed == 4)
    }

    @Test func `entities that are gone are let go`() {
        var kept = KeptEntities<Int, Int>()
        var packed = 0
        for key in Array(0..<1000) + [0] {
            _ = kept.bytes(of: key, key: key, at: 1, lasting: 0...9) {
                packed += 1
                return []
            }
            kept.endMessage()
        }
        #expect(packed == 1001)
    }

    /// Buses that are heard of, fall behind, change their run, and a timetable that is exchanged.
    @Test(arguments: 0..<40 as Range<UInt64>)
    func `an encoder that keeps entities says what a new one says`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var encoder = FeedEncoder()
        var scene = Scene()
        for number in 0..<6 { scene.addBus("\(number)", on: Self.run(number)) }
        scene.addBus("8", on: Town.run("T1"), before: 3)
        for _ in 0..<60 {
            Self.change(&scene, &random)
            let header = FeedHeader(timestamp: scene.header, feedVersion: "v")
            let feeds = encoder.encode(scene.snapshot, alerts: [.detour], header: header)
            #expect(feeds.combined == scene.feeds(alerts: [.detour]).combined)
        }
    }

    private static func run(_ number: Int) -> TripInstance {
        Town.run("H", start: "07:\(40 + number):00")
    }

    private static func change(_ scene: inout Scene, _ random: inout SeededGenerator) {
        scene.madeAt = scene.madeAt + Double(Int.random(in: 0...4, using: &random))
        let bus = Int.random(in: scene.vehicles.indices, using: &random)
        switch Int.random(in: 0..<8, using: &random) {
        case 0:
            scene.vehicles[bus].fixTime = scene.madeAt + Double.random(in: -3...1, using: &random)
            scene.trips[bus].fixTime = scene.vehicles[bus].fixTime
        case 1: scene.trips[bus].stops.removeFirst(scene.trips[bus].stops.count > 1 ? 1 : 0)
        case 2:
            for stop in scene.trips[bus].stops.indices {
                scene.trips[bus].stops[stop].arrival = scene.trips[bus].stops[stop].arrival + 7
                scene.trips[bus].stops[stop].departure = scene.trips[bus].stops[stop].departure + 7
            }
        case 3: scene.vehicles[bus].offset = Double.random(in: 0...300, using: &random)
        case 4 where bus < 6:
            let run = run(Int.random(in: 0..<20, using: &random))
            guard !scene.trips.contains(where: { $0.instance == run }) else { return }
            scene.vehicles[bus].instance = run
            scene.trips[bus].instance = run
        case 5: scene.vehicles[bus].state = .allCases.randomElement(using: &random) ?? .parked
        case 6 where Bool.random(using: &random):
            scene.network = Town.network { $0.stops.elements[4].id = "S5b" }
        default: break
        }
    }
}
