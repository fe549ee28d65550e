import Geometry
import Testing
import TransitModel

@testable import ETAEngine

struct PingFilterTests {
    let area = PingFilter.Area(network: TestCity.network)
    let start = TestCity.moment(8)

    func ping(_ seconds: Double, _ metres: Double, delay: Double = 1) -> Ping {
        Ping(
            vehicleID: "7", timestamp: start + seconds, receivedAt: start + seconds + delay,
            coordinate: TestCity.place(metres))
    }

    func judge(_ ping: Ping, with filter: inout PingFilter) -> PingOutcome {
        filter.judge(ping, at: TestCity.network.plane.point(ping.coordinate), in: area)
    }

    @Test func `a ping heard twice is a duplicate and an older one is late`() {
        var filter = PingFilter()
        #expect(judge(ping(10, 0), with: &filter) == .accepted)
        #expect(judge(ping(10, 0), with: &filter) == .rejected(.duplicate))
        #expect(judge(ping(5, 0), with: &filter) == .rejected(.late))
    }

    @Test func `a ping from the future or from long ago is not believed`() {
        var filter = PingFilter()
        #expect(judge(ping(0, 0, delay: -31), with: &filter) == .rejected(.future))
        #expect(judge(ping(0, 0, delay: 901), with: &filter) == .rejected(.stale))
        #expect(judge(ping(0, 0, delay: -29), with: &filter) == .accepted)
    }

    @Test func `null island and another country are not believed`() {
        var filter = PingFilter()
        var nowhere = ping(0, 0)
        nowhere.coordinate = Coordinate(latitude: 0, longitude: 0)
        #expect(judge(nowhere, with: &filter) == .rejected(.nowhere))
        var abroad = ping(0, 0)
        abroad.coordinate = Coordinate(latitude: 52, longitude: 13)
        #expect(judge(abroad, with: &filter) == .rejected(.outside))
    }

    @Test func `one jump is ignored and three fixes that agree are believed`() {
        var filter = PingFilter()
        #expect(judge(ping(0, 0), with: &filter) == .accepted)
        #expect(judge(ping(10, 5000), with: &filter) == .rejected(.jump))
        #expect(judge(ping(20, 60), with: &filter) == .accepted)
        #expect(judge(ping(30, 5000), with: &filter) == .rejected(.jump))
        #expect(judge(ping(40, 5050), with: &filter) == .rejected(.jump))
        #expect(judge(ping(50, 5100), with: &filter) == .accepted)
        #expect(judge(ping(60, 5150), with: &filter) == .accepted)
    }
}
