import ArgumentParser
import Simulation
import Testing

@testable import transpadang

@Suite struct `Fault options` {
    @Test func `what is not named is as usual`() throws {
        #expect(try FaultOptions.parse([]).faults == .realistic)
    }

    @Test func `what is named takes its place`() throws {
        let faults = try FaultOptions.parse([
            "--wild", "0.02", "--swapped", "0.01", "--repeats", "0.1", "--direction-lag", "30",
        ]).faults
        #expect(faults.wildShare == 0.02 && faults.swappedShare == 0.01)
        #expect(faults.repeatShare == 0.1 && faults.directionLag == 30...30)
        #expect(try FaultOptions.parse(["--direction-lag", "600"]).faults.directionLag == 60...600)
    }

    @Test(arguments: [["--wild", "1.5"], ["--repeats", "-0.1"], ["--direction-lag", "nan"]])
    func `what is no share or no time is refused`(arguments: [String]) {
        #expect(throws: (any Error).self) { try FaultOptions.parse(arguments) }
    }
}
