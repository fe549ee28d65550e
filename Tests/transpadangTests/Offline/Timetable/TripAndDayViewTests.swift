import Testing
import TransitModel

@testable import transpadang

struct TripAndDayViewTests {
    private func trip(_ id: String) throws -> TripView {
        let network = try Village.network()
        return TripView(network, try #require(network.trip(id: id)))
    }

    @Test func `a trip shows its days, block and times`() throws {
        #expect(
            try trip("late").text == """
                Trip late of route 1 (r1) to End
                Direction 0, block b, shape line
                Service week: Mon-Fri, 2026-01-06 to 2026-01-31; also on 2026-01-31; not on 2026-01-05

                SEQ  ARRIVAL   DEPARTURE  METRES  STOP            ID
                  1  23:50:00  23:50:00        0  Hub Platform 1  h1
                  5  24:00:00  24:01:30    1,112  Middle          mid
                  9  24:10:00  24:10:00    2,224  End             end
                """)
    }

    @Test func `a trip with headways shows them`() throws {
        #expect(try trip("loose").text.contains("Every 10 min 06:00:00-18:00:00\nTimes below"))
        let exact = try trip("exact")
        #expect(exact.text.contains("Exactly every 15 min 07:00:00-07:30:00"))
        #expect(exact.text.contains("Service fair: on single days, 2026-01-10 to 2026-01-10"))
        #expect(exact.trips.first?.frequencies.map(\.headwayS) == [900])
    }

    @Test func `a day shows its services and their trips`() throws {
        let view = DayView(
            try Village.network(), [try Village.january(7), try Village.january(11)])
        #expect(
            view.text == """
                Wednesday 2026-01-07: 1 service, 3 trips, 1 by headway
                SERVICE  WEEKDAYS  TRIPS
                week     Mon-Fri       3

                Sunday 2026-01-11: 0 services, 0 trips
                """)
    }

    @Test func `the overview lists the routes`() throws {
        let view = OverviewView(try Village.network(), today: try Village.january(7))
        #expect(
            view.text.hasSuffix(
                """
                ROUTE  NAME       PATTERNS  TRIPS  STOPS  ID
                1      Hub - End         1      2      3  r1
                2                        1      2      3  r2
                """))
    }
}
