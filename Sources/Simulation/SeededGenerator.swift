#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A stream of random numbers that is the same on every machine for the same seed.
///
/// The generator is xoshiro256** 1.0 by David Blackman and Sebastiano Vigna (2018), its state
/// filled from a ``Seed`` as its authors advise. Not for secrets.
struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: (UInt64, UInt64, UInt64, UInt64)

    init(_ seed: Seed) {
        let words = (1...4).map { seed.branch($0).value }
        state = (words[0], words[1], words[2], words[3] | 1)
    }

    mutating func next() -> UInt64 {
        let product = state.1 &* 5
        let result = ((product << 7) | (product >> 57)) &* 9
        let shifted = state.1 << 17
        state.2 ^= state.0
        state.3 ^= state.1
        state.1 ^= state.2
        state.0 ^= state.3
        state.2 ^= shifted
        state.3 = (state.3 << 45) | (state.3 >> 19)
        return result
    }

    /// Uniform in 0 ..< 1.
    mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// Uniform between two bounds.
    mutating func uniform(_ range: ClosedRange<Double>) -> Double {
        range.lowerBound + unit() * (range.upperBound - range.lowerBound)
    }

    /// True with a probability.
    mutating func chance(_ probability: Double) -> Bool { unit() < probability }

    /// Normal with mean 0 and deviation 1 (Box and Muller, 1958).
    mutating func normal() -> Double {
        let radius = (-2 * log(1 - unit())).squareRoot()
        return radius * cos(2 * .pi * unit())
    }

    /// Log-normal with median 1.
    mutating func spread(_ deviation: Double) -> Double { exp(deviation * normal()) }

    /// Exponential; infinite for an infinite mean.
    mutating func exponential(mean: Double) -> Double { -mean * log(1 - unit()) }

    /// Poisson (Knuth's product of uniforms; for means up to some hundreds).
    mutating func poisson(mean: Double) -> Int {
        let limit = exp(-min(mean, 500))
        var product = unit()
        var count = 0
        while product > limit {
            product *= unit()
            count += 1
        }
        return count
    }

    /// A point on the unit circle.
    mutating func heading() -> (east: Double, north: Double) {
        let angle = 2 * Double.pi * unit()
        return (sin(angle), cos(angle))
    }
}
