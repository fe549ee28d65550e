import Testing
import TransitModel

@testable import Feeds

struct PublishedAlertTests {
    private let now = Town.moment("08:05:00")

    private func published(_ change: (inout Alert) -> Void) -> PublishedAlert? {
        var alert = Alert.detour
        change(&alert)
        return PublishedAlert(alert, Town.network, at: now.unix)
    }

    @Test func `an alert that is over is not published`() {
        #expect(published { $0.end = now } == nil)
        #expect(published { $0.end = now + 1 } != nil)
    }

    @Test func `an alert about the future is published`() {
        #expect(published { $0.start = now + 3600 } != nil)
    }

    @Test func `ids that the timetable does not know are left out`() {
        let alert = published { $0.informed.append(Alert.InformedEntity(routeID: "K9")) }
        #expect(alert?.informed == Alert.detour.informed)
    }

    @Test func `an alert that touches nothing known is not published`() {
        #expect(published { $0.informed = [Alert.InformedEntity(stopID: "gone")] } == nil)
        #expect(published { $0.informed = [Alert.InformedEntity()] } == nil)
        #expect(published { $0.informed = [Alert.InformedEntity(agencyID: "other")] } == nil)
    }

    @Test func `an alert without a headline is not published`() {
        #expect(published { $0.header = [Alert.Translation(language: "id", text: "")] } == nil)
    }
}

extension Alert {
    static let detour = Alert(
        id: "d1",
        start: Town.moment("06:00:00"),
        end: Town.moment("12:00:00"),
        cause: .construction,
        effect: .detour,
        severity: .warning,
        informed: [InformedEntity(routeID: "K1"), InformedEntity(routeID: "K2", stopID: "S3")],
        header: [
            Translation(language: "id", text: "Pengalihan rute"),
            Translation(language: "en", text: "Detour"),
        ],
        description: [
            Translation(language: "id", text: "Lewat Jl. \"Sudirman\""),
            Translation(language: "en", text: "Via Sudirman\nStreet"),
        ]
    )
}
