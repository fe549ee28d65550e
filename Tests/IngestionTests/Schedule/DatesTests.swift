import Testing
import TransitModel

@testable import Ingestion

@Suite struct DatesTests {
    @Test(arguments: [
        "20260601,2", "20260601,2\nother,20260601,1",
    ])
    func `a feed from which nothing ever runs is told`(dates: String) throws {
        let load = try MiniFeed.load([
            "calendar.txt": nil,
            "calendar_dates.txt": "service_id,date,exception_type\ndaily,\(dates)",
        ])
        #expect(load.codes == ["no_service_day"])
        #expect(load.notices[0].severity == .warning)
    }

    private func codes(on day: String, _ changes: [String: String] = [:]) throws -> [String] {
        try ScheduleLoader.load(
            files: MiniFeed.files.merging(changes) { $1 },
            asOf: ServiceDate(text: day).map { .date($0) }
        ).codes
    }

    @Test func `a timetable in force has nothing to tell`() throws {
        #expect(try codes(on: "20260601").isEmpty)
    }

    @Test func `without a day nothing has run out`() throws {
        let load = try MiniFeed.load([
            "feed_info.txt": """
            feed_publisher_name,feed_publisher_url,feed_lang,feed_end_date
            P,u,id,20200101
            """
        ])
        #expect(load.notices.isEmpty)
    }

    @Test func `a calendar that is over is told`() throws {
        #expect(
            try codes(on: "20270101")
                == ["expired_calendar", "trip_coverage_not_active_for_next7_days"])
    }

    @Test(arguments: [
        ("20261225", ["trip_coverage_not_active_for_next7_days"]), ("20261224", []),
        ("20251231", ["trip_coverage_not_active_for_next7_days"]), ("20260101", []),
    ])
    func `trips must cover the next seven days`(day: String, codes: [String]) throws {
        #expect(try self.codes(on: day) == codes)
    }

    @Test func `nothing is said of days when calendars were lost`() throws {
        let calendar = (MiniFeed.files["calendar.txt"] ?? "") + "\nodd,1,1,1,1,1,1,1,soon,20261231"
        #expect(try codes(on: "20280101", ["calendar.txt": calendar]) == ["invalid_date"])
    }

    @Test func `dates alone run out together`() throws {
        let load = try ScheduleLoader.load(
            files: MiniFeed.files.merging([
                "calendar.txt": """
                service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,\
                end_date
                """,
                "calendar_dates.txt": """
                service_id,date,exception_type
                daily,20260301,1
                other,20260302,1
                """,
            ]) { $1 }, asOf: ServiceDate(text: "20260303").map { .date($0) })
        let expired = load.notices.filter { $0.code == "expired_calendar" }
        #expect(expired.map(\.file) == ["calendar_dates.txt"])
        #expect(expired.map(\.line) == [2])
    }

    @Test(arguments: [
        ("20260524", ["feed_expiration_date7_days"]), ("20260523", ["feed_expiration_date30_days"]),
        ("20260501", ["feed_expiration_date30_days"]), ("20260430", []),
    ])
    func `a feed that ends soon is told`(day: String, codes: [String]) throws {
        let info = """
            feed_publisher_name,feed_publisher_url,feed_lang,feed_end_date
            P,u,id,20260531
            """
        #expect(try self.codes(on: day, ["feed_info.txt": info]) == codes)
    }

    @Test func `dates of the feed must be dates in order`() throws {
        let info = """
            feed_publisher_name,feed_publisher_url,feed_lang,feed_start_date,feed_end_date
            P,u,id,20260601,20260531
            P,u,,soon,20260531
            """
        #expect(
            try codes(on: "20260101", ["feed_info.txt": info])
                == ["start_and_end_range_out_of_order", "missing_required_field", "invalid_date"])
    }

    @Test func `a service without weekdays is told`() throws {
        let calendar =
            (MiniFeed.files["calendar.txt"] ?? "") + """
                \nrare,0,0,0,0,0,0,0,20260101,20261231
                odd,1,,1,1,1,1,1,20260101,20261231
                """
        #expect(
            try codes(on: "20260601", ["calendar.txt": calendar])
                == ["service_has_no_active_day_of_the_week", "missing_required_field"])
    }
}
