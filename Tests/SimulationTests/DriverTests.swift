import Testing
import TransitModel

@testable import Simulation

@Suite struct `A driver` {
    @Test func `the pace wanders but stays near the stream of traffic`() {
        var driver = Driver(seed: Seed(1))
        var paces: [Double] = []
        for second in 0..<7200 {
            driver.live(until: Timestamp(Double(second)))
            paces.append(driver.pace)
        }
        #expect(paces.allSatisfy { (0.75...1.25).contains($0) })
        #expect(Set(paces).count > 7000)
    }

    @Test func `mishaps are rare, pass, and sometimes stop the bus`() {
        var troubled = 0
        var broken = 0
        for seed in 0..<10 {
            var driver = Driver(seed: Seed(UInt64(seed)))
            for second in 0..<36_000 {
                driver.live(until: Timestamp(Double(second)))
                if driver.mishap != nil { troubled += 1 }
                if driver.isBrokenDown { broken += 1 }
            }
        }
        #expect((1000...25_000).contains(troubled))
        #expect(broken > 0 && broken < troubled)
    }
}
