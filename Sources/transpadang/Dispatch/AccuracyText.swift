import Feeds
import Foundation
import TransitModel

/// What the service says of its accuracy, for people.
enum AccuracyText {
    static func page(_ answer: AccuracyResponse) -> String {
        guard answer.total.asked > 0 else {
            return
                "No bus has been seen to come since \(dashed(answer.since)), so nothing is graded yet."
        }
        return [
            "Buses under way | buses that have not left their first stop",
            table(
                "MIN AHEAD", answer.horizons.map { ("\($0.fromMinutes)-\($0.toMinutes)", $0.score) }
            ),
            table("ROUTE", answer.routes.map { ($0.routeID, $0.score) }),
            table("HOUR", answer.hours.map { (hour($0.hour), $0.score) }),
            table("DAY", answer.days.map { (dashed($0.date), $0.score) }),
            reasons(answer.total), stops(answer), misses(answer), legend,
        ].compactMap(\.self).joined(separator: "\n\n")
    }

    private static let legend = """
        OK is the share of minutes in which riders were told within the MBTA's bounds; in a minute
        without an answer they were not. ERROR is the mean size, LATE how much later buses came, IN
        INTERVAL how often they came within the interval told, which is meant to be 80 %.
        """

    /// A table with a row for each group, under way first, then before departure.
    private static func table(_ heading: String, _ rows: [(String, AccuracyByPhase)]) -> String {
        let phase = ["OK", "ERROR", "LATE", "IN INTERVAL", "ASKED"]
        var table = TextTable(
            [heading] + phase + ["|"] + phase, numbers: Set(1...11))
        for (name, score) in rows {
            table.add([name] + cells(score.underWay) + ["|"] + cells(score.beforeDeparture))
        }
        return table.text
    }

    private static func cells(_ score: AccuracyScore) -> [String] {
        [
            share(score.accurateShare), seconds(score.meanErrorS), seconds(score.biasS),
            share(score.withinIntervalShare), String(score.asked),
        ]
    }

    private static func reasons(_ total: AccuracyByPhase) -> String {
        var table = TextTable(["WHY NOT", "UNDER WAY", "BEFORE DEPARTURE"], numbers: [1, 2])
        for cause in Cause.allCases {
            table.add([cause.words] + total.scores.map { String($0.causes[cause.rawValue] ?? 0) })
        }
        return table.text
    }

    private static func stops(_ answer: AccuracyResponse) -> String? {
        guard !answer.worstStops.isEmpty else { return nil }
        var table = TextTable(
            ["WORST STOPS", "ROUTE", "DIR", "OK", "ASKED", "MOSTLY"], numbers: [2, 3, 4])
        for row in answer.worstStops.prefix(10) {
            let part = Double(row.score.accurate) / Double(max(1, row.score.asked))
            table.add([
                row.name, row.routeID, row.directionID.map(String.init) ?? "-", share(part),
                String(row.score.asked), Cause.chief(of: row.score)?.words ?? "-",
            ])
        }
        return table.text
    }

    private static func misses(_ answer: AccuracyResponse) -> String? {
        guard !answer.misses.isEmpty else { return nil }
        let day = ServiceDay(timeZoneName: answer.timeZone)
        func clock(_ unix: Int64?) -> String {
            unix.map { String((day?.clock(at: Timestamp(unix: $0)) ?? "\($0)").prefix(5)) } ?? "-"
        }
        var table = TextTable(
            [
                "WORST SINCE YESTERDAY", "BUS", "ROUTE", "STOP", "SAID AT", "FORETOLD", "CAME",
                "LATE", "LAST SAID", "STOPS",
            ], numbers: [4, 5, 6, 7, 8, 9])
        for row in answer.misses.prefix(15) {
            table.add([
                Cause(rawValue: row.cause)?.words ?? row.cause, row.vehicleID, row.routeID,
                row.stopName, clock(row.madeAt), clock(row.predictedArrival),
                clock(row.arrivedAt), row.errorS.map { minutes($0) } ?? "-",
                clock(row.lastPredictedArrival), String(row.stops),
            ])
        }
        return table.text
    }

    private static func dashed(_ date: String) -> String {
        ServiceDate(text: date)?.dashed ?? date
    }

    private static func hour(_ hour: Int) -> String { hour < 10 ? "0\(hour)" : String(hour) }

    private static func minutes(_ seconds: Int) -> String {
        "\((Double(seconds) / 60).formatted(places: 1)) min"
    }

    private static func seconds(_ value: Double?) -> String {
        value.map { "\(Int($0.rounded())) s" } ?? "-"
    }

    private static func share(_ value: Double?) -> String {
        value.map { "\(($0 * 100).formatted(places: 1)) %" } ?? "-"
    }
}

extension AccuracyText {
    /// Why riders were not told well, as scores name it.
    enum Cause: String, CaseIterable {
        case terminal, silence
        case noFix = "no_fix"
        case congestion
        case ranAhead = "ran_ahead"

        var words: String {
            switch self {
            case .terminal: "left the terminal otherwise"
            case .silence: "nothing was said"
            case .noFix: "no fix"
            case .congestion: "congestion"
            case .ranAhead: "ran ahead"
            }
        }

        /// The one that explains most of what was not told well.
        static func chief(of score: AccuracyByPhase) -> Cause? {
            func count(_ cause: Cause) -> Int {
                score.scores.map { $0.causes[cause.rawValue] ?? 0 }.reduce(0, +)
            }
            return allCases.filter { count($0) > 0 }.max { count($0) < count($1) }
        }
    }
}

extension Double {
    /// The number with so many digits after the point.
    fileprivate func formatted(places: Int) -> String {
        String(format: "%.\(places)f", self)
    }
}
