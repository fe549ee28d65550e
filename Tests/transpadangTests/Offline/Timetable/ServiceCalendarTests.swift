import Ingestion
import Testing
import TransitModel

@testable import transpadang

struct ServiceCalendarTests {
    @Test func `first and last day are those on which a trip runs`() throws {
        let calendar = ServiceCalendar(try Village.network())
        #expect(calendar.firstDay?.dashed == "2026-01-06")
        #expect(calendar.lastDay?.dashed == "2026-01-31")
    }

    @Test func `a service without trips gives no day`() throws {
        let services = """
            service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date
            week,1,1,1,1,1,0,0,20260105,20260130
            idle,1,1,1,1,1,1,1,20200101,20301231
            """
        let calendar = ServiceCalendar(try Village.network(["calendar.txt": services]))
        #expect(calendar.firstDay?.dashed == "2026-01-06")
        #expect(calendar.tally(on: try Village.january(7)).trips == 3)
    }

    @Test func `trips of a day are those of its services`() throws {
        let calendar = ServiceCalendar(try Village.network())
        #expect(
            try [5, 6, 10, 11].map { calendar.tally(on: try Village.january($0)).trips } == [
                0, 3, 1, 0,
            ])
    }

    @Test func `days without service are listed in order`() throws {
        let days = ServiceCalendar(try Village.network())
            .emptyDays(from: try Village.january(9), days: 4)
        #expect(days.map(\.dashed) == ["2026-01-11"])
    }

    @Test(
        arguments: [
            (0b001_1111, "Mon-Fri"), (0b110_0000, "Sat Sun"), (0b111_1111, "daily"), (0, "-"),
            (0b000_0101, "Mon Wed"), (0b100_0111, "Mon Tue Wed Sun"), (0b011_1000, "Thu-Sat"),
        ] as [(UInt8, String)])
    func `weekdays are named shortly`(bits: UInt8, text: String) {
        #expect(Service(id: "s", weekdays: bits).weekdayText == text)
    }

    @Test func `a period whose days are all removed has no day`() throws {
        let days = try (5...11).map { try Village.january($0) }
        let service = Service(
            id: "s", weekdays: 0b111_1111, period: days[0]...days[6], removed: Set(days))
        #expect(service.firstDay == nil)
        #expect(service.lastDay == nil)
    }
}
