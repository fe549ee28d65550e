import Geometry
import Testing
import TransitModel

@testable import ETAEngine

struct PingFilterTests {
    let surroundings = Surroundings(network: TestCity.network)
    let start = TestCity.moment(8)

    func ping(_ seconds: Double, _ metres: Double, delay: Double = 1, speed: Double? = nil) -> Ping
    {
        Ping(
            vehicleID: "7", timestamp: start + seconds, receivedAt: start + seconds + delay,
            coordinate: TestCity.place(metres), speed: speed)
    }

    func judge(
        _ ping: Ping, with filter: inout PingFilter, inHindsight: Bool = false
    ) -> PingOutcome {
        filter.judge(
            ping, at: surroundings.reading(of: ping.coordinate), inHindsight: inHindsight)
    }

    @Test func `the same fix twice and older ones are told apart`() {
        var filter = PingFilter()
        #expect(judge(ping(10, 0), with: &filter) == .accepted)
        #expect(judge(ping(10, 0), with: &filter) == .rejected(.duplicate))
        #expect(judge(ping(5, 0), with: &filter) == .rejected(.late))
    }

    @Test func `clocks may differ a little but not much`() {
        var filter = PingFilter()
        #expect(judge(ping(0, 0, delay: -31), with: &filter) == .rejected(.future))
        #expect(judge(ping(0, 0, delay: 901), with: &filter) == .rejected(.stale))
        #expect(judge(ping(0, 0, delay: -29), with: &filter) == .accepted)
    }

    @Test func `in hindsight a fix may come late but not early`() {
        var filter = PingFilter()
        #expect(judge(ping(0, 0, delay: 5000), with: &filter, inHindsight: true) == .accepted)
        #expect(
            judge(ping(10, 0, delay: -31), with: &filter, inHindsight: true)
                == .rejected(.future))
    }

    @Test func `places without sense are refused`() {
        var filter = PingFilter()
        var nowhere = ping(0, 0)
        nowhere.coordinate = Coordinate(latitude: 0, longitude: 0)
        #expect(judge(nowhere, with: &filter) == .rejected(.nowhere))
        var abroad = ping(0, 0)
        abroad.coordinate = Coordinate(latitude: 41, longitude: -74)
        #expect(judge(abroad, with: &filter) == .rejected(.outside))
    }

    @Test func `exchanged coordinates are believed with a reservation`() {
        var filter = PingFilter()
        var swapped = ping(0, 0)
        swapped.coordinate = swapped.coordinate.swapped
        #expect(judge(swapped, with: &filter) == .doubted(.swapped))
        #expect(judge(ping(10, 60), with: &filter) == .accepted)
    }

    @Test func `a late fix is called late though it is stale, too`() {
        var filter = PingFilter()
        #expect(judge(ping(0, 0), with: &filter) == .accepted)
        #expect(judge(ping(-60, 0, delay: 1000), with: &filter) == .rejected(.late))
    }

    @Test func `two places at one moment are a conflict and no duplicate`() {
        var filter = PingFilter()
        #expect(judge(ping(10, 0), with: &filter) == .accepted)
        #expect(judge(ping(10, 5000), with: &filter) == .rejected(.conflict))
    }

    @Test func `a place that never changes on a bus that drives is not believed`() {
        var filter = PingFilter()
        for second in stride(from: 0.0, to: 60, by: 10) {
            #expect(judge(ping(second, 0, speed: 8), with: &filter) == .accepted)
        }
        #expect(judge(ping(60, 0, speed: 8), with: &filter) == .rejected(.frozen))
        #expect(judge(ping(70, 90, speed: 8), with: &filter) == .accepted)
    }
}
