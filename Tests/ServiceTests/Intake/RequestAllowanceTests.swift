import Testing

@testable import Service

struct RequestAllowanceTests {
    private let rate = RequestRate(perSecond: 2, seconds: 5)

    /// The macro cannot hold what changes while it is looked at.
    private func check(
        _ condition: Bool, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(condition, sourceLocation: sourceLocation)
    }

    @Test func `a burst is fine, and after it the steady rate`() {
        var allowance = RequestAllowance(rate, at: 0)
        for _ in 0..<10 { check(allowance.take(rate, at: 0)) }
        check(!allowance.take(rate, at: 0))
        check(!allowance.take(rate, at: 0.4))
        check(allowance.take(rate, at: 0.5))
        check(!allowance.take(rate, at: 0.5))
    }

    @Test func `a pause fills it again, but not beyond the burst`() {
        var allowance = RequestAllowance(rate, at: 0)
        while allowance.take(rate, at: 0) {}
        #expect(!allowance.isFull(rate, at: 4.9))
        #expect(allowance.isFull(rate, at: 5))
        let taken = (0..<12).map { _ in allowance.take(rate, at: 1000) }
        #expect(taken.count { $0 } == 10)
    }

    @Test func `a clock that falls takes nothing away`() {
        var allowance = RequestAllowance(rate, at: 100)
        check(allowance.take(rate, at: 50))
        check(allowance.take(rate, at: 50))
    }

    @Test func `each has an allowance of its own`() {
        var allowances = Allowances<String>(rate)
        while allowances.take("a", at: 0) {}
        check(allowances.take("b", at: 0))
        check(!allowances.take("a", at: 0))
    }

    @Test func `without a limit everything passes`() {
        var allowances = Allowances<String>(RequestRate(perSecond: 0))
        for _ in 0..<1000 { check(allowances.take("a", at: 0)) }
    }

    @Test func `a hundred thousand names stay in bounded memory`() {
        var allowances = Allowances<Int>(rate)
        for name in 0..<100_000 {
            _ = allowances.take(name, at: Double(name) / 100_000)
            #expect(allowances.count <= Allowances<Int>.most)
        }
    }
}
