import Geometry
import Testing
import TransitModel

@testable import ETAEngine

struct FrozenReceiverTests {
    let start = TestCity.moment(8)

    func ping(_ seconds: Double, _ metres: Double = 0, speed: Double?) -> Ping {
        Ping(
            vehicleID: "7", timestamp: start + seconds, receivedAt: start + seconds,
            coordinate: TestCity.place(metres), speed: speed)
    }

    func isFrozen(_ ping: Ping, for receiver: inout FrozenReceiver) -> Bool {
        receiver.isFrozen(ping)
    }

    @Test func `a bus that stands is not frozen, however long`() {
        var receiver = FrozenReceiver()
        for second in stride(from: 0.0, through: 3600, by: 10) {
            let speed: Double? = second.truncatingRemainder(dividingBy: 20) == 0 ? 0 : nil
            #expect(!isFrozen(ping(second, speed: speed), for: &receiver))
        }
        #expect(receiver.isDoubtful(at: start + 3600))
        #expect(!receiver.isDoubtful(at: start + 479))
    }

    @Test func `driving on the spot counts from the first fix that claims to drive`() {
        var receiver = FrozenReceiver()
        #expect(!isFrozen(ping(0, speed: 0), for: &receiver))
        #expect(!isFrozen(ping(100, speed: 5), for: &receiver))
        #expect(!isFrozen(ping(159, speed: 5), for: &receiver))
        #expect(isFrozen(ping(160, speed: 5), for: &receiver))
        #expect(!isFrozen(ping(170, speed: 0), for: &receiver))
    }

    @Test func `the smallest change of place ends it`() {
        var receiver = FrozenReceiver()
        _ = receiver.isFrozen(ping(0, speed: 5))
        #expect(isFrozen(ping(60, speed: 5), for: &receiver))
        #expect(!isFrozen(ping(70, 0.05, speed: 5), for: &receiver))
        #expect(!receiver.isDoubtful(at: start + 500))
        #expect(!isFrozen(ping(120, 0.05, speed: 5), for: &receiver))
    }

    @Test func `an older fix from elsewhere changes nothing`() {
        var receiver = FrozenReceiver()
        _ = receiver.isFrozen(ping(0, speed: 5))
        _ = receiver.isFrozen(ping(50, speed: 5))
        #expect(!isFrozen(ping(20, 300, speed: 5), for: &receiver))
        #expect(isFrozen(ping(60, speed: 5), for: &receiver))
    }
}
