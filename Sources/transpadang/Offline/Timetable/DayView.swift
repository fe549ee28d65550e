import TransitModel

/// The services that run on service dates, and how many trips they have.
struct DayView: TimetableView {
    struct Day: Encodable {
        let date: String
        let trips: Int
        let headwayTrips: Int
        let services: [Running]
    }

    struct Running: Encodable {
        let serviceID: String
        /// As in `Mon-Fri`; `-` when only exceptions give days.
        let weekdays: String
        let trips: Int
        let headwayTrips: Int
    }

    let days: [Day]

    init(_ network: Network, _ dates: [ServiceDate]) {
        let tallies = ServiceCalendar.tallies(network)
        days = dates.map { date in
            let running = network.services.indices.filter {
                network.services[$0].isActive(on: date)
            }.map {
                Running(
                    serviceID: network.services[$0].id,
                    weekdays: network.services[$0].weekdayText,
                    trips: tallies[$0.position].trips,
                    headwayTrips: tallies[$0.position].headwayTrips)
            }
            return Day(date, running)
        }
    }

    var text: String { days.map(\.text).joined(separator: "\n\n") }
}

extension DayView.Day {
    init(_ date: ServiceDate, _ running: [DayView.Running]) {
        self.date = date.text
        services = running.sorted { $0.serviceID < $1.serviceID }
        trips = running.reduce(0) { $0 + $1.trips }
        headwayTrips = running.reduce(0) { $0 + $1.headwayTrips }
    }

    fileprivate var text: String {
        let day = ServiceDate(text: date).map { "\($0.weekdayName) \($0.dashed)" } ?? date
        let byHeadway = headwayTrips > 0 ? ", \(Wording.grouped(headwayTrips)) by headway" : ""
        let head =
            "\(day): \(Wording.count(services.count, "service")), "
            + Wording.count(trips, "trip") + byHeadway
        guard !services.isEmpty else { return head }
        var table = TextTable(["SERVICE", "WEEKDAYS", "TRIPS"], numbers: [2])
        for service in services {
            table.add([service.serviceID, service.weekdays, Wording.grouped(service.trips)])
        }
        return head + "\n" + table.text
    }
}
