import Testing
import TransitModel

@testable import Storage

@Suite struct `Alert store` {
    let store: AlertStore
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        store = AlertStore(try scratch.database())
    }

    private func alert(_ id: String, start: Double? = nil, end: Double? = nil) -> Alert {
        Alert(
            id: id,
            start: start.map { Timestamp($0) },
            end: end.map { Timestamp($0) },
            cause: .construction,
            effect: .detour,
            severity: .warning,
            informed: [
                Alert.InformedEntity(agencyID: "TP"),
                Alert.InformedEntity(routeID: "K4", stopID: "halte/88"),
            ],
            header: [
                Alert.Translation(language: "id", text: "Jalan \"Veteran\" ditutup"),
                Alert.Translation(language: "en", text: "Veteran street closed"),
            ],
            description: [Alert.Translation(language: "id", text: "Lewat Jl. Sudirman → Pasar")]
        )
    }

    @Test func `an alert comes back as it was`() throws {
        let full = alert("a", start: 100, end: 200.5)
        try store.add(full)
        #expect(try store.list() == [full])
    }

    @Test(arguments: zip(Alert.Cause.allCases, Alert.Effect.allCases))
    func `cause, effect and severity come back`(
        cause: Alert.Cause,
        effect: Alert.Effect
    ) throws {
        var given = alert("a")
        (given.cause, given.effect) = (cause, effect)
        given.severity = Alert.Severity.allCases[cause.rawValue % 4]
        try store.add(given)
        #expect(try store.list() == [given])
    }

    @Test func `an id in use is refused`() throws {
        try store.add(alert("a"))
        let fault = #expect(throws: StorageFault.self) { try store.add(alert("a", start: 5)) }
        #expect(fault?.kind == .refused)
        #expect(try store.list() == [alert("a")])
    }

    @Test func `alerts come by start, open ones first`() throws {
        for given in [alert("c", start: 20), alert("b", start: 10), alert("z")] {
            try store.add(given)
        }
        #expect(try store.list().map(\.id) == ["z", "b", "c"])
    }

    @Test func `an ended alert stays in the list but holds no more`() throws {
        try store.add(alert("a"))
        #expect(try store.end(id: "a", at: Timestamp(500)))
        let kept = try #require(try store.list().first)
        #expect(kept.end == Timestamp(500))
        #expect(!kept.isActive(at: Timestamp(500)))
    }

    @Test func `what has ended or never was cannot be ended`() throws {
        try store.add(alert("a", end: 400))
        #expect(try !store.end(id: "a", at: Timestamp(500)))
        #expect(try !store.end(id: "b", at: Timestamp(500)))
        #expect(try store.list().first?.end == Timestamp(400))
    }
}
