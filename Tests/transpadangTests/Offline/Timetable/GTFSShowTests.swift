import ArgumentParser
import Testing
import TransitModel

@testable import transpadang

struct GTFSShowTests {
    private func view(_ options: String...) throws -> any TimetableView {
        try GTFSShow.parse(["feed"] + options).view(of: try Village.network())
    }

    private func refusal(_ options: String...) -> String {
        do {
            _ = try GTFSShow.parse(["feed"] + options).view(of: try Village.network())
            return ""
        } catch {
            return String(describing: error)
        }
    }

    @Test func `each option opens its view`() throws {
        #expect(try view() is OverviewView)
        #expect(try view("--route", "r1") is RouteView)
        #expect(try view("--trip", "late") is TripView)
        #expect(try view("--date", "2026-01-07") is DayView)
        let stops = try #require(
            try view("--stop", "mid", "--stop", "end", "--date", "20260107") as? StopView)
        #expect(stops.boards.map(\.stopID) == ["mid", "end"])
        #expect(stops.boards.map(\.date) == ["20260107", "20260107"])
    }

    @Test func `a route is found by its short name as well`() throws {
        let routes = try #require(try view("--route", "2") as? RouteView)
        #expect(routes.routes.map(\.routeID) == ["r2"])
    }

    @Test func `an unknown id is answered with those that are near`() {
        #expect(refusal("--stop", "middle") == #"no stop "middle"; near are mid (Middle)"#)
        #expect(refusal("--route", "r9") == #"no route "r9"; near are r1 (1), r2 (2)"#)
        #expect(refusal("--trip", "lat") == #"no trip "lat"; near are late"#)
        #expect(refusal("--trip", "zeppelin") == #"no trip "zeppelin""#)
    }

    @Test(arguments: ["2026-02-30", "2026-1-7", "tomorrow", "20260107x"])
    func `what is no date is refused`(text: String) {
        #expect(throws: (any Error).self) { try GTFSShow.parse(["feed", "--date", text]) }
    }

    @Test func `questions that do not go together are refused`() {
        #expect(throws: (any Error).self) {
            try GTFSShow.parse(["feed", "--route", "r1", "--trip", "late"])
        }
        #expect(throws: (any Error).self) {
            try GTFSShow.parse(["feed", "--route", "r1", "--date", "20260107"])
        }
    }
}
