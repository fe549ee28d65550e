import Foundation
import Geometry
import TransitModel

@testable import Storage

/// A directory of its own for one test, gone when the test is over.
final class Scratch: Sendable {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "storage-tests-" + UUID().uuidString
        try FileManager.default.createDirectory(
            atPath: path,
            withIntermediateDirectories: true
        )
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file(_ name: String) -> String { path + "/" + name }

    func database() throws -> Database { try Database(directory: path) }
}

/// A ping of bus `vehicle`, whose fix was taken and received at so many seconds of a morning.
func ping(_ vehicle: String, at seconds: Double, receivedAt received: Double? = nil) -> Ping {
    let morning = Timestamp(unix: 1_782_086_400)
    return Ping(
        vehicleID: vehicle,
        timestamp: morning + seconds,
        receivedAt: morning + (received ?? seconds),
        coordinate: Coordinate(latitude: -0.934401, longitude: 100.398153)
    )
}

/// Numbers that look random and are the same for the same seed (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// Four stops on one route: one trip, from Pasar Raya to Batas Kota; all ids begin with `ids`.
func smallNetwork(ids: String = "") throws -> Network {
    var parts = Network.Parts()
    parts.agencies = Table([Agency(id: ids + "TP", name: "Trans Padang", timeZone: "Asia/Jakarta")])
    let stops = (0..<4).map { position in
        Stop(
            id: ids + "halte-\(position)",
            name: "Halte \(position)",
            coordinate: Coordinate(latitude: -0.95 + 0.01 * Double(position), longitude: 100.36)
        )
    }
    parts.stops = Table(stops)
    parts.routes = Table([Route(id: ids + "K1", agency: AgencyIndex(0), shortName: "K1")])
    parts.services = Table([Service(id: ids + "daily", weekdays: 0b111_1111)])
    struct NoNetwork: Error {}
    guard let line = Polyline(stops.compactMap(\.coordinate).map { parts.plane.point($0) }) else {
        throw NoNetwork()
    }
    parts.patterns = Table([
        TripPattern(
            route: RouteIndex(0),
            direction: 1,
            shape: nil,
            stops: (0..<4).map { StopIndex($0) },
            sequences: [10, 20, 30, 40],
            line: line,
            distances: [0, 1112, 2224, 3336]
        )
    ])
    parts.trips = Table([
        Trip(
            id: ids + "K1-0600", pattern: PatternIndex(0), service: ServiceIndex(0),
            firstStopTime: 0)
    ])
    parts.stopTimes = (0..<4).map { position in
        let time = ServiceTime(6 * 3600 + position * 180)
        return StopTime(arrival: time, departure: time)
    }
    guard let network = Network(parts) else { throw NoNetwork() }
    return network
}
