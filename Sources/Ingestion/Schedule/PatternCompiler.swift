import Geometry
import TransitModel

/// Gives each trip its pattern, making one whenever stops, sequences, shape, route and direction
/// are new together.
struct PatternCompiler {
    private struct Key: Hashable {
        let route: RouteIndex
        let direction: Int?
        let shape: ShapeIndex?
        let stops: [StopIndex]
        let sequences: [Int32]
    }

    private struct Remark: Hashable {
        let shape: ShapeIndex
        let stop: StopIndex?
    }

    /// Metres that half the stops must be away from a shape for it to be taken for a mistake.
    static let absurdOffset = 500.0

    /// The patterns made so far.
    private(set) var patterns = Table<TripPattern>()
    private var known: [Key: PatternIndex] = [:]
    private var remarks = Set<Remark>()
    private let stops: Table<Stop>
    private let shapes: Table<Shape>
    private let places: [PlanePoint?]
    private let log: NoticeLog

    init(_ parts: Network.Parts, log: NoticeLog) {
        stops = parts.stops
        shapes = parts.shapes
        places = parts.stops.elements.map { $0.coordinate.map(parts.plane.point) }
        self.log = log
    }

    /// The pattern of a trip with these times in order; nil where no stop has a position.
    mutating func pattern(of trip: TripRow, _ rows: ArraySlice<StopTimeRow>) -> PatternIndex? {
        let key = Key(
            route: trip.route,
            direction: trip.direction,
            shape: trip.shape,
            stops: rows.map(\.stop),
            sequences: rows.map(\.sequence)
        )
        if let pattern = known[key] { return pattern }
        guard
            let course = followed(key, progress(of: rows)) ?? straight(key.stops)
        else { return nil }
        let pattern = PatternIndex(patterns.count)
        patterns.elements.append(
            TripPattern(
                route: key.route,
                direction: key.direction,
                shape: course.shape,
                stops: key.stops,
                sequences: key.sequences,
                line: course.line,
                distances: course.distances
            )
        )
        known[key] = pattern
        return pattern
    }

    /// Which share of the trip's time has passed at each stop.
    private func progress(of rows: ArraySlice<StopTimeRow>) -> [Double?] {
        guard let start = rows.first?.departure, let end = rows.last?.arrival, start < end else {
            return [Double?](repeating: nil, count: rows.count)
        }
        let duration = Double(end.seconds - start.seconds)
        return rows.map { row in
            row.arrival.map { min(1, max(0, Double($0.seconds - start.seconds) / duration)) }
        }
    }
}

extension PatternCompiler {
    private struct Course {
        var shape: ShapeIndex?
        let line: Polyline
        let distances: [Double]
    }

    /// The shape with the stops on it; nil where there is none or it is not of these stops.
    private mutating func followed(_ key: Key, _ progress: [Double?]) -> Course? {
        guard let shape = key.shape, shapes[shape].line.length > 0 else { return nil }
        let line = shapes[shape].line
        let placed = key.stops.indices.filter { places[key.stops[$0].position] != nil }
        let match = StopMatcher(line: line).match(
            placed.compactMap { places[key.stops[$0].position] },
            expected: placed.map { progress[$0] }
        )
        guard let match else { return nil }
        guard !isAbsurd(match, shape) else { return nil }
        remark(on: match, shape, placed.map { key.stops[$0] })
        var distances = [Double?](repeating: nil, count: key.stops.count)
        for (index, place) in zip(placed, match.places) { distances[index] = place.distanceAlong }
        return Course(shape: shape, line: line, distances: filled(distances, upTo: line.length))
    }

    /// A line straight from stop to stop.
    private func straight(_ stops: [StopIndex]) -> Course? {
        let points = stops.map { places[$0.position] }
        guard let line = Polyline(points.compactMap { $0 }) else { return nil }
        var measured = line.distances[...]
        let distances = points.map { $0 == nil ? nil : measured.popFirst() }
        return Course(line: line, distances: filled(distances, upTo: line.length))
    }

    /// Puts stops without a position evenly between their neighbours.
    private func filled(_ distances: [Double?], upTo length: Double) -> [Double] {
        var filled = distances.map { $0 ?? 0 }
        var last = -1
        for next in (0...distances.count)
        where next == distances.count || distances[next] != nil {
            let start = last < 0 ? 0 : filled[last]
            let end = next == distances.count ? length : filled[next]
            for index in (last + 1)..<next {
                filled[index] = start + (end - start) * Double(index - last) / Double(next - last)
            }
            last = next
        }
        return filled
    }
}

extension PatternCompiler {
    private mutating func isAbsurd(_ match: StopMatcher.Match, _ shape: ShapeIndex) -> Bool {
        let offsets = match.places.map(\.offset).sorted()
        let median = offsets[offsets.count / 2]
        guard median > Self.absurdOffset else { return false }
        if remarks.insert(Remark(shape: shape, stop: nil)).inserted {
            report(
                .shapeTooFarFromStops,
                shape,
                "lies \(Int(median)) m from its stops; its trips are drawn straight from stop to "
                    + "stop"
            )
        }
        return true
    }

    private mutating func remark(
        on match: StopMatcher.Match,
        _ shape: ShapeIndex,
        _ stops: [StopIndex]
    ) {
        if !match.isInOrder, remarks.insert(Remark(shape: shape, stop: nil)).inserted {
            report(
                .stopsOutOfOrder,
                shape,
                "does not pass the stops of its trips in their order; arrivals there are rough"
            )
        }
        for (stop, place) in zip(stops, match.places) where place.offset > StopMatcher.reach {
            guard remarks.insert(Remark(shape: shape, stop: stop)).inserted else { continue }
            report(
                .stopTooFarFromShape,
                shape,
                "is \(Int(place.offset)) m from stop \(self.stops[stop].id); arrivals there are "
                    + "rough"
            )
        }
    }

    private func report(_ code: NoticeCode, _ shape: ShapeIndex, _ message: String) {
        log.report(
            code,
            file: FeedFile.shapes.rawValue,
            column: .shapeID,
            value: shapes[shape].id,
            message
        )
    }
}
