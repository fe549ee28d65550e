import Foundation
import Testing

@testable import Ingestion

struct JSONNumberTests {
    private func number(_ text: String) -> Double? {
        var scanner = JSONScanner(Array(text.utf8))
        let number = scanner.number()
        return scanner.isAtEnd() ? number : nil
    }

    @Test(arguments: [
        "0", "-0", "1", "-1", "10", "0.5", "-0.934401", "100.398153", "1e5", "1E+5", "1e-5",
        "123456789012345678901234567890", "0.1", "1.7976931348623157e308", "5e-324", "1e-400",
        "9007199254740993", "1782086400.125", "0.000000000000000000000000000123", "1e22", "1e23",
    ])
    func `a number is the nearest double`(text: String) {
        #expect(number(text) == Double(text))
    }

    @Test(arguments: [
        "", "-", "+1", "01", "-01", "1.", ".5", "1e", "1e+", "0x10", "1_000", "NaN", "Infinity",
        "1e400", "-1e400", "--1", "1.5.2", "1e5.5",
    ])
    func `what is no number in JSON is none here`(text: String) {
        #expect(number(text) == nil)
    }

    @Test(arguments: 0..<200)
    func `any double comes back as it was`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<50 {
            let double = Double(bitPattern: generator.next())
            guard double.isFinite else { continue }
            #expect(number("\(double)") == double, "seed \(seed)")
            let short = (Double(Int32.random(in: .min ... .max, using: &generator)) / 1e6)
            #expect(number("\(short)") == short, "seed \(seed)")
        }
    }
}
