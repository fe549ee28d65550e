import Geometry
import Testing
import TransitModel

@testable import Simulation

@Suite struct `The traffic` {
    private func factor(at time: Double, date: ServiceDate, seed: UInt64 = 1) -> Double {
        let centre = Traffic.Centre(point: PlanePoint(x: 0, y: 0), radius: 1000)
        var traffic = Traffic(centres: [centre], seed: Seed(seed))
        traffic.update(time: time, date: date)
        let (first, second) = traffic.influences(at: PlanePoint(x: 10, y: 0))
        return traffic.factor(first, second)
    }

    @Test(arguments: 0..<20) func `peaks are slower than the quiet hours`(seed: UInt64) {
        let peak = factor(at: 17.25 * 3600, date: TestTown.monday, seed: seed)
        let quiet = factor(at: 10.5 * 3600, date: TestTown.monday, seed: seed)
        #expect(peak < quiet)
        #expect(peak > 0.2)
    }

    @Test func `Sunday is calmer than Monday`() {
        let dates = [TestTown.monday, TestTown.sunday]
        let means = dates.map { date in
            (0..<30).reduce(0.0) { $0 + factor(at: 17 * 3600, date: date, seed: $1) } / 30
        }
        #expect(means[0] < means[1])
    }

    @Test func `no two days are alike`() {
        let days = (0..<7).map { factor(at: 7 * 3600, date: TestTown.monday + $0) }
        #expect(Set(days).count == 7)
    }

    @Test func `a centre does not reach beyond its radius`() {
        let centre = Traffic.Centre(point: PlanePoint(x: 0, y: 0), radius: 500)
        let traffic = Traffic(centres: [centre], seed: Seed(1))
        #expect(traffic.influences(at: PlanePoint(x: 501, y: 0)).0.weight == 0)
        #expect(traffic.influences(at: PlanePoint(x: 0, y: 0)).0.weight == 1)
    }

    @Test func `the two heaviest centres count`() {
        let centres = [100.0, 300, 50, 200].map {
            Traffic.Centre(point: PlanePoint(x: $0, y: 0), radius: 500)
        }
        let (first, second) = Traffic(centres: centres, seed: Seed(1))
            .influences(at: PlanePoint(x: 0, y: 0))
        #expect(first.centre == 2)
        #expect(second.centre == 0)
    }

    @Test func `a city without centres still has a speed`() {
        var traffic = Traffic(centres: [], seed: Seed(1))
        traffic.update(time: 12 * 3600, date: TestTown.monday)
        #expect(traffic.factor(Traffic.Influence(), Traffic.Influence()) > 0.5)
    }

    @Test func `centres of a network keep apart`() {
        let traffic = Traffic(network: TestTown.headways, seed: Seed(8))
        #expect(traffic.centres.count > 1)
        for (index, centre) in traffic.centres.enumerated() {
            for other in traffic.centres[..<index] {
                #expect(centre.point.distance(to: other.point) >= 900)
            }
        }
    }
}
