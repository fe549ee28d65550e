import Geometry
import Testing
import TransitModel

@testable import Simulation

@Suite struct `The error of a receiver` {
    @Test func `errors have their deviation and hang together`() {
        var drift = Drift()
        var random = SeededGenerator(Seed(1))
        let errors = (0..<20_000).map {
            drift.error(at: Timestamp(Double($0) * 10), sigma: 8, random: &random).x
        }
        let variance = errors.reduce(0) { $0 + $1 * $1 } / 20_000
        let product = zip(errors, errors.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 } / 20_000
        #expect(abs(variance.squareRoot() - 8) < 0.5)
        #expect((0.6...0.9).contains(product / variance))
    }

    @Test func `without noise there is no error`() {
        var drift = Drift()
        var random = SeededGenerator(Seed(1))
        let error = drift.error(at: Timestamp(0), sigma: 0, random: &random)
        #expect(error.x == 0 && error.y == 0)
    }
}
