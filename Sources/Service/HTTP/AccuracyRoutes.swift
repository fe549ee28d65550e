import ETAEngine
import Feeds
import Hummingbird
import TransitModel

/// How well riders were told when buses come.
struct AccuracyRoutes {
    let live: LiveService

    private static let usualDays = 7
    private static let days = 1...400
    private static let usualMisses = 30
    private static let misses = 0...WorstMisses.limit
    /// Seconds after midnight until which the night belongs to the day before.
    private static let night = 4.0 * 3600

    func add(to router: some RouterMethods<BasicRequestContext>) {
        router.on("api/v1/accuracy", method: .get) { request, context in
            let answer = try await Self.answer(Query(request, context), of: live)
            return Payload(try WireJSON.encode(answer), .json, for: request)
                .response(to: request, maxAge: Gradebook.secondsHeld)
        }
    }

    /// What a query asks for, for the public and for dispatchers.
    static func answer(_ query: Query, of live: LiveService) async throws -> AccuracyResponse {
        let published = try live.showcase.required
        let network = published.snapshot.network
        let now = published.snapshot.madeAt
        let days = try query.number("days", in: days) ?? usualDays
        let question = AccuracyResponse.Question(
            since: network.serviceDay.date(at: now - night) - (days - 1),
            route: try query.route(in: published),
            misses: try query.number("misses", in: misses) ?? usualMisses)
        let figures = try await live.gradebook.figures(since: question.since, at: now)
        return AccuracyResponse(
            published.renamed(figures, only: question.route), question, in: network, at: now)
    }
}

extension Published {
    /// Figures under the ids of the timetable in force, of one route or of all.
    fileprivate func renamed(
        _ figures: AccuracyFigures, only route: RouteIndex?
    ) -> AccuracyFigures {
        let network = snapshot.network
        return figures.renamed { id in
            let index = self.route(id: id)
            guard route == nil || route == index else { return nil }
            return index.map { network.routes[$0].id } ?? id
        } stop: { id in
            (network.stop(id: id) ?? formerIDs.stops[id]).map { network.stops[$0].id } ?? id
        }
    }
}
