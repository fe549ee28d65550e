import ETAEngine
import Geometry
import Simulation
import Testing
import TransitModel

/// The stated errors of stop events against what virtual buses truly did.
struct StopEventErrorTests {
    private static let seeds = 0..<6 as Range<UInt64>

    /// How often true times were within once and twice the stated standard error.
    struct Coverage: CustomStringConvertible {
        private var count = 0.0
        private var withinOnce = 0.0
        private var withinTwice = 0.0

        mutating func add(_ stated: Timestamp?, error: Double?, truth: Timestamp) {
            guard let stated, let error else { return }
            count += 1
            withinOnce += abs(stated - truth) <= error ? 1 : 0
            withinTwice += abs(stated - truth) <= 2 * error ? 1 : 0
        }

        var once: Double { withinOnce / count }
        var twice: Double { withinTwice / count }
        var description: String { "\(count) events, \(once) within once, \(twice) within twice" }
    }

    /// Normal errors would be 0.68 and 0.95; those of fixes between high walls have heavier tails.
    @Test(arguments: [10.0, 30, 120])
    func `errors are about as large as stated`(interval: Double) {
        var arrivals = Coverage()
        var departures = Coverage()
        for seed in Self.seeds {
            let street = VirtualStreet.drive(seed: seed, every: interval)
            for event in street.events {
                guard let truth = street.truth(of: event) else { continue }
                arrivals.add(event.arrival, error: event.arrivalError, truth: truth.arrival)
                departures.add(
                    event.departure, error: event.departureError, truth: truth.departure)
            }
        }
        for coverage in [arrivals, departures] {
            #expect((0.6...0.92).contains(coverage.once), "\(coverage)")
            #expect(coverage.twice >= 0.88, "\(coverage)")
        }
    }

    /// Virtual buses stand at every stop here, so that whatever else is said is wrong.
    @Test(arguments: [10.0, 30, 120])
    func `hardly a bus that stood is said to have passed`(interval: Double) {
        var said: [StopEvent.Call: Int] = [:]
        for seed in Self.seeds {
            let street = VirtualStreet.drive(seed: seed, every: interval)
            for event in street.events {
                guard let truth = street.truth(of: event), truth.departure > truth.arrival else {
                    continue
                }
                said[event.call, default: 0] += 1
            }
        }
        let all = Double(said.values.reduce(0, +))
        #expect(Double(said[.passed] ?? 0) <= 0.01 * all, "\(said)")
        #expect(said[.skipped] == nil, "\(said)")
        #expect(Double(said[.made] ?? 0) >= (interval > 10 ? 0.03 : 0.4) * all, "\(said)")
    }

    @Test func `a time of standing is told only where a fix lies between`() {
        let street = VirtualStreet.drive(seed: 1, every: 30)
        for event in street.events where event.dwell != nil {
            #expect((event.dwell ?? -1) >= 0 && event.dwellError != nil)
        }
        #expect(street.events.contains { $0.dwell != nil })
        #expect(street.events.contains { $0.dwell == nil && $0.departure != nil })
    }
}
