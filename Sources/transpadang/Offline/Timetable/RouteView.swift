import TransitModel

/// Each pattern of a route with its stops in order.
struct RouteView: TimetableView {
    struct Line: Encodable {
        let routeID: String
        let shortName: String
        let longName: String
        let routeType: Int
        let patterns: [Pattern]
    }

    struct Pattern: Encodable {
        let directionID: Int?
        /// What its trips show, the most frequent first.
        let headsigns: [String]
        let shapeID: String?
        /// Metres along the line from the first stop to the last.
        let lengthM: Double
        let trips: Int
        let headwayTrips: Int
        let stops: [Call]
    }

    struct Call: Encodable {
        let stopSequence: Int
        let stopID: String
        let name: String
        /// Metres along the line from its start.
        let distanceM: Double
    }

    let routes: [Line]

    init(_ network: Network, _ routes: [RouteIndex]) {
        self.routes = routes.map { Line(network, $0) }
    }

    var text: String { routes.map(\.text).joined(separator: "\n\n") }
}

extension RouteView.Line {
    init(_ network: Network, _ index: RouteIndex) {
        let route = network.routes[index]
        routeID = route.id
        shortName = route.shortName
        longName = route.longName
        routeType = route.type
        patterns = network.patterns(of: index).map { RouteView.Pattern(network, $0) }
    }

    fileprivate var text: String {
        let names = [shortName, longName].filter { !$0.isEmpty }
        let head = "\(names.joined(separator: "  "))  (route \(routeID))"
        return ([Printable.text(head)] + patterns.map(\.text)).joined(separator: "\n\n")
    }
}

extension RouteView.Pattern {
    init(_ network: Network, _ index: PatternIndex) {
        let pattern = network.patterns[index]
        var shown: [String: Int] = [:]
        var counts = (trips: 0, headway: 0)
        for trip in network.trips(of: index).lazy.map({ network.trips[$0] }) {
            shown[trip.headsign, default: 0] += 1
            counts.trips += 1
            counts.headway += trip.frequencies.isEmpty ? 0 : 1
        }
        directionID = pattern.direction
        headsigns = shown.filter { !$0.key.isEmpty }
            .sorted { (-$0.value, $0.key) < (-$1.value, $1.key) }.map(\.key)
        shapeID = pattern.shape.map { network.shapes[$0].id }
        lengthM = (pattern.distances[pattern.lastPosition] - pattern.distances[0]).inDecimetres
        trips = counts.trips
        headwayTrips = counts.headway
        stops = pattern.stops.indices.map { position in
            let stop = network.stops[pattern.stops[position]]
            return RouteView.Call(
                stopSequence: Int(pattern.sequences[position]), stopID: stop.id, name: stop.name,
                distanceM: pattern.distances[position].inDecimetres)
        }
    }

    fileprivate var text: String {
        var table = TextTable(["SEQ", "METRES", "STOP", "ID"], numbers: [0, 1])
        for stop in stops {
            table.add([
                String(stop.stopSequence), stop.distanceM.metres, stop.name, stop.stopID,
            ])
        }
        return Printable.text(heading) + "\n" + table.text
    }

    private var heading: String {
        let towards = headsigns.isEmpty ? stops.last?.name ?? "" : Wording.some(headsigns, of: 3)
        let runs =
            Wording.count(trips, "trip")
            + (headwayTrips > 0 ? " (\(headwayTrips) by headway)" : "")
        let line = shapeID.map { "shape \($0)" } ?? "straight lines"
        return "To \(towards): direction \(directionID.map(String.init) ?? "-"), \(runs), "
            + "\(Wording.grouped(Int(lengthM.rounded()))) m on \(line)"
    }
}

extension Double {
    /// Metres rounded to a tenth, as far as a stop's place is known.
    var inDecimetres: Double { (self * 10).rounded() / 10 }

    /// Whole metres for people.
    var metres: String { Wording.grouped(Int(rounded())) }
}
