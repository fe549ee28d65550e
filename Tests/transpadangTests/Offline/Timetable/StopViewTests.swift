import Foundation
import Testing
import TransitModel

@testable import transpadang

struct StopViewTests {
    private func view(_ stop: String, on day: Int, _ changes: [String: String] = [:]) throws
        -> StopView
    {
        let network = try Village.network(changes)
        return StopView(
            network, [try #require(network.stop(id: stop))], [try Village.january(day)])
    }

    @Test func `a board lists headways as such, then departures of the service day`() throws {
        #expect(
            try view("mid", on: 7).text == """
                Middle (mid), Wednesday 2026-01-07: 2 departures, 1 trip by headway
                TIME                      ROUTE  TO   TRIP
                every 10 min 06:10-18:10  2      Hub  loose
                06:11:00                  1      End  early
                24:01:30                  1      End  late
                """)
    }

    @Test func `a trip that ends here is marked`() throws {
        let departures = try view("end", on: 7).boards.flatMap(\.departures)
        #expect(departures.map(\.call.endsHere) == [true, true])
        #expect(try view("end", on: 7).text.contains("early  ends here"))
    }

    @Test func `exact runs are departures, each with its start`() throws {
        let board = try #require(try view("mid", on: 10).boards.first)
        #expect(board.headways.isEmpty)
        #expect(board.departures.map(\.departureTime) == ["07:10:00", "07:25:00"])
        #expect(board.departures.map(\.startTime) == ["07:00:00", "07:15:00"])
    }

    @Test func `exact runs beyond the limit are counted`() throws {
        let frequencies = """
            trip_id,start_time,end_time,headway_secs,exact_times
            exact,00:00:00,30:00:00,1,1
            """
        let view = try view("mid", on: 10, ["frequencies.txt": frequencies])
        let board = try #require(view.boards.first)
        #expect(board.departures.count == 2_000)
        #expect(board.omittedRuns == 106_000)
        #expect(view.text.hasSuffix("… and 106,000 more runs"))
    }

    @Test func `a station shows the departures of its platforms`() throws {
        let board = try #require(try view("hub", on: 7).boards.first)
        #expect(board.departures.map(\.call.stopID) == ["h1", "h1"])
        #expect(board.headways.map(\.call.stopID) == ["h2"])
    }

    @Test func `a station at which trips call in spite of the rules shows them`() throws {
        let stops = try #require(Village.files["stops.txt"])
            .replacing("mid,Middle,0,100.010,0,", with: "mid,Middle,0,100.010,1,")
        let board = try #require(try view("mid", on: 7, ["stops.txt": stops]).boards.first)
        #expect(board.departures.map(\.call.tripID) == ["early", "late"])
    }

    @Test func `a day without service has an empty board`() throws {
        #expect(
            try view("mid", on: 11).text == "Middle (mid), Sunday 2026-01-11: 0 departures")
    }

    @Test func `JSON keeps a headway whole and a call flat`() throws {
        let json = try view("mid", on: 7).timetableJSON()
        let object = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
        let board = try #require((object?["boards"] as? [[String: Any]])?.first)
        let headway = try #require((board["headways"] as? [[String: Any]])?.first)
        #expect(headway["headway_s"] as? Int == 600)
        #expect(headway["start_time"] as? String == "06:10:00")
        #expect(headway["trip_id"] as? String == "loose")
        let departure = try #require((board["departures"] as? [[String: Any]])?.last)
        #expect(
            Set(departure.keys) == [
                "arrival_time", "departure_time", "direction_id", "ends_here", "headsign", "route",
                "route_id", "stop_id", "stop_sequence", "trip_id",
            ])
        #expect(departure["arrival_time"] as? String == "24:00:00")
    }
}
