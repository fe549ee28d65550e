import Testing

@testable import ETAEngine

struct AccuracyTallyTests {
    private func tally(_ asked: Int, _ cause: MissCause) -> AccuracyTally {
        var tally = AccuracyTally()
        tally.asked = asked
        tally.misses[cause] = asked
        return tally
    }

    private func key(_ route: String, _ horizon: Horizon) -> AccuracyKey {
        AccuracyKey(routeID: route, phase: .underWay, horizon: horizon)
    }

    @Test func `what goes to one key adds up`() {
        var sums = AccuracySums()
        sums.add(tally(2, .noFix), to: key("K1", .upTo3))
        var other = AccuracySums()
        other.add(tally(3, .silence), to: key("K1", .upTo3))
        other.add(tally(5, .noFix), to: key("K2", .upTo3))
        sums.add(other)
        #expect(sums.tallies[key("K1", .upTo3)]?.misses == [.noFix: 2, .silence: 3])
        #expect(sums.total.asked == 10)
        #expect(sums.total.misses == [.noFix: 7, .silence: 3])
    }

    @Test func `sums under fewer keys hold as much, but for those left out`() {
        var sums = AccuracySums()
        for (number, horizon) in Horizon.allCases.enumerated() {
            sums.add(tally(number + 1, .silence), to: key("K1", horizon))
        }
        let summed = sums.summed { old in
            old.horizon == .upTo30 ? nil : key("K1", .upTo3)
        }
        #expect(summed.tallies.count == 1)
        #expect(summed.total.asked == 6)
    }
}
