import Testing
import TransitModel

@testable import ETAEngine

struct GraderTests {
    private let start = TestCity.moment(8)
    private let instance = TripInstance(
        trip: TripIndex(0), serviceDate: ServiceDate(dayNumber: 20_000))

    private func trip(_ arrival: Timestamp, fixTime: Timestamp? = nil) -> TripPrediction {
        TripPrediction(
            instance: instance, pattern: PatternIndex(0), vehicleID: "7", source: .live,
            fixTime: fixTime,
            stops: [
                StopPrediction(position: 3, arrival: arrival, departure: arrival, uncertainty: 40)
            ])
    }

    private func event(
        at arrival: Timestamp, position: Int = 3, bracket: Double = 10
    ) -> StopEvent {
        StopEvent(
            vehicleID: "7", instance: instance, position: position, arrival: arrival,
            departure: nil, bracket: bracket)
    }

    /// A grader that heard the same arrival foretold every quarter of a minute for so long.
    private func grader(_ arrival: Timestamp, minutes: Int) -> Grader {
        var grader = Grader()
        for step in 0..<4 * minutes {
            let now = start + 15 * Double(step)
            grader.note([trip(arrival, fixTime: now - 5)], at: now)
        }
        return grader
    }

    @Test func `of each whole minute one answer counts`() throws {
        var grader = grader(start + 630, minutes: 10)
        let graded = grader.grade(event(at: start + 600), on: PatternIndex(0))
        let grade = try #require(graded)
        #expect(grade.minutesAsked - grade.answers.count <= 1)
        #expect((10...11).contains(grade.answers.count))
        #expect(grade.answers.allSatisfy { abs($0.predicted - (start + 630)) < 0.01 })
        #expect(grade.answers.allSatisfy { $0.fixAge == 5 && $0.uncertainty == 40 })
        #expect(grade.answers.map(\.madeAt) == grade.answers.map(\.madeAt).sorted())
    }

    @Test func `minutes without an answer are misses, not absent`() throws {
        var grader = Grader()
        for minute in 0..<20 { grader.note([], at: start + 60 * Double(minute)) }
        let graded = grader.grade(event(at: start + 1200), on: PatternIndex(0))
        let grade = try #require(graded)
        #expect(grade.answers.isEmpty)
        #expect((19...21).contains(grade.minutesAsked))
    }

    @Test func `half an hour counts at most`() throws {
        var grader = grader(start + 3600, minutes: 60)
        let graded = grader.grade(event(at: start + 3600), on: PatternIndex(0))
        let grade = try #require(graded)
        #expect((29...30).contains(grade.answers.count))
    }

    @Test func `a call before the first snapshot, or seen too vaguely, has no grade`() {
        var grader = grader(start + 600, minutes: 5)
        var none = Grader()
        let grades = [
            grader.grade(event(at: start - 10), on: PatternIndex(0)),
            grader.grade(event(at: start + 300, bracket: 400), on: PatternIndex(0)),
            none.grade(event(at: start), on: PatternIndex(0)),
        ]
        #expect(grades.allSatisfy { $0 == nil })
    }

    @Test func `a call is graded once`() {
        var grader = grader(start + 300, minutes: 5)
        let first = grader.grade(event(at: start + 300), on: PatternIndex(0))
        let second = grader.grade(event(at: start + 301), on: PatternIndex(0))
        #expect(first?.answers.isEmpty == false)
        #expect(second?.answers.isEmpty == true)
    }
}
