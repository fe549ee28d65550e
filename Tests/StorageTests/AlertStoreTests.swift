import ETAEngine
import Testing
import TransitModel

@testable import Storage

@Suite struct `Alert store` {
    let store: AlertStore
    let network: Network
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        store = AlertStore(try scratch.database())
        network = try smallNetwork()
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
                Alert.InformedEntity(routeID: "K1", stopID: "halte-2"),
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
        try store.add(full, on: network)
        #expect(try store.list().map(\.alert) == [full])
    }

    @Test(arguments: zip(Alert.Cause.allCases, Alert.Effect.allCases))
    func `cause, effect and severity come back`(
        cause: Alert.Cause,
        effect: Alert.Effect
    ) throws {
        var given = alert("a")
        (given.cause, given.effect) = (cause, effect)
        given.severity = Alert.Severity.allCases[cause.rawValue % 4]
        try store.add(given, on: network)
        #expect(try store.list().map(\.alert) == [given])
    }

    @Test func `what is touched is kept by what it is`() throws {
        try store.add(alert("a"), on: network)
        let informed = try #require(try store.list().first).informed
        #expect(informed.map(\.agencyName) == ["Trans Padang", nil])
        #expect(informed[1].route == RouteSign(network.routes[RouteIndex(0)]))
        #expect(informed[1].stop == StopPlace(network.stops[StopIndex(2)]))
    }

    @Test func `what is touched is found when all ids have changed`() throws {
        try store.add(alert("a"), on: network)
        let recognition = Recognition(try smallNetwork(ids: "new-"))
        let informed = try #require(try store.list().first).informed
        #expect(
            informed.map { $0.entity(in: recognition) } == [
                Alert.InformedEntity(agencyID: "new-TP"),
                Alert.InformedEntity(routeID: "new-K1", stopID: "new-halte-2"),
            ])
    }

    @Test func `what is gone is not found, and nothing else for it`() throws {
        let recognition = Recognition(try smallNetwork())
        let gone = InformedPlace(
            route: RouteSign(id: "K1", shortName: "K1"), stop: StopPlace(id: "halte/88"))
        #expect(gone.entity(in: recognition) == nil)
    }

    @Test func `ids of an older version of the program get their meaning`() throws {
        var old = alert("a")
        old.informed = [Alert.InformedEntity(routeID: "K1", stopID: "halte-2")]
        try store.add(old, on: smallNetwork(ids: "other-"))
        #expect(try store.list().first?.informed.first?.stop == StopPlace(id: "halte-2"))
        try store.fillPlaces(from: network)
        try store.fillPlaces(from: smallNetwork(ids: "other-"))
        let informed = try #require(try store.list().first).informed
        #expect(informed == [InformedPlace(old.informed[0], on: network)])
    }

    @Test func `an id in use is refused`() throws {
        try store.add(alert("a"), on: network)
        let fault = #expect(throws: StorageFault.self) {
            try store.add(alert("a", start: 5), on: network)
        }
        #expect(fault?.kind == .refused)
        #expect(try store.list().map(\.alert) == [alert("a")])
    }

    @Test func `alerts come by start, open ones first`() throws {
        for given in [alert("c", start: 20), alert("b", start: 10), alert("z")] {
            try store.add(given, on: network)
        }
        #expect(try store.list().map(\.alert.id) == ["z", "b", "c"])
    }

    @Test func `an ended alert stays in the list but holds no more`() throws {
        try store.add(alert("a"), on: network)
        #expect(try store.end(id: "a", at: Timestamp(500)))
        let kept = try #require(try store.list().first?.alert)
        #expect(kept.end == Timestamp(500))
        #expect(!kept.isActive(at: Timestamp(500)))
    }

    @Test func `what has ended or never was cannot be ended`() throws {
        try store.add(alert("a", end: 400), on: network)
        #expect(try !store.end(id: "a", at: Timestamp(500)))
        #expect(try !store.end(id: "b", at: Timestamp(500)))
        #expect(try store.list().first?.alert.end == Timestamp(400))
    }
}
