import ETAEngine
import Testing
import TransitModel

@testable import Feeds

struct StopCallTests {
    private func calls(
        _ stops: [StopPrediction], on tripID: String = "T1", passed: [StopPrediction] = []
    ) -> [StopCall] {
        let run = Town.run(tripID)
        let network = Town.network
        var trip = TripPrediction(
            instance: run, pattern: network.trips[run.trip].pattern, vehicleID: "1", source: .live,
            fixTime: nil, stops: stops)
        trip.passedEarly = passed
        return Array(
            StopCalls(
                trip, in: network, isHeadwayOnly: network.trips[run.trip].isHeadwayOnly,
                now: Town.moment("08:05:00").unix)
        )
    }

    private func stop(_ position: Int, _ arrival: String, stays: Double = 0) -> StopPrediction {
        let moment = Town.moment(arrival)
        return StopPrediction(
            position: position, arrival: moment, departure: moment + stays, uncertainty: 12.5)
    }

    @Test func `calls in the same second are moved apart by a second each`() {
        let calls = calls([stop(1, "08:06:00"), stop(2, "08:06:00"), stop(3, "08:06:00")])
        let first = Town.moment("08:06:00").unix
        #expect(calls.map(\.arrival) == [first, first + 1, first + 2])
        #expect(calls.map(\.departure) == [first, first + 1, first + 2])
    }

    @Test func `delays are counted from the timetable`() {
        let calls = calls([stop(3, "08:09:00", stays: 20)])
        #expect(calls.first?.delays == StopCall.Delays(arrival: 180, departure: 200))
    }

    @Test func `a headway run has no delays`() {
        #expect(calls([stop(3, "08:09:00")], on: "H").first?.delays == nil)
    }

    @Test func `stops passed early come first and keep their times`() {
        let calls = calls([stop(3, "08:05:30")], passed: [stop(2, "08:01:00")])
        #expect(calls.map(\.position) == [2, 3])
        #expect(calls.first?.departure == Town.moment("08:01:00").unix)
    }

    @Test func `a stop that is told twice is called at once`() {
        let calls = calls(
            [stop(2, "08:05:30"), stop(3, "08:06:00")], passed: [stop(2, "08:01:00")])
        #expect(calls.map(\.position) == [2, 3])
    }

    @Test func `a stop ahead has not been left yet`() {
        let calls = calls([stop(5, "08:04:50")])
        #expect(calls.first?.arrival == Town.moment("08:04:50").unix)
        #expect(calls.first?.departure == Town.moment("08:05:01").unix)
    }

    @Test(arguments: 0..<200) func `times strictly rise whatever is predicted`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let now = Town.moment("08:05:00")
        let stops = (0..<6).map { position in
            let arrival = now + Double.random(in: -90...400, using: &random)
            return StopPrediction(
                position: position, arrival: arrival,
                departure: arrival + Double.random(in: -5...60, using: &random), uncertainty: 9)
        }
        let passed = Int.random(in: 0...3, using: &random)
        let calls = calls(Array(stops[passed...]), passed: Array(stops[..<passed]))
        #expect(calls.map(\.position) == Array(0..<6))
        #expect(calls.allSatisfy { $0.departure >= $0.arrival })
        #expect(zip(calls, calls.dropFirst()).allSatisfy { $1.arrival > $0.departure })
        #expect(calls.last.map { $0.departure > now.unix } == true)
    }
}
