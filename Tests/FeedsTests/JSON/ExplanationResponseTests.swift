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
        let explanation = VehicleExplanation(
            status: scene.vehicles[0],
            hypotheses: [
                .init(
                    pattern: PatternIndex(1), distanceAlong: 120.4, offset: .infinity,
                    probability: 0.87654)
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
                [{"direction_id":1,"distance_m":120,"headsign":"Halte 1","offset_m":0,\
                "probability":0.877,"route_id":"K2"}]
                """
        )
        #expect(response.fixes.map(\.outcome) == ["accepted", "jump", "accepted"])
        #expect(response.fixes.map(\.doubt) == [nil, nil, "swapped"])
        #expect(response.reasons == ["It passed Halte 2 eastwards."])
        #expect(response.vehicle.id == "7")
    }
}
