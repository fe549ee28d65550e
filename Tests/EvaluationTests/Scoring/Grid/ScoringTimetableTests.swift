import Testing

@testable import Evaluation

struct ScoringTimetableTests {
    @Test func `a known trip has a start, times and stops`() throws {
        var ids = IDTable()
        let timetable = ScoringTimetable(try Street().network(), ids: &ids)
        let trip = ids.number(of: "t1")
        let first = try #require(timetable.firstStop(of: trip))
        let firstStop = ids.number(of: "s0")
        #expect(first.sequence == 1 && first.stop == firstStop)
        #expect(first.scheduled == 25_200)
        #expect(timetable.scheduled(trip, sequence: 3) == 25_200 + 2 * Street.link)
        #expect(timetable.scheduled(trip, sequence: 99) == nil)
        #expect(timetable.stops(of: trip).count == Street.stopCount)
        #expect(timetable.service(of: trip)?.route == ids.number(of: "R"))
    }

    @Test func `an unknown trip has nothing`() throws {
        var ids = IDTable()
        let timetable = ScoringTimetable(try Street().network(), ids: &ids)
        let trip = ids.number(of: "nowhere")
        #expect(timetable.firstStop(of: trip) == nil)
        #expect(timetable.scheduled(trip, sequence: 1) == nil)
        #expect(timetable.stops(of: trip).isEmpty)
        #expect(timetable.service(of: trip) == nil)
    }
}
