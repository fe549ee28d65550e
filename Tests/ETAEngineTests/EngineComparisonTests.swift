import Testing
import TransitModel

@testable import ETAEngine

struct EngineComparisonTests {
    let start = TestCity.moment(8)

    func drive(_ id: String, from metres: Double, to end: Double) -> Drive {
        var drive = Drive(from: metres, at: start)
        drive.vehicleID = id
        drive.go(to: end)
        return drive
    }

    @Test func `what is taken in another way is the same when it is the same`() {
        let pings = drive("7", from: 1000, to: 4000).pings
        var one = Engine(network: TestCity.network)
        var other = Engine(network: TestCity.network)
        for ping in pings { one.receive(ping) }
        for var ping in pings {
            ping.receivedAt = ping.receivedAt + 700
            other.relive(ping)
        }
        #expect(one.differences(from: other) == [])
        #expect(one.lastFixTime(of: "7") == pings.last?.timestamp)
        #expect(one.lastFixTime(of: "8") == nil)
    }

    @Test func `one ping less is a difference of vehicles, run and all`() {
        let pings = drive("7", from: 1000, to: 4000).pings
        var one = Engine(network: TestCity.network)
        var other = Engine(network: TestCity.network)
        for ping in pings { one.receive(ping) }
        for ping in pings.dropLast() { other.receive(ping) }
        #expect(one.differences(from: other) == [.vehicles, .counts])
        other = Engine(network: TestCity.network)
        for ping in pings.prefix(1) { other.receive(ping) }
        #expect(
            one.differences(from: other) == [
                .vehicles, .holders, .links, .roads, .stopEvents, .counts,
            ])
    }
}
