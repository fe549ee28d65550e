import Testing
import TransitModel

@testable import ETAEngine

struct PingOrderTests {
    @Test func `pings are lived through by fix time and then by vehicle, whenever they came`() {
        let start = TestCity.moment(8)
        let pings = [("8", 0.0, 900.0), ("7", 10, 11), ("7", 0, 950), ("9", -5, 960)].map {
            Ping(
                vehicleID: $0.0, timestamp: start + $0.1, receivedAt: start + $0.2,
                coordinate: TestCity.place(0))
        }
        let order = pings.inOrderOfFixes().map { "\($0.vehicleID) \(Int($0.timestamp - start))" }
        #expect(order == ["9 -5", "7 0", "8 0", "7 10"])
    }
}
