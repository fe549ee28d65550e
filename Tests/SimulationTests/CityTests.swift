import Testing
import TransitModel

@testable import Simulation

@Suite struct `A city` {
    @Test func `a road is surveyed once`() {
        var city = City(network: TestTown.headways, busiest: nil, seed: Seed(1))
        #expect(city.road(of: PatternIndex(1)) === city.road(of: PatternIndex(1)))
        #expect(city.road(of: PatternIndex(0)) !== city.road(of: PatternIndex(1)))
    }

    @Test func `on the busiest route nobody passes a stop`() {
        let city = City(network: TestTown.headways, busiest: RouteIndex(0), seed: Seed(1))
        #expect(!city.maySkipStops(on: RouteIndex(0)))
        #expect(city.maySkipStops(on: RouteIndex(1)))
    }
}
