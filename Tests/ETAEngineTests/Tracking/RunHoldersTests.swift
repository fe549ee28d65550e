import Testing
import TransitModel

@testable import ETAEngine

struct RunHoldersTests {
    private let now = TestCity.moment(8)
    private let run = TripInstance(trip: TripIndex(3), serviceDate: ServiceDate(dayNumber: 20_500))

    @Test func `a run that nobody holds is free`() {
        let holders = RunHolders()
        #expect(holders.isFree(run, at: now, for: 1, cost: 100))
        #expect(!holders.isHeld(run, at: now, except: nil))
    }

    @Test func `a run is free to the vehicle that holds it`() {
        #expect(held(cost: 0).isFree(run, at: now, for: 0, cost: 100))
        #expect(!held(cost: 0).isHeld(run, at: now, except: 0))
        #expect(held(cost: 0).isHeld(run, at: now, except: 1))
    }

    @Test func `a run is taken by one that it fits better by more than the margin`() {
        let holders = held(cost: 3)
        #expect(!holders.isFree(run, at: now, for: 1, cost: 3))
        #expect(!holders.isFree(run, at: now, for: 1, cost: 3 - RunHolders.margin))
        #expect(holders.isFree(run, at: now, for: 1, cost: 2.9 - RunHolders.margin))
    }

    @Test func `a run that the source named is never taken`() {
        #expect(!held(cost: -1).isFree(run, at: now, for: 1, cost: 0))
    }

    @Test func `silence frees a run`() {
        let holders = held(cost: -1)
        #expect(holders.isHeld(run, at: now + 300, except: 1))
        #expect(!holders.isHeld(run, at: now + 301, except: 1))
        #expect(holders.isFree(run, at: now + 301, for: 1, cost: 100))
    }

    @Test func `a holder that was never heard of holds nothing`() {
        var holders = RunHolders()
        holders[run] = 4
        #expect(holders.isFree(run, at: now, for: 1, cost: 100))
        holders.hear(4, until: now + 1)
        #expect(!holders.isFree(run, at: now, for: 1, cost: 100))
    }

    @Test func `a vehicle that is heard of later holds its run longer`() {
        var holders = held(cost: 0)
        holders.hear(0, until: now + 600)
        #expect(holders.isHeld(run, at: now + 600, except: 1))
    }

    private func held(cost: Double) -> RunHolders {
        var holders = RunHolders()
        holders.hear(1, until: now + 300)
        holders.hear(0, until: now + 300)
        holders[run] = 0
        holders.rate(0, cost: cost)
        return holders
    }
}
