import Testing
import TransitModel

@testable import ETAEngine

struct TraversalRingTests {
    @Test func `the newest comes first and the oldest gives way`() {
        var ring = TraversalRing()
        for number in 1...40 {
            ring.insert(Traversal(exit: Timestamp(Double(number)), ratio: 1))
            #expect(ring.count == min(number, TraversalRing.capacity))
            #expect(ring[age: 0].exit == Timestamp(Double(number)))
        }
        #expect(ring[age: TraversalRing.capacity - 1].exit == Timestamp(25))
    }
}
