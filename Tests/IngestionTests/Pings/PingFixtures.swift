import Foundation
import Geometry
import Ingestion
import TransitModel

/// 2026-06-22 07:14:40 in Padang: when the messages of these tests arrive.
let arrival = Timestamp(unix: 1_782_087_280)

/// The bytes of a text.
func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

/// Numbers that look random and are the same for the same seed (SplitMix64).
struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// The message with some of its bytes changed, dropped or doubled.
func mangled(_ message: [UInt8], seed: UInt64) -> [UInt8] {
    var numbers = SeededNumbers(seed: seed)
    var bytes = message
    for _ in 0..<Int.random(in: 1...12, using: &numbers) where !bytes.isEmpty {
        let place = Int.random(in: 0..<bytes.count, using: &numbers)
        switch Int.random(in: 0..<4, using: &numbers) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &numbers)
        case 1: bytes.remove(at: place)
        case 2: bytes.insert(contentsOf: bytes[place...].prefix(9), at: place)
        default: bytes[place] = Array("{}[]\",:0-eE".utf8).randomElement(using: &numbers) ?? 0
        }
    }
    return bytes
}

/// Whether a ping has only values that the engine may rely on.
func isSound(_ ping: Ping) -> Bool {
    !ping.vehicleID.isEmpty && ping.coordinate.isPlausible
        && ping.timestamp > Timestamp(unix: 1_262_000_000)
        && ping.timestamp - ping.receivedAt <= 86_400
        && (ping.speed.map { (0..<100).contains($0) } ?? true)
        && (ping.bearing.map { (0..<360).contains($0) } ?? true)
        && (ping.accuracy.map { $0 > 0 } ?? true)
}
