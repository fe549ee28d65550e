import Testing
import TransitModel

@testable import Feeds

struct AlertsResponseTests {
    private let now = Town.moment("08:05:00")

    @Test func `an alert is told in the language asked for, else in its first`() {
        #expect(AlertRow(.detour, language: "en").header == "Detour")
        #expect(AlertRow(.detour, language: "id-ID").header == "Pengalihan rute")
        #expect(AlertRow(.detour, language: "fr").header == "Pengalihan rute")
        #expect(AlertRow(.detour).header == "Pengalihan rute")
    }

    @Test func `alerts that are over are left out, the gravest comes first`() throws {
        var severe = Alert.detour
        severe.id = "z"
        severe.severity = .severe
        var over = Alert.detour
        over.end = now
        let response = AlertsResponse(alerts: [.detour, over, severe], at: now)
        #expect(response.alerts.map(\.id) == ["z", "d1"])
    }

    @Test func `an alert has names of the specification, and null where nothing is given`() throws {
        var alert = Alert.detour
        alert.end = nil
        alert.informed = [Alert.InformedEntity(routeID: "K1")]
        #expect(
            try json(AlertRow(alert, language: "en")) == #"""
                {"cause":"CONSTRUCTION","description":"Via Sudirman\nStreet","effect":"DETOUR",\#
                "end":null,"header":"Detour","id":"d1",\#
                "informed":[{"agency_id":null,"route_id":"K1","stop_id":null}],\#
                "severity":"WARNING","start":1795215600}
                """#
        )
    }

    @Test func `names of cases become names of the specification`() {
        #expect(specificationName(Alert.Cause.technicalProblem) == "TECHNICAL_PROBLEM")
        #expect(
            AlertRow(Alert(id: "", informed: [], header: [], description: [])).severity
                == "UNKNOWN_SEVERITY"
        )
    }

    @Test func `an alert concerns the stops that it names and those on its routes`() {
        let network = Town.network
        func concerns(_ informed: Alert.InformedEntity, _ stop: String) -> Bool {
            var alert = Alert.detour
            alert.informed = [informed]
            return alert.concerns(Town.stop(stop), in: network, at: now)
        }
        #expect(concerns(Alert.InformedEntity(stopID: "S3"), "S3"))
        #expect(!concerns(Alert.InformedEntity(stopID: "S3"), "S4"))
        #expect(concerns(Alert.InformedEntity(routeID: "K1"), "S4"))
        #expect(!concerns(Alert.InformedEntity(routeID: "K9"), "S4"))
        #expect(concerns(Alert.InformedEntity(agencyID: "psm"), "S4"))
        #expect(!Alert.detour.concerns(Town.stop("S3"), in: network, at: Town.moment("12:00:00")))
    }
}
