import Testing
import TransitModel

@testable import ETAEngine

struct FixLogTests {
    @Test func `it keeps the last fixes, the newest first`() {
        var log = FixLog()
        #expect(log.newestFirst.isEmpty)
        for number in 0..<40 {
            log.append(Self.fix(number))
            let kept = min(number + 1, FixLog.capacity)
            #expect(log.count == kept)
            #expect(
                log.newestFirst.map(\.timestamp)
                    == (0..<kept).map { Timestamp(Double(number - $0)) })
        }
    }

    @Test func `logs that hold the same are equal whatever was before`() {
        var log = FixLog()
        for number in 0..<20 { log.append(Self.fix(number)) }
        var other = FixLog()
        for number in 4..<20 { other.append(Self.fix(number)) }
        #expect(log == other)
        #expect(log.hashValue == other.hashValue)
        other.append(Self.fix(20))
        #expect(log != other)
    }

    private static func fix(_ number: Int) -> VehicleExplanation.Fix {
        VehicleExplanation.Fix(
            timestamp: Timestamp(Double(number)), coordinate: TestCity.place(0), outcome: .accepted)
    }
}
