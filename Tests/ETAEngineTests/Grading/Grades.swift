import TransitModel

@testable import ETAEngine

/// Graded calls of the bus of eight o'clock on a straight line of the test town.
enum Grades {
    static let network = TestTown.network
    static let date = ServiceDate(dayNumber: 20_780)
    static let instance: TripInstance = {
        guard let trip = network.trip(id: "A 08:00:00") else { preconditionFailure("no trip") }
        return TripInstance(trip: trip, serviceDate: date)
    }()
    /// When it should leave.
    static let eight = network.serviceDay.moment(ServiceTime(8 * 3600), on: date)

    /// An answer so many seconds after eight that foretells so many seconds after eight.
    static func answer(
        at second: Double, foretelling predicted: Double, _ source: PredictionSource = .live,
        age: Double? = 10, uncertainty: Double = 60
    ) -> GradedCall.Answer {
        GradedCall.Answer(
            madeAt: eight + second, predicted: eight + predicted, uncertainty: uncertainty,
            source: source, fixAge: age)
    }

    /// A call so many seconds after eight.
    static func call(
        at second: Double, position: Int = 3, asked: Int? = nil, _ answers: [GradedCall.Answer]
    ) -> GradedCall {
        GradedCall(
            vehicleID: "7", instance: instance, pattern: PatternIndex(TestTown.straight),
            position: position, arrival: eight + second, minutesAsked: asked ?? answers.count,
            answers: answers)
    }

    /// The tallies of some calls, over everything.
    static func total(_ calls: GradedCall...) -> AccuracyTally {
        var account = AccuracyAccount()
        for call in calls { account.enter(call, on: network) }
        return account.page.sums.summed { $0.hour == nil ? nil : $0 }.total
    }
}
