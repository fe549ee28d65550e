import TransitModel

/// What a feed holds: its summary and its routes.
struct OverviewView: TimetableView {
    struct Line: Encodable {
        let routeID: String
        let shortName: String
        let longName: String
        let routeType: Int
        let patterns: Int
        let trips: Int
        let stops: Int
    }

    let feed: FeedSummary
    let routes: [Line]

    init(_ network: Network, today: ServiceDate) {
        feed = FeedSummary(network, today: today)
        routes = network.routes.indices.map { Line(network, $0) }
    }

    var text: String {
        var table = TextTable(
            ["ROUTE", "NAME", "PATTERNS", "TRIPS", "STOPS", "ID"], numbers: [2, 3, 4])
        for route in routes {
            table.add([
                route.shortName, String(route.longName.prefix(60)), String(route.patterns),
                Wording.grouped(route.trips), Wording.grouped(route.stops), route.routeID,
            ])
        }
        return feed.text + "\n\n" + table.text
    }
}

extension OverviewView.Line {
    init(_ network: Network, _ index: RouteIndex) {
        let route = network.routes[index]
        routeID = route.id
        shortName = route.shortName
        longName = route.longName
        routeType = route.type
        var called: Set<StopIndex> = []
        var sums = (patterns: 0, trips: 0)
        for pattern in network.patterns(of: index) {
            sums.patterns += 1
            sums.trips += network.trips(of: pattern).count
            called.formUnion(network.patterns[pattern].stops)
        }
        patterns = sums.patterns
        trips = sums.trips
        stops = called.count
    }
}
