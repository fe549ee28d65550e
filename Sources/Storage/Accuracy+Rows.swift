import ETAEngine
import GRDB
import TransitModel

extension AccuracyKey {
    var arguments: StatementArguments {
        [
            date?.text ?? "", routeID, directionID ?? -1, stopID ?? "", hour ?? -1, phase.rawValue,
            horizon.rawValue,
        ]
    }

    /// Reads the first seven columns; nil when they are not of this version.
    init?(row: Row) {
        guard let phase = RunPhase(rawValue: row[5]), let horizon = Horizon(rawValue: row[6])
        else { return nil }
        let (direction, stop, hour) = (row[2] as Int, row[3] as String, row[4] as Int)
        self.init(
            date: ServiceDate(text: row[0] as String), routeID: row[1],
            directionID: direction < 0 ? nil : direction, stopID: stop.isEmpty ? nil : stop,
            hour: hour < 0 ? nil : hour, phase: phase, horizon: horizon)
    }
}

extension AccuracyTally {
    private static let causes: [MissCause] = [
        .terminal, .silence, .noFix, .congestion, .ranAhead,
    ]

    var arguments: StatementArguments {
        [asked, answered, accurate, withinInterval, absoluteError, error]
            + StatementArguments(Self.causes.map { misses[$0] ?? 0 })
    }

    /// Reads the columns after the key.
    init(row: Row) {
        self.init()
        asked = row[7]
        answered = row[8]
        accurate = row[9]
        withinInterval = row[10]
        absoluteError = row[11]
        error = row[12]
        for (place, cause) in Self.causes.enumerated() {
            let count: Int = row[13 + place]
            if count > 0 { misses[cause] = count }
        }
    }
}

extension Miss {
    static let columns = """
        arrival, weight, vehicle_id, trip_id, service_date, route_id, direction_id, stop_id,
        stop_name, phase, cause, made_at, predicted, source, fix_age, last_made_at,
        last_predicted, last_source, last_fix_age
        """

    static let insertion = """
        INSERT INTO accuracy_misses (\(columns))
        VALUES (\(Array(repeating: "?", count: 19).joined(separator: ", ")))
        """

    var arguments: StatementArguments {
        [
            arrival.seconds, weight, vehicleID, tripID, serviceDate.text, routeID, directionID,
            stopID, stopName, phase.rawValue, cause.rawValue,
        ] + Self.arguments(of: answer) + Self.arguments(of: lastAnswer)
    }

    private static func arguments(of answer: Answer?) -> StatementArguments {
        [
            answer?.madeAt.seconds, answer?.predicted.seconds, answer?.source.rawValue,
            answer?.fixAge,
        ]
    }

    /// Reads a row of these columns; nil when it is not of this version.
    init?(row: Row) {
        guard let date = ServiceDate(text: row[4] as String),
            let phase = RunPhase(rawValue: row[9]), let cause = MissCause(rawValue: row[10])
        else { return nil }
        self.init(
            vehicleID: row[2], tripID: row[3], serviceDate: date, routeID: row[5],
            directionID: row[6], stopID: row[7], stopName: row[8],
            arrival: Timestamp(row[0] as Double), phase: phase, cause: cause,
            answer: Answer(row, at: 11), lastAnswer: Answer(row, at: 15))
    }
}

extension Miss.Answer {
    fileprivate init?(_ row: Row, at column: Int) {
        guard let madeAt = row[column] as Double?, let predicted = row[column + 1] as Double?,
            let source = (row[column + 2] as String?).flatMap(PredictionSource.init(rawValue:))
        else { return nil }
        self.init(
            madeAt: Timestamp(madeAt), predicted: Timestamp(predicted), source: source,
            fixAge: row[column + 3])
    }
}
