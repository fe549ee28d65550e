import Testing
import TransitModel

@testable import Ingestion

@Suite struct BlockOverlapsTests {
    private static let calendar = """
        service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date
        week,1,1,1,1,1,0,0,20260105,20261231
        sunday,0,0,0,0,0,0,1,20260105,20261231
        never,0,0,0,0,0,0,0,20260105,20261231
        """

    /// Trips of block `b` from rows of service, start and end.
    private func load(
        _ trips: (service: String, start: String, end: String)..., dates: String = ""
    ) throws -> NetworkLoad {
        var rows = ["route_id,service_id,trip_id,block_id"]
        var times = ["trip_id,arrival_time,departure_time,stop_id,stop_sequence"]
        for (number, trip) in trips.enumerated() {
            rows.append("r,\(trip.service),t\(number),b")
            times.append("t\(number),\(trip.start),\(trip.start),s1,1")
            times.append("t\(number),\(trip.end),\(trip.end),s2,2")
        }
        return try MiniFeed.load([
            "calendar.txt": Self.calendar,
            "calendar_dates.txt": "service_id,date,exception_type\n" + dates,
            "trips.txt": rows.joined(separator: "\n"),
            "stop_times.txt": times.joined(separator: "\n"),
        ])
    }

    private func overlaps(_ load: NetworkLoad) -> [Notice] {
        load.notices.filter { $0.code == "block_trips_with_overlapping_stop_times" }
    }

    @Test func `trips of a block that overlap are told, with the later one's line`() throws {
        let found = overlaps(
            try load(("week", "09:00:00", "10:00:00"), ("week", "08:00:00", "09:30:00")))
        #expect(found.map(\.line) == [2])
        #expect(found.map(\.value) == ["b"])
        #expect(found.first?.message.contains("20260105") == true)
    }

    @Test func `a trip may begin when the one before ends`() throws {
        let load = try load(("week", "08:00:00", "09:00:00"), ("week", "09:00:00", "10:00:00"))
        #expect(overlaps(load).isEmpty)
    }

    @Test func `each pair of three is told`() throws {
        let load = try load(
            ("week", "08:00:00", "10:00:00"), ("week", "08:30:00", "09:40:00"),
            ("week", "09:00:00", "10:30:00"))
        #expect(overlaps(load).map(\.line) == [3, 4, 4])
    }

    @Test func `on different days trips do not overlap`() throws {
        let apart = try load(
            ("week", "08:00:00", "10:00:00"), ("sunday", "08:00:00", "10:00:00"))
        #expect(overlaps(apart).isEmpty)
        let together = try load(
            ("week", "08:00:00", "10:00:00"), ("sunday", "08:00:00", "10:00:00"),
            dates: "week,20260111,1")
        #expect(overlaps(together).first?.message.contains("20260111") == true)
    }

    @Test func `a service without a day overlaps nothing`() throws {
        let load = try load(("never", "08:00:00", "10:00:00"), ("never", "08:00:00", "10:00:00"))
        #expect(overlaps(load).isEmpty)
    }

    private func service(_ id: String, days: Int, isRegular: Bool) -> Service {
        let day = ServiceDate(dayNumber: 20_000)
        return Service(
            id: id, weekdays: isRegular ? 0x7F : 0, period: isRegular ? day - 9...day - 2 : nil,
            added: Set((0..<days).map { day + $0 }))
    }

    @Test func `of two services the shorter list of dates is gone through`() {
        let long = service("long", days: 100_000, isRegular: false)
        let short = service("short", days: 2, isRegular: false)
        for (one, other) in [(long, short), (short, long)] {
            var looked = 0
            #expect(one.firstDate(sharedWith: other, looked: &looked)?.dayNumber == 20_000)
            #expect(looked < 10)
        }
    }

    @Test func `dates are gone through until the work is too much`() throws {
        let load = try load(("week", "08:00:00", "09:00:00"))
        var trips = TripRows()
        var services = Table<Service>()
        var runs: [BlockRun] = []
        for number in 0..<100 {
            services.elements.append(service("\(number)", days: 100_000, isRegular: true))
            trips.rows.append(
                TripRow(
                    route: RouteIndex(0), service: ServiceIndex(number), shape: -1, direction: -1,
                    isKept: true, headsign: 0, block: 0, line: 0))
            let cell = Array("\(number)".utf8)
            _ = trips.ids.insert(Cell(start: 0, end: cell.count), in: cell)
            func row(_ hour: Int) -> StopTimeRow {
                let time = StopTimeRow.Given(ServiceTime(hour * 3600))
                return StopTimeRow(
                    trip: number, stop: 0, sequence: hour, line: 0, arrival: time, departure: time)
            }
            runs += BlockRun(number, from: row(8), to: row(9 + number % 2)).map { [$0] } ?? []
        }
        #expect(load.network.trips.count == 1)
        var overlaps = BlockOverlaps(trips, services, log: NoticeLog())
        overlaps.check(runs)
        #expect(overlaps.dateCount >= BlockOverlaps.dateLimit)
        #expect(overlaps.dateCount < BlockOverlaps.dateLimit + 300_000)
    }

    @Test(arguments: 0..<100)
    func `it agrees with looking at every pair on every day`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let day = ServiceDate(dayNumber: 20_000)
        let services = (0..<4).map { number in
            let start = Int.random(in: 0..<20, using: &generator)
            func some() -> Set<ServiceDate> {
                Set((0..<3).map { _ in day + Int.random(in: 0..<40, using: &generator) })
            }
            return Service(
                id: "\(number)", weekdays: UInt8.random(in: 0..<128, using: &generator) & 0x15,
                period: day + start...day + start + Int.random(in: 0..<15, using: &generator),
                added: some(), removed: some())
        }
        for one in services {
            for other in services {
                let shared = (0..<60).map { day + $0 }
                    .first { one.isActive(on: $0) && other.isActive(on: $0) }
                var looked = 0
                let found = one.firstDate(sharedWith: other, looked: &looked)
                #expect(found == shared, "seed \(seed)")
            }
            let last = (0..<60).map { day + $0 }.last { one.isActive(on: $0) }
            #expect(one.lastDate == last, "seed \(seed)")
        }
    }
}
