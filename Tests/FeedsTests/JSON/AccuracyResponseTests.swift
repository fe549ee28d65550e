import ETAEngine
import Testing
import TransitModel

@testable import Feeds

struct AccuracyResponseTests {
    private let now = Town.moment("20:00:00")

    private func tally(asked: Int, accurate: Int, error: Double = 0) -> AccuracyTally {
        var tally = AccuracyTally()
        tally.asked = asked
        tally.answered = asked
        tally.accurate = accurate
        tally.absoluteError = abs(error)
        tally.error = error
        tally.misses = [.congestion: asked - accurate]
        return tally
    }

    private func sums(_ rows: [(AccuracyKey, AccuracyTally)]) -> AccuracySums {
        var sums = AccuracySums()
        for (key, tally) in rows { sums.add(tally, to: key) }
        return sums
    }

    private func key(
        _ route: String = "K1", date: ServiceDate? = nil, stop: String? = nil, hour: Int? = nil,
        _ phase: RunPhase = .underWay, _ horizon: Horizon = .upTo6
    ) -> AccuracyKey {
        AccuracyKey(
            date: date, routeID: route, directionID: stop == nil ? nil : 0, stopID: stop,
            hour: hour, phase: phase, horizon: horizon)
    }

    private func answer(_ figures: AccuracyFigures, misses: Int = 10) -> AccuracyResponse {
        AccuracyResponse(
            figures, .init(since: Town.date - 6, misses: misses), in: Town.network, at: now)
    }

    @Test func `shares are of what was asked, errors of what was answered`() {
        var tally = tally(asked: 8, accurate: 5, error: -60)
        tally.answered = 6
        tally.withinInterval = 3
        let score = AccuracyScore(tally)
        #expect(score.accurateShare == 0.625)
        #expect(score.meanErrorS == 10)
        #expect(score.biasS == -10)
        #expect(score.withinIntervalShare == 0.5)
        #expect(score.causes.count == MissCause.allCases.count)
        let none = AccuracyScore(AccuracyTally())
        #expect(none.accurateShare == nil && none.meanErrorS == nil && none.biasS == nil)
    }

    @Test func `groups come in order, each with both phases`() throws {
        let figures = AccuracyFigures(
            byDate: sums([
                (key(date: Town.date), tally(asked: 10, accurate: 8)),
                (key(date: Town.date - 1, .beforeDeparture, .upTo3), tally(asked: 4, accurate: 1)),
                (key("K2", date: Town.date), tally(asked: 6, accurate: 6)),
                (key("gone", date: Town.date), tally(asked: 1, accurate: 1)),
            ]),
            byHour: sums([
                (key(hour: 17), tally(asked: 3, accurate: 3)),
                (key(hour: 6), tally(asked: 3, accurate: 3)),
            ]))
        let answer = answer(figures)
        #expect((answer.total.underWay.asked, answer.total.beforeDeparture.asked) == (17, 4))
        #expect(answer.days.map(\.date) == [(Town.date - 1).text, Town.date.text])
        #expect(answer.routes.map(\.routeID) == ["K2", "K1", "gone"])
        #expect(answer.horizons.map(\.fromMinutes) == [0, 3])
        #expect(answer.horizons.map(\.toMinutes) == [3, 6])
        #expect(answer.hours.map(\.hour) == [6, 17])
        #expect(answer.timeZone == "Asia/Jakarta" && answer.since == (Town.date - 6).text)
        #expect(
            try WireJSON.decode(AccuracyResponse.self, from: WireJSON.encode(answer)) == answer)
    }

    @Test func `the worst stops are those of which enough is known, and have their names`() {
        let figures = AccuracyFigures(
            byStop: sums([
                (key(stop: "S1"), tally(asked: 100, accurate: 90)),
                (key(stop: "S2"), tally(asked: 100, accurate: 40)),
                (key(stop: "S2", .beforeDeparture), tally(asked: 100, accurate: 80)),
                (key(stop: "S3"), tally(asked: 2, accurate: 0)),
                (key(stop: "S4"), tally(asked: 100, accurate: 100)),
                (key(stop: "old"), tally(asked: 100, accurate: 50)),
            ]))
        let stops = answer(figures).worstStops
        #expect(stops.map(\.stopID) == ["old", "S2", "S1", "S3"])
        #expect(stops.map(\.name) == ["old", "Halte 2", "Halte 1", "Halte 3"])
    }

    @Test func `a run is told once for each cause, where it was worst`() throws {
        func miss(_ stop: String, error: Double?, _ cause: MissCause) -> Miss {
            Miss(
                vehicleID: "46", tripID: "T1", serviceDate: Town.date, routeID: "K1",
                directionID: 0, stopID: stop, stopName: stop, arrival: now, phase: .underWay,
                cause: cause,
                answer: error.map {
                    Miss.Answer(
                        madeAt: now - 600, predicted: now - $0, source: .live, fixAge: 7.6)
                }, lastAnswer: nil)
        }
        let figures = AccuracyFigures(misses: [
            miss("S3", error: 700, .congestion), miss("S2", error: 600, .congestion),
            miss("S1", error: nil, .silence),
        ])
        let rows = answer(figures).misses
        #expect(rows.map(\.stopID) == ["S3", "S1"])
        #expect(rows.map(\.stops) == [2, 1])
        #expect(rows.map(\.errorS) == [700, nil])
        #expect(rows.first?.fixAgeS == 8)
        #expect(answer(figures, misses: 1).misses.count == 1)
    }
}
