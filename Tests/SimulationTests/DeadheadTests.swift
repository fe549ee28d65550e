import Geometry
import Testing
import TransitModel

@testable import Simulation

@Suite struct `An empty drive` {
    @Test func `it goes straight from end to start`() {
        let deadhead = Deadhead(
            from: PlanePoint(x: 0, y: 0),
            to: PlanePoint(x: 300, y: 0),
            start: Timestamp(100)
        )
        #expect(deadhead.end == Timestamp(150))
        #expect(deadhead.point(at: Timestamp(90)) == PlanePoint(x: 0, y: 0))
        #expect(deadhead.point(at: Timestamp(125)) == PlanePoint(x: 150, y: 0))
        #expect(deadhead.point(at: Timestamp(900)) == PlanePoint(x: 300, y: 0))
    }

    @Test func `a way of no length is over at once`() {
        let here = PlanePoint(x: 7, y: 7)
        let deadhead = Deadhead(from: here, to: here, start: Timestamp(100))
        #expect(deadhead.end == Timestamp(100))
        #expect(deadhead.point(at: Timestamp(100)) == here)
    }
}
