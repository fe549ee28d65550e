import ETAEngine
import Feeds
import Hummingbird
import Storage
import TransitModel

/// Detours that buses seem to take, for dispatchers to tell riders of or to dismiss.
struct DetourRoutes {
    let live: LiveService

    func add(to router: some RouterMethods<BasicRequestContext>) {
        router.on("detours", method: .get, use: list)
        router.on("detours/:detour_id/alert", method: .post, use: confirm)
        router.on("detours/:detour_id", method: .delete, use: dismiss)
    }

    private func list(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
        let answer = DetoursResponse(
            snapshot: try live.showcase.required.snapshot, alerts: try await live.alertsKept())
        return try .fresh(WireJSON.encode(answer), .json)
    }

    private func confirm(
        _ request: Request, _ context: BasicRequestContext
    ) async throws -> Response {
        let order = try await request.order(DetourOrder.self)
        let snapshot = try live.showcase.required.snapshot
        let detour = try snapshot.requiredDetour(Query(request, context).pathPart("detour_id"))
        let told = DetoursResponse(snapshot: snapshot, alerts: try await live.alertsKept())
        if let id = told.detours.first(where: { $0.id == detour.id })?.alertID {
            throw Refusal(.conflict, "riders are told already, by alert \(id)")
        }
        let now = await live.moment()
        let alert = try NewAlert(detour, order, at: now, in: snapshot.network)
            .alert(at: now, in: snapshot.network)
        try live.stores.alerts.add(alert, on: snapshot.network)
        try await live.alertsChanged()
        return try .fresh(WireJSON.encode(AlertRow(alert)), .json)
    }

    private func dismiss(
        _ request: Request, _ context: BasicRequestContext
    ) async throws -> Response {
        let snapshot = try live.showcase.required.snapshot
        let detour = try snapshot.requiredDetour(Query(request, context).pathPart("detour_id"))
        try await live.dismissDetour(detour.id)
        let receipt = ControlReceipt(done: "detour \(detour.id) is dismissed while it lasts")
        return try .fresh(WireJSON.encode(receipt), .json)
    }
}

extension Snapshot {
    /// A suspected detour, or 404.
    fileprivate func requiredDetour(_ id: String) throws -> SuspectedDetour {
        guard let detour = suspectedDetours.first(where: { $0.id == id }) else {
            throw Refusal.notFound("no detour \(id) is suspected")
        }
        return detour
    }
}

extension NewAlert {
    /// What riders are told of a detour, in both languages.
    init(
        _ detour: SuspectedDetour, _ order: DetourOrder, at now: Timestamp, in network: Network
    ) {
        let words = DetourWords(detour, in: network)
        let routes = detour.routes(in: network).map { Entity(routeID: network.routes[$0].id) }
        let stops = detour.skippedStops(in: network).map { Entity(stopID: network.stops[$0].id) }
        self.init(header: words.header, description: words.description, informed: routes + stops)
        id = detour.alertID(at: now)
        end = order.end
        cause = order.cause
        effect = "DETOUR"
        severity = "WARNING"
    }
}

/// A detour in words for riders.
struct DetourWords {
    private let routes: String
    private let stops: [String]
    private let last: String?
    private let next: String?

    init(_ detour: SuspectedDetour, in network: Network) {
        routes = detour.routes(in: network).map { network.routes[$0].name }.joined(separator: ", ")
        stops = detour.skippedStops(in: network).map { network.stops[$0].name }
        last = detour.lastStop(in: network).map { network.stops[$0].name }
        next = detour.nextStop(in: network).map { network.stops[$0].name }
    }

    var header: [NewAlert.Text] {
        let missed = stops.count
        return [
            NewAlert.Text(
                language: "id",
                text: "Rute \(routes) dialihkan"
                    + (missed > 0 ? ": \(missed) halte tidak dilayani" : "")),
            NewAlert.Text(
                language: "en",
                text: "Route \(routes) diverted"
                    + (missed > 0 ? ": \(missed) stop\(missed == 1 ? "" : "s") not served" : "")),
        ]
    }

    var description: [NewAlert.Text] {
        [
            NewAlert.Text(language: "id", text: indonesian),
            NewAlert.Text(language: "en", text: english),
        ]
    }

    private var indonesian: String {
        let places = [last.map { "setelah \($0)" }, next.map { "sampai \($0)" }]
        let stretch = places.compactMap { $0.map { " " + $0 } }.joined()
        let missed =
            stops.isEmpty
            ? "Semua halte tetap dilayani."
            : "Halte yang tidak dilayani: \(stops.joined(separator: ", "))."
        return "Bus rute \(routes) sementara dialihkan\(stretch). \(missed)"
    }

    private var english: String {
        let places = [last.map { "after \($0)" }, next.map { "as far as \($0)" }]
        let stretch = places.compactMap { $0.map { " " + $0 } }.joined()
        let missed =
            stops.isEmpty
            ? "All stops are served." : "Stops not served: \(stops.joined(separator: ", "))."
        return "Buses of route \(routes) are diverted for now\(stretch). \(missed)"
    }
}
