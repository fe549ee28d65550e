import Testing

@testable import Evaluation

struct SampleTraitsTests {
    private func passage(isTerminal: Bool = false) -> Passage {
        Passage(
            trip: 1, vehicle: 1, stop: 1, sequence: 1, run: 0, moment: 5000, begun: 3000,
            isTerminal: isTerminal)
    }

    private func classes(
        at minute: Int64, heard: [Double]? = nil, isTerminal: Bool = false
    ) -> [SampleClass] {
        var trace = VehicleTrace()
        trace.heard = heard ?? []
        let traits = SampleTraits(
            passage(isTerminal: isTerminal), at: minute, trace: trace, isUntraced: heard == nil)
        return SampleClass.allCases.filter { $0.holds(traits) }
    }

    @Test func `from its beginning on a trip is under way`() {
        #expect(classes(at: 3000) == [.midTrip, .all])
        #expect(classes(at: 2940) == [.preTrip, .preTripSeen, .all])
    }

    @Test func `a vehicle is seen that was heard of in the last ten minutes`() {
        #expect(classes(at: 2700, heard: [2100]) == [.preTrip, .preTripSeen, .all])
        #expect(classes(at: 2760, heard: [2100]) == [.preTrip, .all])
        #expect(classes(at: 2700, heard: [2800]) == [.preTrip, .all])
    }

    @Test func `the first stop is a class of its own`() {
        #expect(classes(at: 2700, isTerminal: true) == [.terminalDeparture, .all])
        #expect(classes(at: 3300, isTerminal: true) == [.terminalDeparture, .all])
    }
}
