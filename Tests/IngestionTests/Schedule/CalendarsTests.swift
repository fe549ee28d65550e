import Testing
import TransitModel

@testable import Ingestion

@Suite struct CalendarsTests {
    private let header =
        "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date"

    private func service(_ load: NetworkLoad) -> Service { load.network.services.elements[0] }

    private func date(_ text: String) throws -> ServiceDate {
        try #require(ServiceDate(text: text))
    }

    @Test func `weekdays run from Monday to Sunday`() throws {
        let load = try MiniFeed.load([
            "calendar.txt": "\(header)\ndaily,1,0,0,0,0,0,1,20260101,20261231"
        ])
        #expect(service(load).weekdays == 0b100_0001)
        #expect(service(load).isActive(on: try date("20261122")))
        #expect(!service(load).isActive(on: try date("20261124")))
    }

    @Test func `calendar dates alone make a service`() throws {
        let load = try MiniFeed.load([
            "calendar.txt": nil,
            "calendar_dates.txt": "service_id,date,exception_type\ndaily,20261124,1",
        ])
        #expect(load.notices.isEmpty)
        #expect(service(load).isActive(on: try date("20261124")))
        #expect(!service(load).isActive(on: try date("20261125")))
    }

    @Test func `exceptions add and remove days`() throws {
        let load = try MiniFeed.load([
            "calendar.txt": "\(header)\ndaily,1,1,1,1,1,0,0,20260101,20261231",
            "calendar_dates.txt": """
            service_id,date,exception_type
            daily,20261124,2
            daily,20261122,1
            """,
        ])
        #expect(!service(load).isActive(on: try date("20261124")))
        #expect(service(load).isActive(on: try date("20261122")))
    }

    @Test func `rows that cannot be are dropped with their reason`() throws {
        let load = try MiniFeed.load([
            "calendar_dates.txt": """
            service_id,date,exception_type
            daily,20260231,1
            daily,20261122,3
            daily,20261122,1
            daily,20261122,2
            ,20261122,2
            daily,,2
            """
        ])
        #expect(
            load.codes == [
                "invalid_date", "unexpected_enum_value", "duplicate_key", "missing_required_field",
                "missing_required_field",
            ]
        )
        #expect(load.notices.compactMap(\.line) == [2, 3, 5, 6, 7])
    }

    @Test func `a period that ends before it starts holds no day`() throws {
        let load = try MiniFeed.load([
            "calendar.txt": "\(header)\ndaily,1,1,1,1,1,1,1,20261231,20260101"
        ])
        #expect(load.codes == ["start_and_end_range_out_of_order", "no_service_day"])
        #expect(service(load).period == nil)
    }

    @Test func `a service that stands twice is kept once`() throws {
        let row = "daily,1,1,1,1,1,1,1,20260101,20261231"
        let load = try MiniFeed.load(["calendar.txt": "\(header)\n\(row)\n\(row)"])
        #expect(load.codes == ["duplicate_key"])
    }
}
