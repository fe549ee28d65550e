import TransitModel

/// One trip: when it runs, and when it calls where.
struct TripView: TimetableView {
    struct Journey: Encodable {
        let tripID: String
        let routeID: String
        let route: String
        let headsign: String
        let directionID: Int?
        let blockID: String?
        let shapeID: String?
        let service: ServiceDays
        let frequencies: [Headway]
        let stopTimes: [Call]
    }

    struct ServiceDays: Encodable {
        let serviceID: String
        /// As in `Mon-Fri`; `-` when only exceptions give days.
        let weekdays: String
        let firstDay: String?
        let lastDay: String?
        let added: [String]
        let removed: [String]
    }

    struct Headway: Encodable {
        let startTime: String
        let endTime: String
        let headwayS: Int
        let exactTimes: Bool
    }

    struct Call: Encodable {
        let stopSequence: Int
        let stopID: String
        let name: String
        let arrivalTime: String
        let departureTime: String
        /// Metres along the line from its start.
        let distanceM: Double
    }

    let trips: [Journey]

    init(_ network: Network, _ trip: TripIndex) { trips = [Journey(network, trip)] }

    var text: String { trips.map(\.text).joined(separator: "\n\n") }
}

extension TripView.Journey {
    init(_ network: Network, _ index: TripIndex) {
        let trip = network.trips[index]
        let pattern = network.patterns[trip.pattern]
        tripID = trip.id
        routeID = network.routes[pattern.route].id
        route = network.routes[pattern.route].name
        headsign = trip.headsign
        directionID = pattern.direction
        blockID = trip.block
        shapeID = pattern.shape.map { network.shapes[$0].id }
        service = TripView.ServiceDays(network.services[trip.service])
        frequencies = trip.frequencies.map(TripView.Headway.init)
        stopTimes = pattern.stops.indices.map { position in
            let stop = network.stops[pattern.stops[position]]
            let time = network.stopTime(of: index, at: position)
            return TripView.Call(
                stopSequence: Int(pattern.sequences[position]), stopID: stop.id, name: stop.name,
                arrivalTime: time.arrival.text, departureTime: time.departure.text,
                distanceM: pattern.distances[position].inDecimetres)
        }
    }

    fileprivate var text: String {
        var lines = [
            "Trip \(tripID) of route \(route) (\(routeID)) to "
                + (headsign.isEmpty ? stopTimes.last?.name ?? "" : headsign),
            "Direction \(directionID.map(String.init) ?? "-"), block \(blockID ?? "-"), "
                + (shapeID.map { "shape \($0)" } ?? "straight lines"), service.text,
        ]
        lines += frequencies.map(\.text)
        if !frequencies.isEmpty { lines.append("Times below are those of the first run.") }
        return lines.map(Printable.text).joined(separator: "\n") + "\n\n" + table.text
    }

    private var table: TextTable {
        var table = TextTable(
            ["SEQ", "ARRIVAL", "DEPARTURE", "METRES", "STOP", "ID"], numbers: [0, 3])
        for call in stopTimes {
            table.add([
                String(call.stopSequence), call.arrivalTime, call.departureTime,
                call.distanceM.metres, call.name, call.stopID,
            ])
        }
        return table
    }
}

extension TripView.ServiceDays {
    init(_ service: Service) {
        serviceID = service.id
        weekdays = service.weekdayText
        firstDay = service.firstDay?.text
        lastDay = service.lastDay?.text
        added = service.added.sorted().map(\.text)
        removed = service.removed.sorted().map(\.text)
    }

    fileprivate var text: String {
        guard let first = Self.dashed(firstDay), let last = Self.dashed(lastDay) else {
            return "Service \(serviceID) never runs."
        }
        let days = weekdays == "-" ? "on single days" : weekdays
        let exceptions = [(added, "also on"), (removed, "not on")]
            .filter { !$0.0.isEmpty }
            .map { dates, word in
                "; \(word) " + Wording.some(dates.compactMap(Self.dashed), of: 5)
            }
        return "Service \(serviceID): \(days), \(first) to \(last)" + exceptions.joined()
    }

    private static func dashed(_ date: String?) -> String? {
        date.flatMap { ServiceDate(text: $0)?.dashed }
    }
}

extension TripView.Headway {
    init(_ frequency: Frequency) {
        startTime = frequency.start.text
        endTime = frequency.end.text
        headwayS = frequency.headway
        exactTimes = frequency.isExact
    }

    fileprivate var text: String {
        "\(exactTimes ? "Exactly every" : "Every") \(Wording.headway(headwayS)) "
            + "\(startTime)-\(endTime)"
    }
}
