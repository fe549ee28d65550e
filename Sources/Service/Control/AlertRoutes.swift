import ETAEngine
import Feeds
import Hummingbird
import Storage
import TransitModel

/// What riders are told.
struct AlertRoutes {
    let live: LiveService

    func add(to router: some RouterMethods<BasicRequestContext>) {
        router.on("alerts", method: .get, use: list)
        router.on("alerts", method: .post, use: add)
        router.on("alerts/:alert_id", method: .delete, use: end)
    }

    private func list(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
        let alerts = try await live.alertsKept()
        let answer = AlertsResponse(alerts: alerts, at: await live.moment())
        return try .fresh(WireJSON.encode(answer), .json)
    }

    private func add(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
        let order = try await request.order(NewAlert.self)
        let network = try live.showcase.required.snapshot.network
        let alert = try order.alert(at: await live.moment(), in: network)
        try live.stores.alerts.add(alert, on: network)
        try await live.alertsChanged()
        return try .fresh(WireJSON.encode(AlertRow(alert)), .json)
    }

    private func end(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
        let id = try Query(request, context).pathPart("alert_id")
        guard try live.stores.alerts.end(id: id, at: await live.moment()) else {
            throw Refusal.notFound("no alert \(id) is in force")
        }
        try await live.alertsChanged()
        return try .fresh(WireJSON.encode(ControlReceipt(done: "alert \(id) has ended")), .json)
    }
}

extension NewAlert {
    /// The alert, checked against the timetable, or a refusal that names what is wrong.
    func alert(at now: Timestamp, in network: Network) throws -> Alert {
        guard !header.isEmpty, (header + description).allSatisfy(\.isUsable) else {
            throw Refusal.badParameter("header", "give 1 to 5,000 bytes of text per language")
        }
        if let start, let end, end <= start {
            throw Refusal.badParameter("end", "it must lie after the start")
        }
        return Alert(
            id: id ?? "alert-\(now.unix)", start: start.map(Timestamp.init(unix:)) ?? now,
            end: end.map(Timestamp.init(unix:)),
            cause: try named("cause", cause) ?? .unknownCause,
            effect: try named("effect", effect) ?? .unknownEffect,
            severity: try named("severity", severity) ?? .unknown,
            informed: try entities(in: network), header: header.map(\.translation),
            description: (description.isEmpty ? header : description).map(\.translation))
    }

    private func named<Value: CaseIterable>(_ field: String, _ name: String?) throws -> Value? {
        guard let name else { return nil }
        let wanted = name.lowercased().filter { $0 != "_" }
        let match = Value.allCases.first { "\($0)".lowercased() == wanted }
        guard let match else {
            throw Refusal.badParameter(field, "GTFS-Realtime has no \(name)")
        }
        return match
    }

    private func entities(in network: Network) throws -> [Alert.InformedEntity] {
        guard !informed.isEmpty else {
            return network.agencies.elements.prefix(1).map {
                Alert.InformedEntity(agencyID: $0.id)
            }
        }
        return try informed.map { entity in
            if let id = entity.routeID, network.route(id: id) == nil {
                throw Refusal.badParameter("route_id", "there is no route \(id)")
            }
            if let id = entity.stopID, network.stop(id: id) == nil {
                throw Refusal.badParameter("stop_id", "there is no stop \(id)")
            }
            return Alert.InformedEntity(
                agencyID: entity.agencyID, routeID: entity.routeID, stopID: entity.stopID)
        }
    }
}

extension NewAlert.Text {
    fileprivate var isUsable: Bool {
        (1...5000).contains(text.utf8.count) && !text.utf8.contains(0)
            && (1...35).contains(language.utf8.count)
    }

    fileprivate var translation: Alert.Translation {
        Alert.Translation(language: language, text: text)
    }
}
