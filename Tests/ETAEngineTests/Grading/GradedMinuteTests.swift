import Testing
import TransitModel

@testable import ETAEngine

struct GradedMinuteTests {
    private let leftAtEight = RunDeparture(moment: Grades.eight, answers: [])

    private func minute(_ answer: GradedCall.Answer?, cameAt second: Double) -> GradedMinute {
        GradedMinute(
            askedAt: answer?.madeAt ?? Grades.eight + second - 300, answer: answer,
            arrival: Grades.eight + second)
    }

    @Test func `minutes without an answer lie between those that have one`() {
        let call = Grades.call(
            at: 330, asked: 5,
            [
                Grades.answer(at: 121, foretelling: 300), Grades.answer(at: 241, foretelling: 300),
            ])
        let minutes = call.minutes
        #expect(minutes.map { $0.askedAt - Grades.eight } == [300, 241, 180, 121, 60])
        #expect(minutes.map { $0.answer == nil } == [true, false, true, false, true])
    }

    @Test func `an answer is judged by the lead it foretold, silence by the true one`() {
        let late = minute(Grades.answer(at: 0, foretelling: 170), cameAt: 400)
        #expect(late.horizon == .upTo3)
        #expect(late.error == 230)
        #expect(minute(nil, cameAt: 400).horizon == .upTo6)
    }

    @Test func `silence is never accurate`() {
        #expect(!minute(nil, cameAt: 400).isAccurate)
        #expect(minute(Grades.answer(at: 0, foretelling: 350), cameAt: 400).isAccurate)
    }

    @Test func `where nothing was said, the bus is under way once it has left`() {
        var silent = minute(nil, cameAt: 400)
        #expect(silent.phase(leaving: Grades.eight) == .underWay)
        silent.askedAt = Grades.eight - 1
        #expect(silent.phase(leaving: Grades.eight) == .beforeDeparture)
        let waiting = minute(Grades.answer(at: 60, foretelling: 350, .terminal), cameAt: 400)
        #expect(waiting.phase(leaving: Grades.eight) == .beforeDeparture)
    }

    @Test func `a bus under way that comes late was held up, one that comes early ran ahead`() {
        let late = minute(Grades.answer(at: 0, foretelling: 100), cameAt: 400)
        #expect(late.cause(at: 3, leaving: leftAtEight) == .congestion)
        let early = minute(Grades.answer(at: 0, foretelling: 800), cameAt: 400)
        #expect(early.cause(at: 3, leaving: leftAtEight) == .ranAhead)
    }

    @Test func `an old fix is the reason for an error, and nothing said is one of its own`() {
        let old = minute(Grades.answer(at: 0, foretelling: 100, age: 91), cameAt: 400)
        #expect(old.cause(at: 3, leaving: leftAtEight) == .noFix)
        #expect(minute(nil, cameAt: 400).cause(at: 3, leaving: nil) == .silence)
        let timetable = minute(
            Grades.answer(at: 60, foretelling: 100, .schedule, age: nil), cameAt: 400)
        #expect(timetable.cause(at: 3, leaving: leftAtEight) == .noFix)
    }

    @Test func `an error that was there when the bus left is the terminal's`() {
        let told = Grades.answer(at: -600, foretelling: 100, .terminal)
        let late = minute(told, cameAt: 500)
        var departure = RunDeparture(
            moment: Grades.eight + 300,
            answers: [Grades.answer(at: -600, foretelling: 0, .terminal)])
        #expect(late.cause(at: 3, leaving: departure) == .terminal)
        departure.moment = Grades.eight + 150
        #expect(late.cause(at: 3, leaving: departure) == .congestion)
        departure.moment = Grades.eight - 300
        #expect(late.cause(at: 3, leaving: departure) == .congestion)
        #expect(late.cause(at: 3, leaving: nil) == .terminal)
        #expect(late.cause(at: 0, leaving: departure) == .terminal)
    }
}
