import Testing

@testable import Evaluation

struct SampleTests {
    private func sample(
        arrival: Double,
        departure: Double = .nan,
        isTerminal: Bool = false
    ) -> Sample {
        let passage = Passage(
            trip: 1,
            vehicle: 1,
            stop: 1,
            sequence: 1,
            run: 0,
            moment: 700,
            begun: 0,
            isTerminal: isTerminal
        )
        let row = PredictionRow(
            madeAt: 600,
            arrival: arrival,
            departure: departure,
            uncertainty: .nan,
            vehicle: 1,
            trip: 1,
            stop: 1,
            sequence: 1,
            route: 0,
            direction: 0
        )
        return Sample(passage: 0, passage, minute: 600, answer: row)
    }

    @Test func `a bus that comes later than predicted has a positive error`() {
        #expect(sample(arrival: 650).error == 50)
        #expect(sample(arrival: 650).predictedLead == 50)
        #expect(sample(arrival: 650).uncertainty == nil)
    }

    @Test func `a time more than 30 s gone says nothing`() {
        #expect(sample(arrival: 570).error == 130)
        #expect(sample(arrival: 569).error == nil)
    }

    @Test func `at a terminal the departure counts`() {
        #expect(sample(arrival: 300, departure: 690, isTerminal: true).error == 10)
        #expect(sample(arrival: 690, isTerminal: true).error == 10)
        #expect(sample(arrival: 650, departure: 690).error == 50)
    }
}
