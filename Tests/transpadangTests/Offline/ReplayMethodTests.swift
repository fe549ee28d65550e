import Evaluation
import Testing

@testable import transpadang

@Suite struct `The replay's methods` {
    @Test func `every baseline can be asked for, and nothing else but the engine`() {
        #expect(ReplayMethod.allCases.compactMap(\.baseline) == BaselineMethod.allCases)
        #expect(ReplayMethod.allCases.count == BaselineMethod.allCases.count + 1)
        #expect(ReplayMethod.engine.baseline == nil)
    }
}
