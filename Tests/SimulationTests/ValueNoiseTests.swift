import Geometry
import Testing

@testable import Simulation

@Suite struct `Value noise` {
    let noise = ValueNoise(seed: Seed(3), scale: 100)

    @Test func `it stays within one`() {
        for x in stride(from: -5000.0, to: 5000, by: 37) {
            let value = noise.value(at: PlanePoint(x: x, y: x * 0.7))
            #expect(abs(value) <= 1)
        }
    }

    @Test func `it is smooth: a metre changes it little, also across lattice lines`() {
        for x in stride(from: -1000.0, to: 1000, by: 1) {
            let here = noise.value(at: PlanePoint(x: x, y: 40))
            let there = noise.value(at: PlanePoint(x: x + 1, y: 40))
            #expect(abs(here - there) < 0.05)
            #expect(abs(noise.value(at: x) - noise.value(at: x + 1)) < 0.05)
        }
    }

    @Test func `far places differ`() {
        let values = (0..<100).map { noise.value(at: PlanePoint(x: Double($0) * 500, y: 0)) }
        #expect(Set(values).count == 100)
    }

    @Test func `smoothstep is flat outside 0 to 1 and half way in the middle`() {
        #expect(smoothstep(-3) == 0)
        #expect(smoothstep(7) == 1)
        #expect(smoothstep(0.5) == 0.5)
    }
}
