import Testing
import TransitModel

@testable import Evaluation

struct DisorderTests {
    private let pings = Street(tripCount: 2).pings()

    @Test func `every ping arrives, in order of arrival and never before it was sent`() {
        let arrivals = Disorder().deliver(pings, seed: 1)
        #expect(Set(arrivals.map(\.timestamp)) == Set(pings.map(\.timestamp)))
        #expect(arrivals.map(\.receivedAt) == arrivals.map(\.receivedAt).sorted())
        #expect(arrivals.allSatisfy { 0...1200 ~= $0.receivedAt - $0.timestamp })
    }

    @Test func `some come twice, some late, some very late`() {
        let arrivals = Disorder().deliver(pings, seed: 1)
        let delays = arrivals.map { $0.receivedAt - $0.timestamp }
        #expect(arrivals.count > pings.count + pings.count / 20)
        #expect(delays.contains(0))
        #expect(delays.count { $0 > 60 } > pings.count / 2)
        #expect(delays.count { $0 > 600 } > pings.count / 20)
    }

    @Test func `the seed alone decides`() {
        #expect(Disorder().deliver(pings, seed: 7) == Disorder().deliver(pings, seed: 7))
        #expect(Disorder().deliver(pings, seed: 7) != Disorder().deliver(pings, seed: 8))
    }
}
