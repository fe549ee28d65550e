import Geometry
import TransitModel

/// Finds roads for patterns that have no usable shape: those of other patterns of their route.
///
/// A trip without a shape mostly drives where others of its route do, or back the same way. Between
/// stops that lie close to such a line, in order, it is taken to follow it; elsewhere it is drawn
/// straight. Straight lines all the way would cut corners by hundreds of metres.
struct BorrowedLines: Sendable {
    /// Metres that a stop may lie off a line which was drawn for other trips.
    private static let reach = 60.0
    /// Share of the stops that must lie that close to it.
    private static let leastShare = 0.6
    /// Lines of a route that are tried for a pattern.
    private static let mostTried = 12

    private let placer: PatternCompiler
    private var budget: MatchingBudget
    private let shapes: Table<Shape>
    /// Shapes that patterns of each route follow.
    private var followed: [Int32: [ShapeIndex]] = [:]

    /// Knows the shapes of `courses`; `routes` tells the route of each.
    init(
        _ placer: PatternCompiler, _ shapes: Table<Shape>, budget: MatchingBudget,
        courses: [PatternCompiler.Course?], routes: [Int32]
    ) {
        self.placer = placer
        self.budget = budget
        self.shapes = shapes
        for (course, route) in zip(courses, routes) {
            guard let shape = course?.shape else { continue }
            let known = followed[route, default: []]
            if !known.contains(shape), known.count < Self.mostTried {
                followed[route, default: []].append(shape)
            }
        }
    }

    /// The course along the line that passes most of a draft's stops closely, if one of its route does.
    mutating func course(
        for draft: PatternCompiler.Draft, route: Int32
    ) -> PatternCompiler.Course? {
        let places = draft.stops.compactMap { placer.place(of: $0) }
        guard places.count == draft.stops.count, places.count > 1 else { return nil }
        var best: (closeStops: Int, course: PatternCompiler.Course)?
        for shape in followed[route] ?? [] where shapes[shape].line.length > 0 {
            for line in [shapes[shape].line, shapes[shape].line.reversed] {
                guard budget.spend(places.count * line.points.count) else { return best?.course }
                let close = places.indices.filter { line.locate(places[$0]).offset <= Self.reach }
                guard close.count > best?.closeStops ?? 0,
                    Double(close.count) >= Self.leastShare * Double(places.count),
                    let match = StopMatcher(line: line).match(
                        close.map { places[$0] }, expected: close.map { draft.progress[$0] }),
                    match.isInOrder
                else { continue }
                var course = BorrowedCourse(line)
                course.follow(
                    places,
                    at: Dictionary(
                        uniqueKeysWithValues: zip(close, match.places.map(\.distanceAlong))))
                best = course.course.map { (close.count, $0) } ?? best
            }
        }
        return best?.course
    }
}

/// A line that follows another between some stops and goes straight to and from the others.
private struct BorrowedCourse {
    private let line: Polyline
    private var points: [PlanePoint] = []
    private var stopPoints: [Int] = []

    init(_ line: Polyline) { self.line = line }

    /// Goes from stop to stop; `distances` tells where stops lie on the line, for those that do.
    mutating func follow(_ stops: [PlanePoint], at distances: [Int: Double]) {
        for (number, stop) in stops.enumerated() {
            if let end = distances[number] {
                if let start = distances[number - 1] { follow(from: start, to: end) }
                points.append(line.point(at: end))
            } else {
                points.append(stop)
            }
            stopPoints.append(points.count - 1)
        }
    }

    private mutating func follow(from start: Double, to end: Double) {
        for (point, distance) in zip(line.points, line.distances)
        where distance > start && distance < end {
            points.append(point)
        }
    }

    var course: PatternCompiler.Course? {
        Polyline(points).map { line in
            PatternCompiler.Course(line: line, distances: stopPoints.map { line.distances[$0] })
        }
    }
}

extension Polyline {
    /// The same line driven the other way.
    fileprivate var reversed: Polyline { Polyline(points.reversed()) ?? self }
}
