import TransitModel

/// What the errors of past predictions say about the next ones.
///
/// For each kind of prediction and each span of time ahead, the errors of what was foretold are kept,
/// in multiples of the half-width that the model gave, as a distribution that forgets. Its quantiles
/// tell how far to move a time, so that more buses come after it than before, and how wide the interval
/// around it has to be to hold 80 % (split-conformal prediction, as Vovk and others have it, over the
/// trailing days). Nothing of the error that is to be judged goes into its own interval: it is known
/// only once the bus has come.
struct Calibration: Sendable {
    /// Share of the buses that may come before the time that riders are told.
    fileprivate static let riskOfMissing = 0.4
    /// Seconds by which buses may come later than told on average, so many seconds ahead: who is told
    /// of minutes wants them right, who is told of a quarter of an hour wants to be there in time.
    fileprivate static func longestBias(ahead seconds: Double) -> Double {
        min(18, 10 + seconds / 30)
    }
    /// Share of the truth that an interval is to hold.
    fileprivate static let held = 0.8
    /// Answers that are remembered of each kind and span.
    private static let memory: Float = 30_000
    /// Those that earlier days count for at most.
    private static let overnight: Float = 10_000
    /// Seconds ahead at which each span begins.
    private static let spans = [0.0, 90, 180, 360, 540, 720, 1080]
    private static let spanCount = 7
    /// Seconds between two looks at what was learned: times must not tremble.
    private static let patience = 600.0
    static let scale = RunningHistogram.Scale(start: -8, width: 0.1, bins: 200)

    /// What is known of one kind and span.
    struct Errors: Hashable, Sendable {
        /// Errors that count as much as what is believed before any is known.
        fileprivate static let doubt: Float = 1000

        /// In multiples of the model's half-width.
        var multiples: RunningHistogram
        /// Mean of the model's half-widths.
        var width: Double
        /// Seconds by which buses may come later than told on average.
        let longestBias: Double
        /// Errors that it rests on, beside what was believed before.
        fileprivate(set) var seen: Float = 0

        /// What is believed at so many seconds ahead before any error is known: that the model is
        /// right in the middle, and its intervals a little narrow.
        init(ahead seconds: Double) {
            width = 25 + seconds / 5
            longestBias = Calibration.longestBias(ahead: seconds)
            multiples = RunningHistogram(Calibration.scale, worth: Self.doubt) {
                1 / (1 + $0 * $0 * $0 * $0)
            }
        }
    }

    /// How a time is told.
    struct Telling: Hashable {
        /// Added to the time, in multiples of the model's half-width.
        var shift = 0.0
        /// Half-width of the interval, in the same.
        var width = 1.0
    }

    private(set) var errors: [[Errors]]
    /// Kind by kind, span by span.
    private var tellings: [Telling]
    private var lookedAt: Timestamp?
    private let isInForce: Bool

    init(isInForce: Bool = true) {
        self.isInForce = isInForce
        let none = Self.spans.map(Errors.init(ahead:))
        errors = PredictionSource.allCases.map { _ in none }
        tellings = errors.flatMap { $0.map { _ in Telling() } }
        look()
    }

    /// How to tell a time so many seconds ahead.
    @inline(__always)
    func telling(_ source: PredictionSource, ahead seconds: Double) -> Telling {
        tellings[source.number * Self.spanCount + Self.span(of: seconds)]
    }

    /// Without a look into ``spans``: it is asked for every stop that is foretold.
    @inline(__always)
    private static func span(of seconds: Double) -> Int {
        if seconds < 360 { return seconds < 90 ? 0 : seconds < 180 ? 1 : 2 }
        return seconds < 540 ? 3 : seconds < 720 ? 4 : seconds < 1080 ? 5 : 6
    }

    /// Learns from what was foretold of a call.
    mutating func learn(_ call: GradedCall) {
        for answer in call.answers where answer.spread > 0 {
            let lead = answer.expected - answer.madeAt
            let span = Self.span(of: lead)
            errors[answer.source.number][span].add(
                call.arrival - answer.expected, width: Double(answer.spread), Self.memory)
        }
    }

    /// Looks at what was learned, if the last look was long ago.
    mutating func refresh(at now: Timestamp) {
        if let lookedAt, now - lookedAt < Self.patience { return }
        lookedAt = now
        look()
    }

    private mutating func look() {
        guard isInForce else { return }
        tellings = errors.flatMap { $0.map(\.telling) }
    }
}

extension Calibration {
    /// Lets what was learned so far count for less, as a new day may be unlike the last.
    mutating func sleep() {
        for source in errors.indices {
            for span in errors[source].indices {
                errors[source][span].forget(beyond: Self.overnight)
            }
        }
    }

    /// What was learned, in a fixed order; nothing until something was.
    func lessons() -> [Lesson] {
        errors.indices.flatMap { source in
            errors[source].indices.compactMap { span in
                let known = errors[source][span]
                guard known.seen > 0 else { return nil }
                return Lesson(
                    .errors, number: source * Self.spans.count + span,
                    values: [Float(known.width), known.seen] + known.multiples.counts)
            }
        }
    }

    /// Takes over a lesson.
    mutating func recall(_ lesson: Lesson) {
        let (source, span) = lesson.number.quotientAndRemainder(dividingBy: Self.spans.count)
        guard errors.indices.contains(source), span >= 0, lesson.values.count > 2,
            lesson.values.prefix(2).allSatisfy({ $0 > 0 && $0.isFinite }),
            let multiples = RunningHistogram(
                Self.scale, recalling: Array(lesson.values.dropFirst(2)))
        else { return }
        errors[source][span].recall(
            multiples, width: Double(lesson.values[0]), seen: lesson.values[1])
        lookedAt = nil
    }
}

extension Calibration.Errors {
    mutating func forget(beyond memory: Float) {
        multiples.forget(beyond: memory)
        seen = min(seen, memory)
    }

    mutating func recall(_ multiples: RunningHistogram, width: Double, seen: Float) {
        self.multiples = multiples
        self.width = width
        self.seen = seen
    }

    /// Enters an error, in seconds.
    mutating func add(_ seconds: Double, width model: Double, _ memory: Float) {
        seen = min(seen + 1, memory)
        multiples.add(seconds / model, memory: memory)
        width += (model - width) / Double(min(multiples.total, memory))
    }

    /// What follows for predictions of this kind.
    var telling: Calibration.Telling {
        guard let early = multiples.quantile(Calibration.riskOfMissing),
            let median = multiples.quantile(0.5), let mean = multiples.mean
        else { return Calibration.Telling() }
        let slack = longestBias / width
        // Without errors that were seen there is nothing to move a time for.
        let trust = Double(seen / (seen + Self.doubt))
        let shift = trust * max(early, min(mean - slack, median))
        let held = multiples.halfWidth(around: shift, holding: Calibration.held)
        return Calibration.Telling(shift: shift, width: held ?? 1)
    }
}

extension PredictionSource {
    /// Its place among all of them.
    fileprivate var number: Int {
        switch self {
        case .live: 0
        case .terminal: 1
        case .nextTrip: 2
        case .schedule: 3
        }
    }
}
