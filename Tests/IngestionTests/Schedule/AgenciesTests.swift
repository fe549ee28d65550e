import Testing
import TransitModel

@testable import Ingestion

@Suite struct AgenciesTests {
    @Test func `the first agency's zone rules`() throws {
        let load = try MiniFeed.load([
            "agency.txt": """
            agency_id,agency_name,agency_url,agency_timezone
            a,A,u,Asia/Jakarta
            b,B,u,Asia/Jayapura
            """
        ])
        #expect(load.network.serviceDay.timeZoneName == "Asia/Jakarta")
        #expect(load.codes == ["inconsistent_agency_timezone"])
        #expect(load.network.agencies.count == 2)
    }

    @Test func `an unknown zone refuses the feed, with its line`() {
        let error = MiniFeed.refusal(["agency.txt": "agency_timezone\nAsia/Padang"])
        #expect(error?.notices.last?.code == "invalid_timezone")
        #expect(
            error?.description.hasPrefix("feed: agency.txt:2 agency_timezone \"Asia/Padang\":")
                == true
        )
    }

    @Test func `an agency file without rows refuses the feed`() {
        let error = MiniFeed.refusal(["agency.txt": "agency_name,agency_url,agency_timezone"])
        #expect(error?.notices.map(\.code) == ["no_usable_agency"])
    }

    @Test func `an agency without a zone is dropped`() throws {
        let load = try MiniFeed.load([
            "agency.txt":
                "agency_id,agency_name,agency_url,agency_timezone\nx,X,u,\na,A,u,Asia/Jakarta"
        ])
        #expect(load.network.agencies.elements.map(\.id) == ["a"])
        #expect(load.codes == ["missing_required_field"])
    }

    @Test func `a feed of one agency needs no agency id`() throws {
        let load = try MiniFeed.load([
            "agency.txt": "agency_name,agency_url,agency_timezone,agency_lang\nA,u,Asia/Jakarta,id",
            "routes.txt": "route_id,route_short_name,route_type\nr,K1,3",
        ])
        #expect(load.notices.isEmpty)
        #expect(load.network.routes.elements[0].agency == AgencyIndex(0))
        #expect(load.network.agencies.elements[0].language == "id")
    }

    @Test func `an agency that stands twice is kept once`() throws {
        let load = try MiniFeed.load([
            "agency.txt": """
            agency_id,agency_name,agency_url,agency_timezone
            a,A,u,Asia/Jakarta
            a,A,u,Asia/Jakarta
            """
        ])
        #expect(load.codes == ["duplicate_key"])
    }
}
