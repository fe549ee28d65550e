import ETAEngine
import Geometry
import Testing
import TransitModel

@testable import Feeds

struct ExplanationResponseTests {
    @Test func `an explanation tells readings, fixes and reasons`() throws {
        var scene = Scene()
        scene.addBus("7", on: Town.run("T1"))
        let place = scene.vehicles[0].coordinate
        var reading = VehicleExplanation.Hypothesis(
            pattern: PatternIndex(1), distanceAlong: 120.4, offset: .infinity,
            probability: 0.87654)
        reading.instance = Town.run("T1")
        reading.lateness = -61.6
        let explanation = VehicleExplanation(
            status: scene.vehicles[0],
            hypotheses: [
                reading,
                .init(pattern: PatternIndex(1), distanceAlong: 0, offset: 9, probability: 0.1),
            ],
            fixes: [
                .init(timestamp: scene.madeAt, coordinate: place, outcome: .accepted),
                .init(timestamp: scene.madeAt - 5, coordinate: place, outcome: .rejected(.jump)),
                .init(timestamp: scene.madeAt - 9, coordinate: place, outcome: .doubted(.swapped)),
            ],
            reasons: ["It passed Halte 2 eastwards."]
        )
        let response = ExplanationResponse(explanation, in: Town.network, at: scene.madeAt)
        #expect(
            try json(response.hypotheses) == """
                [{"direction_id":1,"distance_m":120,"headsign":"Halte 1","lateness_s":-62,\
                "offset_m":0,"probability":0.877,"route_id":"K2","trip_id":"T1"},\
                {"direction_id":1,"distance_m":0,"headsign":"Halte 1","lateness_s":null,\
                "offset_m":9,"probability":0.1,"route_id":"K2","trip_id":null}]
                """
        )
        #expect(response.fixes.map(\.outcome) == ["accepted", "jump", "accepted"])
        #expect(response.fixes.map(\.doubt) == [nil, nil, "swapped"])
        #expect(response.reasons == ["It passed Halte 2 eastwards."])
        #expect(response.vehicle.id == "7")
    }
}
