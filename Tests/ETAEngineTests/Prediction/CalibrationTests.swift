import Testing
import TransitModel

@testable import ETAEngine

struct CalibrationTests {
    private let now = TestCity.moment(8)

    /// A call of which something was foretold ten minutes before, by a model that thought it would be
    /// right to a minute.
    private func call(
        late seconds: Double, spread: Float = 60, source: PredictionSource = .live
    ) -> GradedCall {
        let expected = now + 600
        var answer = GradedCall.Answer(
            madeAt: now, predicted: expected, uncertainty: 60, source: source)
        answer.spread = spread
        return GradedCall(
            vehicleID: "7",
            instance: TripInstance(trip: TripIndex(0), serviceDate: ServiceDate(dayNumber: 20_000)),
            pattern: PatternIndex(0), position: 3, arrival: expected + seconds, minutesAsked: 10,
            answers: [answer])
    }

    private func taught(_ errors: [Double], rounds: Int = 2000) -> Calibration {
        var calibration = Calibration()
        for round in 0..<rounds { calibration.learn(call(late: errors[round % errors.count])) }
        calibration.refresh(at: now)
        return calibration
    }

    private func telling(_ calibration: Calibration) -> Calibration.Telling {
        calibration.telling(.live, ahead: 600)
    }

    @Test func `without errors that were seen nothing is moved, and intervals are wider`() {
        let telling = telling(Calibration())
        #expect(telling.shift == 0)
        #expect(telling.width > 1)
    }

    @Test func `intervals hold four fifths of the errors that were seen`() {
        let errors = (-100...100).map(Double.init)
        let told = telling(taught(errors, rounds: 40_200))
        let inside = errors.filter { abs($0 - told.shift * 60) <= told.width * 60 }
        #expect(abs(Double(inside.count) / Double(errors.count) - 0.8) < 0.04)
    }

    @Test func `times are told a little early, but not by much`() {
        let shift = telling(taught((-300...300).map(Double.init), rounds: 60_100)).shift * 60
        #expect(shift < -10 && shift > -25)
    }

    @Test func `where buses come late, later times are told`() {
        #expect(telling(taught([90, 100, 110], rounds: 20_000)).shift * 60 > 70)
    }

    @Test func `each kind and span has errors of its own`() {
        let calibration = taught([120], rounds: 20_000)
        #expect(calibration.telling(.terminal, ahead: 600).shift == 0)
        #expect(calibration.telling(.live, ahead: 60).shift == 0)
    }

    @Test func `what was learned is looked at now and then, not at once`() {
        var calibration = taught([120])
        let before = telling(calibration)
        for _ in 0..<5000 { calibration.learn(call(late: -120)) }
        calibration.refresh(at: now + 300)
        #expect(telling(calibration) == before)
        calibration.refresh(at: now + 700)
        #expect(telling(calibration) != before)
    }

    @Test func `left out it changes nothing`() {
        var calibration = Calibration(isInForce: false)
        for _ in 0..<5000 { calibration.learn(call(late: 120)) }
        calibration.refresh(at: now)
        #expect(telling(calibration) == Calibration.Telling())
    }

    @Test func `answers for which the model gave no width teach nothing`() {
        var calibration = Calibration()
        calibration.learn(call(late: 120, spread: 0))
        #expect(calibration.lessons().isEmpty)
    }

    @Test func `lessons of one day hold on the next`() {
        let calibration = taught([30, 60, 90])
        var heir = Calibration()
        for lesson in calibration.lessons() { heir.recall(lesson) }
        heir.recall(Lesson(.errors, number: 99, values: [1, 1, 1]))
        heir.recall(Lesson(.errors, number: 0, values: [.nan, 1, 1]))
        heir.refresh(at: now)
        #expect(abs(telling(heir).shift - telling(calibration).shift) < 1e-4)
        #expect(heir.lessons() == calibration.lessons())
    }
}
