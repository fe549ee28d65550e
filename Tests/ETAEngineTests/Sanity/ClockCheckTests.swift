import Geometry
import Testing
import TransitModel

@testable import ETAEngine

struct ClockCheckTests {
    let start = TestCity.moment(8)

    func ping(taken: Double, received: Double) -> Ping {
        Ping(
            vehicleID: "7", timestamp: start + taken, receivedAt: start + received,
            coordinate: TestCity.place(0))
    }

    func faults(_ times: [(taken: Double, received: Double)]) -> [PingRejection?] {
        var clock = ClockCheck()
        return times.map {
            clock.fault(of: ping(taken: $0.taken, received: $0.received), inHindsight: false)
        }
    }

    @Test func `weeks of GPS began anew in August 1999, April 2019 and will in November 2038`() {
        let restarts = [1_500_000_000.0, 1_800_000_000, 2_200_000_000].map {
            ClockCheck.lastRestart(before: Timestamp($0)).unix
        }
        #expect(restarts == [935_280_000, 1_554_595_200, 2_173_910_400])
    }

    @Test func `a receiver that has lost count of the weeks is found out`() {
        let weeks = -ClockCheck.weekCycle
        #expect(faults([(weeks, 0)]) == [.beforeGPSRestart])
        #expect(faults([(-start.seconds, 0)]) == [.beforeGPSRestart])
    }

    @Test func `a recording from before the last restart is as good as any`() {
        var clock = ClockCheck()
        var old = ping(taken: 0, received: 0)
        old.timestamp = Timestamp(1_290_444_181)
        old.receivedAt = Timestamp(1_290_444_183)
        #expect(clock.fault(of: old, inHindsight: false) == nil)
    }

    @Test func `a fix from just before a restart is as good as any`() {
        var clock = ClockCheck()
        var ping = ping(taken: 0, received: 0)
        ping.timestamp = Timestamp(2_173_910_395)
        ping.receivedAt = Timestamp(2_173_910_402)
        #expect(clock.fault(of: ping, inHindsight: false) == nil)
    }

    @Test(arguments: [3600.0, -3600, 5400, 25_200, -27_000])
    func `the third fix off by the same half hours tells a wrong zone`(offset: Double) {
        let times = (0..<4).map { (Double($0) * 10, Double($0) * 10 + offset + 2) }
        let first: PingRejection = offset < 0 ? .future : .stale
        #expect(faults(times) == [first, first, .wrongZone, .wrongZone])
    }

    @Test func `a buffer that comes at once after a dead zone has no wrong zone`() {
        let burst = (0..<180).map { (Double($0) * 10, 1802.0) }
        #expect(!faults(burst).contains(.wrongZone))
    }

    @Test func `a buffer that is emptied one by one after a dead zone has no wrong zone`() {
        let drain = (0..<180).map { (Double($0) * 10, 1830 + Double($0)) }
        #expect(!faults(drain).contains(.wrongZone))
    }

    @Test func `fixes that are minutes late without a pattern have no wrong zone`() {
        let late = (0..<40).map { step -> (taken: Double, received: Double) in
            let taken = Double(step * 10)
            return (taken, taken + Double(step * 389 % 1201))
        }
        #expect(!faults(late).contains(.wrongZone))
    }

    @Test func `times that no clock tells are refused`() {
        #expect(faults([(0, .infinity), (.nan, 0), (-1e12, 0)]) == [.stale, .stale, .stale])
    }
}
