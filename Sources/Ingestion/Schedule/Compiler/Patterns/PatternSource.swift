import Geometry
import TransitModel

/// The shapes that trips name.
struct NamedShapes: Sendable {
    /// For each name its shape; nil for one that does not exist.
    let indexes: [ShapeIndex?]
    /// For each shape a number that equal lines share.
    let lines: [Int32]
}

/// What patterns are made of, for any thread to read.
struct PatternSource: Sendable {
    private let drafts: PatternDrafts
    private let timed: [TimedTrip]
    private let times: [StopTime]
    private let shapes: NamedShapes

    init(_ compiler: borrowing StopTimesCompiler, _ shapes: NamedShapes) {
        drafts = compiler.drafts
        timed = compiler.timed
        times = compiler.times
        self.shapes = shapes
    }

    /// A draft as its line is sought.
    func draft(_ number: Int) -> PatternCompiler.Draft {
        let stops = list(number).stops
        let first = Int(timed[Int(drafts.firstTrips[number])].firstStopTime)
        return PatternCompiler.Draft(
            shape: shape(number), stops: stops,
            progress: progress(of: times[first..<first + stops.count]))
    }

    /// The shape of a draft, and how many stops it has.
    func extent(_ number: Int) -> (shape: ShapeIndex?, stopCount: Int) {
        (shape(number), list(number).stops.count)
    }

    /// Number of the route that a draft serves.
    func route(_ number: Int) -> Int32 { drafts.drafts[number].route.rawValue }

    /// A draft that has found its line.
    func pattern(_ number: Int, on course: PatternCompiler.Course) -> TripPattern {
        let draft = drafts.drafts[number]
        let list = list(number)
        return TripPattern(
            route: draft.route, direction: draft.direction < 0 ? nil : Int(draft.direction),
            shape: course.shape == nil ? nil : shape(number), stops: list.stops,
            sequences: list.sequences, line: course.line, distances: course.distances)
    }

    /// Numbers that are equal for drafts which lie on the same line in the same way.
    func course(_ number: Int) -> [Int32] {
        [drafts.drafts[number].list, shape(number).map { shapes.lines[$0.position] } ?? -1]
    }

    private func list(_ number: Int) -> PatternDrafts.StopList {
        drafts.lists[Int(drafts.drafts[number].list)]
    }

    private func shape(_ number: Int) -> ShapeIndex? {
        let shape = drafts.drafts[number].shape
        return shape < 0 ? nil : shapes.indexes[Int(shape)]
    }

    /// Which share of the trip's time has passed at each stop.
    private func progress(of times: ArraySlice<StopTime>) -> [Double?] {
        guard let start = times.first?.departure, let end = times.last?.arrival, start < end else {
            return [Double?](repeating: nil, count: times.count)
        }
        let duration = Double(end.seconds - start.seconds)
        return times.map { time in
            guard time.isTimed else { return nil }
            return min(1, max(0, Double(time.arrival.seconds - start.seconds) / duration))
        }
    }
}

/// Numbers patterns in the order in which trips of `trips.txt` follow them, whatever the order of
/// `stop_times.txt`.
struct PatternOrder: Sendable {
    /// Draft of each pattern.
    private(set) var drafts: [Int32] = []
    /// Number of each draft; -1 for one that no trip follows.
    private(set) var numbers: [Int32]

    init(_ compiler: borrowing StopTimesCompiler) {
        numbers = [Int32](repeating: -1, count: compiler.drafts.drafts.count)
        for timed in compiler.timed where timed.isUsable && numbers[Int(timed.pattern)] < 0 {
            numbers[Int(timed.pattern)] = Int32(drafts.count)
            drafts.append(timed.pattern)
        }
    }
}

/// Which patterns are placed on a line for themselves, and which take over what was found for
/// another of the same stops and line.
struct PlacementPlan: Sendable {
    /// Draft of the first pattern of each placement.
    private(set) var models: [Int32] = []
    /// For each pattern the number of its placement.
    private(set) var placements: [Int32] = []

    init(_ order: PatternOrder, _ source: PatternSource) {
        var known: [[Int32]: Int32] = [:]
        for draft in order.drafts {
            let course = source.course(Int(draft))
            let number = known[course] ?? Int32(models.count)
            known[course] = number
            if Int(number) == models.count { models.append(draft) }
            placements.append(number)
        }
    }
}
