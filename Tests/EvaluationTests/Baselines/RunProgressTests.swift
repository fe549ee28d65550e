import Geometry
import Testing
import TransitModel

@testable import Evaluation

struct RunProgressTests {
    private let street = Street(tripCount: 1)

    private func point(_ position: Double, east: Double = 0) throws -> PlanePoint {
        let point = try street.network().plane.point(street.coordinate(position))
        return PlanePoint(x: point.x + east, y: point.y)
    }

    /// Metres along the line at so many stops.
    private func metres(_ position: Double) throws -> Double {
        try street.run().distances[1] * position
    }

    @Test func `the links gone through are timed, the first one not`() throws {
        var progress = RunProgress(try street.run())
        #expect(try progress.advance(to: point(0.5), at: 0) == [])
        #expect(try progress.advance(to: point(1.5), at: 100) == [])
        let traversals = try #require(try progress.advance(to: point(3.5), at: 300))
        // Stop 1 was passed at 50 s, stops 2 and 3 at 150 and 250 s.
        #expect(traversals.map { $0.seconds.rounded() } == [100, 100])
        #expect(traversals.map { $0.end.rounded() } == [150, 250])
        #expect(traversals.map(\.link) == [1, 2])
        #expect(traversals.allSatisfy { $0.serviceDate == Street.date })
    }

    @Test func `stops passed in a long silence are not timed`() throws {
        var progress = RunProgress(try street.run())
        _ = try progress.advance(to: point(1.5), at: 0)
        #expect(try progress.advance(to: point(4.5), at: 301) == [])
        #expect(try progress.advance(to: point(5.5), at: 400) == [])
        #expect(try progress.advance(to: point(6.5), at: 500)?.count == 1)
    }

    @Test func `a bus does not go back`() throws {
        var progress = RunProgress(try street.run())
        _ = try progress.advance(to: point(5), at: 0)
        #expect(try progress.advance(to: point(4.8), at: 30) == [])
        #expect(abs(try #require(progress.distance) - (try metres(5))) < 1)
    }

    @Test func `a fix that lies off the line is nowhere and changes nothing`() throws {
        var progress = RunProgress(try street.run())
        _ = try progress.advance(to: point(5), at: 0)
        #expect(try progress.advance(to: point(6, east: 130), at: 60) == nil)
        #expect(abs(try #require(progress.distance) - (try metres(5))) < 1)
        #expect(try progress.advance(to: point(6, east: 110), at: 90) != nil)
    }

    @Test func `a leap is disbelieved three times and taken for a new start after the fourth`()
        throws
    {
        var progress = RunProgress(try street.run())
        _ = try progress.advance(to: point(2), at: 0)
        for moment in [10.0, 20, 30, 40] {
            #expect(try progress.advance(to: point(20), at: moment) == nil)
        }
        #expect(progress.distance == nil)
        #expect(try progress.advance(to: point(20), at: 50) == [])
        #expect(abs(try #require(progress.distance) - (try metres(20))) < 1)
    }

    @Test func `where the line comes by twice, the timetable tells the first place`() throws {
        let line = try #require(
            Polyline([
                PlanePoint(x: 0, y: 0), PlanePoint(x: 1000, y: 0), PlanePoint(x: 0, y: 0),
            ]))
        var pattern = try street.network().patterns.elements[0]
        pattern.line = line
        pattern.stops = [StopIndex(0), StopIndex(1), StopIndex(2)]
        pattern.sequences = [1, 2, 3]
        pattern.distances = [0, 1000, 2000]
        let run = ScheduledRun(pattern: pattern, arrivals: [0, 100, 200])
        for (moment, place) in [(30.0, 300.0), (170, 1700)] {
            var progress = RunProgress(run)
            #expect(progress.advance(to: PlanePoint(x: 300, y: 5), at: moment) == [])
            #expect(abs(try #require(progress.distance) - place) < 1)
        }
    }
}

extension ScheduledRun {
    /// A run of a pattern that arrives and leaves at the same unix seconds.
    convenience init(pattern: TripPattern, arrivals: [Double]) {
        self.init(
            TripInstance(trip: TripIndex(0), serviceDate: Street.date), PatternIndex(0), pattern,
            links: Array(0..<arrivals.count - 1), arrivals: arrivals, departures: arrivals)
    }
}
