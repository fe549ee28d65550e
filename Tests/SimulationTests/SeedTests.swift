import Testing

@testable import Simulation

@Suite struct `A seed` {
    @Test func `branches differ from each other and from their parent`() {
        let root = Seed(1)
        let values = (-500..<500).map { root.branch($0).value } + [root.value]
        #expect(Set(values).count == values.count)
    }

    @Test func `the same branch is the same number`() {
        #expect(Seed(9).branch(.tracker).branch(3) == Seed(9).branch(.tracker).branch(3))
        #expect(Seed(9).branch(.tracker) != Seed(9).branch(.driver))
    }

    @Test func `units are spread evenly`() {
        let units = (0..<10_000).map { Seed(4).branch($0).unit }
        let mean = units.reduce(0, +) / 10_000
        #expect(abs(mean - 0.5) < 0.02)
        #expect(units.allSatisfy { (0..<1).contains($0) })
    }
}
