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
                #expect(one.firstDate(sharedWith: other) == shared, "seed \(seed)")
            }
            let last = (0..<60).map { day + $0 }.last { one.isActive(on: $0) }
            #expect(one.lastDate == last, "seed \(seed)")
        }
    }
}
