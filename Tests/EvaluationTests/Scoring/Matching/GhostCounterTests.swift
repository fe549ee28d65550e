import Testing
import TransitModel

@testable import Evaluation

struct GhostCounterTests {
    private let street = Street()

    private func ghosts(
        by identity: PredictionIdentity = .trip,
        _ calls: PredictedCall...
    ) throws -> GhostReport {
        var options = Scorer.Options()
        options.by = identity
        options.resamples = 0
        let scorer = try Scorer(
            network: street.network(),
            truth: street.truth(),
            options: options
        )
        let rows = PredictedCall.header + calls.map(\.line).joined()
        return try scorer.score(predictions: CSVSource(file: "p", bytes: Array(rows.utf8))).ghosts
    }

    /// A row about the second trip's eleventh stop, some seconds after it was passed.
    private func call(after seconds: Double, ahead: Double = 200) -> PredictedCall {
        let passed = street.arrival(1, 10)
        let madeAt = (passed / 60).rounded(.up) * 60 + seconds
        return PredictedCall(
            madeAt: madeAt,
            vehicle: "v1",
            trip: "t1",
            sequence: 11,
            stop: "s10",
            arrival: madeAt + ahead
        )
    }

    @Test func `a stop passed more than a minute before is a ghost`() throws {
        #expect(try ghosts(call(after: 120)).past == 1)
        #expect(try ghosts(by: .vehicle, call(after: 120)).past == 1)
    }

    @Test func `a stop passed within the minute is not held against anyone`() throws {
        let ghosts = try ghosts(call(after: 0))
        #expect(ghosts.past == 0 && ghosts.unverifiable == 1)
    }

    @Test func `only the next thirty minutes are judged`() throws {
        #expect(try ghosts(call(after: 120, ahead: 1800)).unmatched == 1)
        #expect(try ghosts(call(after: 120, ahead: 1801)).unmatched == 0)
        #expect(try ghosts(call(after: 120, ahead: 0)).unmatched == 0)
    }

    @Test func `nothing is judged beyond the end of the truth`() throws {
        var call = call(after: 120)
        call.madeAt = street.arrival(2, 24) - 10
        call.arrival = street.arrival(2, 24) + 100
        #expect(try ghosts(call).unmatched == 0)
    }

    @Test func `a trip that nothing carried was never seen`() throws {
        var call = call(after: 120)
        call.trip = "nowhere"
        #expect(try ghosts(call).neverSeenTrip == 1)
    }

    @Test func `a bus that comes more than half an hour later is no ghost`() throws {
        var call = call(after: -2400)
        call.arrival = call.madeAt + 600
        let ghosts = try ghosts(call)
        #expect(ghosts.comesLater == 1 && ghosts.past == 0)
    }

    @Test func `a stop that the vehicle does not serve is a wrong trip`() throws {
        var call = call(after: 120)
        call.stop = "elsewhere"
        let found = try ghosts(by: .vehicle, call)
        #expect(found.wrongTrip == 1 && found.past == 0)
        call.vehicle = "unheard"
        let unknown = try ghosts(by: .vehicle, call)
        #expect(unknown.wrongTrip == 0 && unknown.unverifiable == 1)
    }
}
