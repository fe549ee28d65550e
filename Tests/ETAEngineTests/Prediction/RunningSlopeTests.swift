import Testing

@testable import ETAEngine

struct RunningSlopeTests {
    @Test func `many points outweigh the parent`() {
        var slope = RunningSlope()
        for x in 1...100 { slope.add(Double(x), 0.7 * Double(x), memory: 1e9) }
        #expect(abs(slope.shrunk(to: 0, weight: 1000) - 0.7) < 0.01)
    }

    @Test func `few points hardly move the parent`() {
        var slope = RunningSlope()
        slope.add(10, 10, memory: 1e9)
        #expect(slope.shrunk(to: 0.2, weight: 10_000) < 0.21)
    }

    @Test func `what was seen long ago is forgotten`() {
        var slope = RunningSlope()
        for _ in 0..<1000 { slope.add(10, 10, memory: 1000) }
        for _ in 0..<100 { slope.add(10, 0, memory: 1000) }
        #expect(slope.shrunk(to: 0, weight: 0) < 0.01)
    }

    @Test func `values come back, and odd ones do not`() throws {
        var slope = RunningSlope()
        slope.add(4, 2, memory: 1e9)
        #expect(RunningSlope(slope.values) == slope)
        #expect(RunningSlope([1]) == nil)
        #expect(RunningSlope([-1, 2]) == nil)
        #expect(RunningSlope([.infinity, 2]) == nil)
    }
}
