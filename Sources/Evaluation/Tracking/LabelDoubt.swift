import ETAEngine
import Geometry
import TransitModel

/// Finds labels that cannot be right, whatever the engine says.
///
/// Either the vehicle moved backwards along the line of the trip that the label names, or the label
/// held for less than five minutes from the last ping of the label before to the first of the one
/// after, in which no bus can have run it.
struct LabelDoubt: Sendable {
    /// Seconds before and after a fix within which the vehicle's movement is looked at.
    static let span = 300.0
    /// Metres that it must have gone backwards along the true trip's line.
    static let retreat = 200.0
    /// Metres from the line within which a fix tells where on it the vehicle is.
    static let reach = 100.0
    /// Seconds that a bus runs a trip at least.
    static let shortestRun = 300.0

    let network: Network

    /// For each sample of one vehicle, in the order of fixes, whether its label cannot be right.
    func marks(of samples: [TrackingSample]) -> [Bool] {
        zip(flickers(samples), retreats(samples)).map { $0 || $1 }
    }

    /// Whether the label of a sample in service held too shortly between those of other trips.
    private func flickers(_ samples: [TrackingSample]) -> [Bool] {
        var marks = [Bool](repeating: false, count: samples.count)
        let inService = samples.indices.filter { samples[$0].truth.isInService }
        var stretches: [ArraySlice<Int>] = []
        var start = 0
        for end in inService.indices.map({ $0 + 1 })
        where end == inService.count
            || samples[inService[end]].truth.trip != samples[inService[start]].truth.trip
        {
            stretches.append(inService[start..<end])
            start = end
        }
        for stretch in stretches.dropFirst().dropLast() {
            let before = samples[inService[stretch.startIndex - 1]].fixTime
            let after = samples[inService[stretch.endIndex]].fixTime
            guard after - before < Self.shortestRun else { continue }
            for index in stretch { marks[index] = true }
        }
        return marks
    }

    /// Whether the bus went backwards along the line of the trip that a sample's truth names: from
    /// the first fix in the five minutes before to this one, and on to the last in the five minutes
    /// after, by 200 m or more.
    private func retreats(_ samples: [TrackingSample]) -> [Bool] {
        var first = 0
        var last = 0
        return samples.indices.map { index in
            let moment = samples[index].fixTime
            while moment - samples[first].fixTime > Self.span { first += 1 }
            while last + 1 < samples.count, samples[last + 1].fixTime - moment <= Self.span {
                last += 1
            }
            return isRetreat(samples[first], samples[index], samples[last])
        }
    }

    private func isRetreat(
        _ before: TrackingSample, _ now: TrackingSample, _ after: TrackingSample
    ) -> Bool {
        guard let trip = now.truth.trip, now.truth.isInService else { return false }
        let line = network.pattern(of: trip).line
        let places = [before, now, after].compactMap { place($0, on: line) }
        return places.count == 3 && places[0] >= places[1] && places[1] >= places[2]
            && places[0] - places[2] >= Self.retreat
    }

    private func place(_ sample: TrackingSample, on line: Polyline) -> Double? {
        let place = line.locate(network.plane.point(sample.status.coordinate))
        return place.offset <= Self.reach ? place.distanceAlong : nil
    }
}
