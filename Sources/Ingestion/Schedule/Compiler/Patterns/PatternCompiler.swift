import Geometry
import TransitModel

/// Places the stops of patterns on lines; each pattern by itself, so that cores can share them.
struct PatternCompiler: Sendable {
    /// Something to tell about a pattern's shape, once for all patterns that follow it.
    struct Remark: Hashable, Sendable {
        let code: NoticeCode
        let shape: ShapeIndex
        /// The stop it is about, if it is about one.
        let stop: StopIndex?
        let message: String

        /// Remarks are alike when they say the same of the same places, in whatever metres.
        static func == (left: Self, right: Self) -> Bool {
            left.code == right.code && left.shape == right.shape && left.stop == right.stop
        }

        func hash(into hasher: inout Hasher) {
            hasher.combine(code)
            hasher.combine(shape)
            hasher.combine(stop)
        }
    }

    /// Stops on a line.
    struct Course: Sendable {
        /// The shape followed; nil for the road of other trips and for straight lines from stop to
        /// stop.
        var shape: ShapeIndex?
        let line: Polyline
        /// Metres along the line of each stop.
        let distances: [Double]
    }

    /// A course, with what there is to say about it.
    struct Placed: Sendable {
        /// Nil where no stop has a position.
        var course: Course?
        var remarks: [Remark] = []
    }

    /// What is to be placed.
    struct Draft: Sendable {
        let shape: ShapeIndex?
        let stops: [StopIndex]
        /// For each stop the share of the trip's time that has passed there, where it is known.
        let progress: [Double?]
    }

    /// Metres that half the stops must be away from a shape for it to be taken for a mistake.
    static let absurdOffset = 500.0

    private let stops: Table<Stop>
    private let shapes: Table<Shape>
    private let places: [PlanePoint?]

    init(_ parts: Network.Parts) {
        stops = parts.stops
        shapes = parts.shapes
        places = parts.stops.elements.map { $0.coordinate.map(parts.plane.point) }
    }

    /// Where a stop lies, if that is known.
    func place(of stop: StopIndex) -> PlanePoint? { places[stop.position] }

    /// A draft with its stops on a line: on its shape if it is to be matched.
    func place(_ draft: Draft, isMatched: Bool = true) -> Placed {
        var placed = Placed()
        if isMatched {
            placed.course = followed(draft, &placed.remarks)
        } else if let shape = draft.shape {
            placed.remarks = [unmatched(shape)]
        }
        placed.course = placed.course ?? straight(draft.stops)
        return placed
    }

    /// Which drafts of a feed with so many stop times are matched to their shapes: all, in order,
    /// until that is more work than any honest feed takes.
    func matched(
        _ drafts: [(shape: ShapeIndex?, stopCount: Int)], stopTimeCount: Int
    ) -> [Bool] {
        var budget = MatchingBudget(stopTimeCount: stopTimeCount)
        return drafts.map { shape, stopCount in
            shape.map { budget.spend(stopCount * shapes[$0].line.points.count) } ?? true
        }
    }
}

extension PatternCompiler {
    /// The shape with the stops on it; nil where there is none or it is not of these stops.
    private func followed(_ draft: Draft, _ remarks: inout [Remark]) -> Course? {
        guard let shape = draft.shape, shapes[shape].line.length > 0 else { return nil }
        let line = shapes[shape].line
        let stops = draft.stops
        let placed = stops.indices.filter { places[stops[$0].position] != nil }
        let match = StopMatcher(line: line).match(
            placed.compactMap { places[stops[$0].position] },
            expected: placed.map { draft.progress[$0] })
        guard let match else {
            if !placed.isEmpty { remarks.append(hopeless(shape)) }
            return nil
        }
        if let remark = absurd(match, shape) {
            remarks.append(remark)
            return nil
        }
        remarks += self.remarks(on: match, shape, placed.map { stops[$0] })
        var distances = [Double?](repeating: nil, count: stops.count)
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
    private func unmatched(_ shape: ShapeIndex) -> Remark {
        Remark(
            code: .unmatchedShape, shape: shape, stop: nil,
            message: "is beyond what can be matched to stops; trips on it are drawn straight from "
                + "stop to stop")
    }

    private func hopeless(_ shape: ShapeIndex) -> Remark {
        Remark(
            code: .stopsOutOfOrder, shape: shape, stop: nil,
            message: "passes its stops in no order that can be found; its trips are drawn straight "
                + "from stop to stop")
    }

    private func absurd(_ match: StopMatcher.Match, _ shape: ShapeIndex) -> Remark? {
        let offsets = match.places.map(\.offset).sorted()
        let median = offsets[offsets.count / 2]
        guard median > Self.absurdOffset else { return nil }
        return Remark(
            code: .shapeTooFarFromStops, shape: shape, stop: nil,
            message: "lies \(Int(median)) m from its stops; its trips are drawn straight from stop "
                + "to stop")
    }

    private func remarks(
        on match: StopMatcher.Match, _ shape: ShapeIndex, _ stops: [StopIndex]
    ) -> [Remark] {
        var remarks: [Remark] = []
        if !match.isInOrder {
            remarks.append(
                Remark(
                    code: .stopsOutOfOrder, shape: shape, stop: nil,
                    message: "does not pass the stops of its trips in their order; arrivals there "
                        + "are rough"))
        }
        for (stop, place) in zip(stops, match.places) where place.offset > StopMatcher.reach {
            remarks.append(
                Remark(
                    code: .stopTooFarFromShape, shape: shape, stop: stop,
                    message: "is \(Int(place.offset)) m from stop \(self.stops[stop].id); arrivals "
                        + "there are rough"))
        }
        return remarks
    }
}
