import ETAEngine
import Feeds
import Testing
import TransitModel

@testable import transpadang

struct AccuracyTextTests {
    @Test func `before anything is graded the page says so`() throws {
        let text = AccuracyText.page(try answer(AccuracyFigures()))
        #expect(text.contains("since 2026-11-17"))
        #expect(text.split(separator: "\n").count == 1)
    }

    @Test func `the page tells how well, where, when and why`() throws {
        let lines = AccuracyText.page(try answer(figures())).split(separator: "\n").map(String.init)
        #expect(lines.contains { $0.hasPrefix("3-6 ") && $0.contains("75.0 %") })
        #expect(lines.contains { $0.hasPrefix("K1 ") })
        #expect(lines.contains { $0.hasPrefix("07 ") })
        #expect(lines.contains { $0.hasPrefix("2026-11-23 ") })
        #expect(lines.contains { $0.hasPrefix("congestion ") && $0.contains(" 25") })
        #expect(lines.contains { $0.hasPrefix("Pasar Raya ") || $0.hasPrefix("a ") })
        let miss = try #require(lines.first { $0.contains(" TP-9 ") })
        #expect(miss.contains("07:20") && miss.contains("07:25") && miss.contains("07:30"))
        #expect(miss.contains("5.0 min"))
    }

    private var day: ServiceDate { ServiceDate(dayNumber: 20_780) }

    private func figures() throws -> AccuracyFigures {
        var tally = AccuracyTally()
        tally.asked = 100
        tally.answered = 100
        tally.accurate = 75
        tally.misses = [.congestion: 25]
        func sums(date: ServiceDate? = nil, stop: String? = nil, hour: Int? = nil) -> AccuracySums {
            var sums = AccuracySums()
            sums.add(
                tally,
                to: AccuracyKey(
                    date: date, routeID: "K1", stopID: stop, hour: hour, phase: .underWay,
                    horizon: .upTo6))
            return sums
        }
        let half = try network().serviceDay.moment(ServiceTime(7 * 3600 + 1800), on: day)
        let miss = Miss(
            vehicleID: "TP-9", tripID: "T", serviceDate: day, routeID: "K1", directionID: 0,
            stopID: "a", stopName: "Pasar Raya", arrival: half, phase: .underWay,
            cause: .congestion,
            answer: Miss.Answer(
                madeAt: half - 600, predicted: half - 300, source: .live, fixAge: 5),
            lastAnswer: nil)
        return AccuracyFigures(
            byDate: sums(date: day), byHour: sums(hour: 7), byStop: sums(stop: "a"), misses: [miss])
    }

    private func network() throws -> Network {
        var parts = Network.Parts()
        parts.agencies = Table([Agency(id: "t", name: "Town", timeZone: "Asia/Jakarta")])
        return try #require(Network(parts))
    }

    private func answer(_ figures: AccuracyFigures) throws -> AccuracyResponse {
        AccuracyResponse(
            figures, .init(since: day - 6, misses: 30), in: try network(),
            at: Timestamp(unix: 1_795_399_200))
    }
}
