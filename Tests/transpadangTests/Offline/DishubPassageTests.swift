import Geometry
import Testing
import TransitModel

@testable import transpadang

@Suite struct `Dishub's socket, passed through` {
    private let network: Network

    init() throws {
        var parts = Network.Parts()
        parts.agencies = Table([Agency(id: "TP", name: "TP", timeZone: "Asia/Jakarta")])
        parts.stops = Table(
            [(-1.05, 100.3), (-0.75, 100.5)].enumerated().map { index, place in
                Stop(
                    id: "s\(index)", name: "s",
                    coordinate: Coordinate(latitude: place.0, longitude: place.1))
            })
        network = try #require(Network(parts))
    }

    private func ping(
        _ vehicle: String, _ seconds: Double, delay: Double = 1, latitude: Double = -0.9471234,
        longitude: Double = 100.3612347
    ) -> Ping {
        let moment = Timestamp(1_795_388_400 + seconds)
        return Ping(
            vehicleID: vehicle, timestamp: moment, receivedAt: moment + delay,
            coordinate: Coordinate(latitude: latitude, longitude: longitude), speed: 5.47,
            bearing: 93, routeID: "K1", directionText: "Pasar Raya – RTH", tripID: "K1-0-pagi")
    }

    private func passed(_ pings: [Ping]) -> [Ping] {
        var socket = DishubPassage(network: network)
        return socket.pass(pings, until: Timestamp(1_795_389_000))
    }

    @Test func `what the form cannot hold is lost, what it can is kept`() throws {
        let passed = passed([ping("12", 1)])
        let kept = try #require(passed.first)
        #expect(passed.count == 1)
        #expect(kept.vehicleID == "12" && kept.timestamp == ping("12", 1).timestamp)
        #expect(kept.coordinate == Coordinate(latitude: -0.947123, longitude: 100.361235))
        #expect(kept.routeID == "K1" && kept.directionText == "Pasar Raya – RTH")
        #expect(abs((kept.speed ?? 0) - 20 / 3.6) < 1e-9)
        #expect(kept.bearing == nil && kept.tripID == nil && kept.directionID == nil)
    }

    @Test func `pings come with the next frame, two seconds apart, and once`() {
        let passed = passed([ping("1", 0, delay: 0.5), ping("2", 0, delay: 1), ping("1", 9)])
        #expect(passed.map(\.vehicleID) == ["1", "2", "1"])
        #expect(passed.map { $0.receivedAt.unix - 1_795_388_400 } == [2, 2, 10])
    }

    @Test func `steps do not matter`() {
        let pings = (0..<40).map { ping(String($0 % 5), Double($0) * 1.5) }
        var socket = DishubPassage(network: network)
        var stepped: [Ping] = []
        for ping in pings { stepped += socket.pass([ping], until: ping.receivedAt) }
        stepped += socket.pass([], until: Timestamp(1_795_389_000))
        #expect(stepped == passed(pings))
    }

    @Test func `a fix older than the one shown is lost`() {
        let passed = passed([ping("1", 10), ping("1", 4, delay: 12), ping("1", 20)])
        #expect(passed.map { $0.timestamp.unix - 1_795_388_400 } == [10, 20])
    }

    @Test func `fixes at 0, far away or exchanged among sound ones are lost`() {
        let sound = ["1", "2", "3"].map { ping($0, 1) }
        let wild = [
            ping("4", 1, latitude: 0, longitude: 0), ping("5", 1, latitude: 20, longitude: 30),
            ping("6", 1, latitude: 100.36, longitude: -0.94),
        ]
        #expect(passed(sound + wild).map(\.vehicleID) == ["1", "2", "3"])
    }
}
