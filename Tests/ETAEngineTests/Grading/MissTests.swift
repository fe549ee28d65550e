import Testing
import TransitModel

@testable import ETAEngine

struct MissTests {
    private func miss(error: Double?, at second: Double = 0) -> Miss {
        let arrival = Timestamp(1000 + second)
        return Miss(
            vehicleID: "7", tripID: "T", serviceDate: Grades.date, routeID: "K1", directionID: 0,
            stopID: "s", stopName: "S", arrival: arrival, phase: .underWay, cause: .congestion,
            answer: error.map {
                Miss.Answer(
                    madeAt: arrival - 600, predicted: arrival - $0, source: .live, fixAge: 9)
            }, lastAnswer: nil)
    }

    @Test func `early is as bad as late, and silence as five minutes`() {
        #expect(miss(error: -400).weight == miss(error: 400).weight)
        #expect(miss(error: nil).weight == 300)
    }

    @Test func `however many there are, the gravest are kept`() {
        var misses = WorstMisses()
        for number in 0..<1700 { misses.add(miss(error: Double(number * 7919 % 1700))) }
        #expect(misses.list.map(\.error) == (1200..<1700).reversed().map { Double($0) })
    }

    @Test func `of equals the latest comes first`() {
        var misses = WorstMisses()
        for second in [5.0, 9, 7] { misses.add(miss(error: nil, at: second)) }
        #expect(misses.list.map { $0.arrival.seconds } == [1009, 1007, 1005])
    }
}
