import Testing

@testable import Feeds

struct RunIdentityTests {
    @Test func `a headway run is named by trip, date and when it started`() {
        let run = RunIdentity(Town.run("H", start: "07:52:13"), in: Town.network)
        #expect(run.entityID == "trip:H:20261121:07:52:13")
        #expect(run.startTime == "07:52:13")
        #expect(run.isHeadwayOnly)
    }

    @Test func `a timetabled run is named by trip and date and starts when the timetable says`() {
        let run = RunIdentity(Town.run("T2"), in: Town.network)
        #expect(run.entityID == "trip:T2:20261121")
        #expect(run.startTime == "08:30:00")
        #expect(run.routeID == "K2")
        #expect(run.directionID == 1)
        #expect(!run.isHeadwayOnly)
    }

    @Test func `runs of a trip with exact headways have a timetable and a start in their name`() {
        let run = RunIdentity(Town.run("X", start: "06:10:00"), in: Town.network)
        #expect(run.entityID == "trip:X:20261121:06:10:00")
        #expect(!run.isHeadwayOnly)
    }

    @Test func `a start before ten has two digits and one after midnight passes 24`() {
        #expect(
            RunIdentity(Town.run("H", start: "6:01:00"), in: Town.network).startTime == "06:01:00")
        #expect(
            RunIdentity(Town.run("H", start: "25:10:00"), in: Town.network).startTime == "25:10:00")
    }
}
