import TransitModel

/// Departures at stops on service dates.
struct StopView: TimetableView {
    /// One stop on one date.
    struct Board: Encodable {
        let stopID: String
        let name: String
        let date: String
        /// Timetabled trips and exact runs, by time of departure.
        let departures: [Departure]
        /// Trips of which only a headway is promised.
        let headways: [Headway]
        /// Exact runs beyond those that are listed.
        let omittedRuns: Int
    }

    /// Which trip calls, and where on its way.
    struct Call: Encodable {
        let stopID: String
        let stopSequence: Int
        let tripID: String
        let routeID: String
        let route: String
        let headsign: String
        let directionID: Int?
        /// Whether the trip ends here, so that nobody can board.
        let endsHere: Bool
    }

    struct Departure: Encodable {
        let arrivalTime: String
        let departureTime: String
        /// When an exact run leaves its first stop; absent for timetabled trips.
        let startTime: String?
        let call: Call

        enum CodingKeys: CodingKey { case arrivalTime, departureTime, startTime }

        func encode(to encoder: any Encoder) throws {
            try call.encode(to: encoder)
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(arrivalTime, forKey: .arrivalTime)
            try container.encode(departureTime, forKey: .departureTime)
            try container.encodeIfPresent(startTime, forKey: .startTime)
        }
    }

    struct Headway: Encodable {
        /// When the first run passes here.
        let startTime: String
        /// Runs pass here before this time.
        let endTime: String
        let headwayS: Int
        let call: Call

        enum CodingKeys: CodingKey { case startTime, endTime, headwayS }

        func encode(to encoder: any Encoder) throws {
            try call.encode(to: encoder)
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(startTime, forKey: .startTime)
            try container.encode(endTime, forKey: .endTime)
            try container.encode(headwayS, forKey: .headwayS)
        }
    }

    let boards: [Board]

    init(_ network: Network, _ stops: [StopIndex], _ dates: [ServiceDate]) {
        boards = stops.flatMap { stop in dates.map { Board(network, stop, $0) } }
    }

    var text: String { boards.map(\.text).joined(separator: "\n\n") }
}

extension StopView.Board {
    fileprivate var text: String {
        let day = ServiceDate(text: date).map { "\($0.weekdayName) \($0.dashed)" } ?? date
        let head = Printable.text("\(name) (\(stopID)), \(day): \(counts)")
        guard !departures.isEmpty || !headways.isEmpty else { return head }
        var table = TextTable(["TIME", "ROUTE", "TO", "TRIP", ""])
        for headway in headways { table.add([headway.time] + headway.call.cells) }
        for departure in departures {
            table.add([departure.departureTime] + departure.call.cells)
        }
        let more =
            omittedRuns > 0 ? "\n… and \(Wording.count(omittedRuns, "more run", "more runs"))" : ""
        return head + "\n" + table.text + more
    }

    private var counts: String {
        let runs = departures.count + omittedRuns
        let trips =
            headways.isEmpty
            ? nil : Wording.count(headways.count, "trip by headway", "trips by headway")
        let departures = runs == 0 && trips != nil ? nil : Wording.count(runs, "departure")
        return [departures, trips].compactMap(\.self).joined(separator: ", ")
    }
}

extension StopView.Headway {
    fileprivate var time: String {
        "every \(Wording.headway(headwayS)) \(Self.short(startTime))-\(Self.short(endTime))"
    }

    private static func short(_ time: String) -> String {
        ServiceTime(text: time)?.short ?? time
    }
}

extension StopView.Call {
    fileprivate var cells: [String] {
        [route, headsign, tripID, endsHere ? "ends here" : ""]
    }
}
