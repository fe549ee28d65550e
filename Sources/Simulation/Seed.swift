/// A number that everything random grows from, and that branches into independent ones by name.
///
/// The mixing function is SplitMix64's finaliser (Steele, Lea and Flood, "Fast splittable
/// pseudorandom number generators", OOPSLA 2014).
struct Seed: Hashable, Sendable {
    /// What the branches of a fleet's seed are for, so that no two draw the same numbers.
    enum Purpose: UInt64 {
        case landscape, canyons, deadZones, junctions, peaks, ripples, weather, lights
        case demand, driver, tracker, dispatch
    }

    let value: UInt64

    init(_ value: UInt64) { self.value = value }

    /// A uniform number in 0 ..< 1 that belongs to this seed.
    var unit: Double { Double(Self.mix(value) >> 11) * 0x1p-53 }

    /// The seed of one use.
    func branch(_ purpose: Purpose) -> Seed { branch(Int(purpose.rawValue) + 0x5EED) }

    /// The seed of one member of a family, such as a bus or a square of the map.
    func branch(_ member: Int) -> Seed {
        Seed(
            Self.mix(value &+ 0x9E37_79B9_7F4A_7C15 &* (UInt64(bitPattern: Int64(member)) | 1))
                ^ Self.mix(UInt64(bitPattern: Int64(member)) &+ 0xD1B5_4A32_D192_ED03)
        )
    }

    private static func mix(_ input: UInt64) -> UInt64 {
        var word = input &+ 0x9E37_79B9_7F4A_7C15
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}
