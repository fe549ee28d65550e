import Testing

@testable import Service

@Suite struct `A back-off` {
    /// SplitMix64, so that chance is the same every time.
    private struct Chance: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var word = state
            word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
            word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
            return word ^ (word >> 31)
        }
    }

    private struct Highest: RandomNumberGenerator {
        mutating func next() -> UInt64 { .max }
    }

    private func backoff(_ seed: UInt64) -> Backoff { Backoff(random: Chance(state: seed)) }

    @Test(arguments: 0..<100) func `pauses stay between 2 and 30 seconds`(seed: UInt64) {
        var backoff = backoff(seed)
        for _ in 0..<50 {
            let pause = backoff.pause(afterSuccessOf: 0)
            #expect(pause >= .seconds(2) && pause <= .seconds(30))
        }
    }

    @Test func `pauses grow to at most three times the one before`() {
        var backoff = Backoff(random: Highest())
        let pauses = (0..<5).map { _ in backoff.pause(afterSuccessOf: 0) / .seconds(1) }
        for (pause, expected) in zip(pauses, [6.0, 18, 30, 30, 30]) {
            #expect(abs(pause - expected) < 1e-6)
        }
    }

    @Test func `a good minute makes the next pause short, less does not`() {
        var backoff = Backoff(random: Highest())
        for _ in 0..<5 { _ = backoff.pause(afterSuccessOf: 0) }
        #expect(backoff.pause(afterSuccessOf: 59.9) > .seconds(29))
        #expect(backoff.pause(afterSuccessOf: 60) < .seconds(6.1))
    }

    @Test(arguments: 0..<20) func `the same seed gives the same pauses`(seed: UInt64) {
        var one = backoff(seed)
        var two = backoff(seed)
        for _ in 0..<10 {
            #expect(one.pause(afterSuccessOf: 0) == two.pause(afterSuccessOf: 0))
        }
    }

    @Test func `many clients do not come back together`() {
        let pauses = Set(
            (0..<UInt64(100)).map { seed in
                var backoff = backoff(seed)
                return backoff.pause(afterSuccessOf: 0)
            }
        )
        #expect(pauses.count == 100)
    }
}
