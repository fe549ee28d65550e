import Testing
import TransitModel

@testable import Evaluation

struct RunRosterTests {
    private let street = Street()

    private func ping(_ trip: String?, at moment: Double) -> Ping {
        Ping(
            vehicleID: "v", timestamp: Timestamp(moment), receivedAt: Timestamp(moment),
            coordinate: street.coordinate(0), tripID: trip)
    }

    @Test func `runs that pings name are in, in order of start`() throws {
        let pings = street.pings(of: 2) + street.pings(of: 0)
        let roster = RunRoster(pings, on: try street.network())
        #expect(roster.runs.map(\.start) == [street.start(0), street.start(2)])
    }

    @Test func `unknown trips and none are on no run`() throws {
        let roster = try street.roster()
        #expect(roster.run(of: ping(nil, at: street.start(0))) == nil)
        #expect(roster.run(of: ping("elsewhere", at: street.start(0))) == nil)
        #expect(roster.run(of: ping("t1", at: street.start(1)))?.start == street.start(1))
    }

    @Test(arguments: [(-39_000.0, 0), (39_000, 0), (86_400, 1), (-86_400, -1)])
    func `a run is of the date whose start lies nearest`(shift: Double, days: Int) throws {
        let ping = ping("t0", at: street.start(0) + shift)
        let roster = RunRoster([ping], on: try street.network())
        #expect(roster.runs.map(\.instance.serviceDate) == [Street.date + days])
    }

    @Test func `runs that start in a span are found`() throws {
        let roster = try street.roster()
        let span = street.start(1)..<street.start(2)
        #expect(roster.runs(startingIn: span).map(\.start) == [street.start(1)])
        #expect(roster.runs(startingIn: 0..<1).isEmpty)
    }

    @Test func `a bus goes on to the next trip of its block that anybody runs`() throws {
        let street = Street(block: "B")
        let roster = RunRoster(
            street.pings(of: 0) + street.pings(of: 2), on: try street.network())
        #expect(roster.follower(of: roster.runs[0]) === roster.runs[1])
        #expect(roster.follower(of: roster.runs[1]) == nil)
        #expect(try self.street.roster().follower(of: self.street.run()) == nil)
    }

    @Test func `the same pair of stops has the same number on every run`() throws {
        let runs = try street.roster().runs
        #expect(runs[0].links == runs[2].links)
        #expect(Set(runs[0].links).count == Street.stopCount - 1)
    }

    @Test func `trips with frequencies name no run`() throws {
        let network = TestStreet.network(stops: 5, spacing: 400)
        #expect(RunRoster([ping("R-0", at: 1_782_000_000)], on: network).runs.isEmpty)
    }
}
