import Foundation
import Geometry
import TransitModel

extension NetworkCompiler {
    /// Share by which lengths on the plane may be wrong before that is told.
    private static let distortionLimit = 0.05

    /// Lays the network's plane through the middle of its stops.
    mutating func layPlane() {
        let places = parts.stops.elements.compactMap(\.coordinate)
        let origin = Self.middle(of: places)
        parts.plane = LocalPlane(origin: origin)
        guard let south = places.map(\.latitude).min(), let north = places.map(\.latitude).max()
        else { return }
        // Degrees eastward are as long everywhere on the plane as at its origin.
        let distortion = [south, north].map {
            abs(cos(origin.latitude * .pi / 180) / cos($0 * .pi / 180) - 1)
        }.max()
        guard let distortion, distortion > Self.distortionLimit else { return }
        let percent = distortion < 10 ? "\(Int(distortion * 100)) %" : "many times"
        log.report(
            .stopsTooFarApart, file: FeedFile.stops.rawValue,
            "has stops from latitude \(Int(south.rounded())) to \(Int(north.rounded())), which lie "
                + "on one flat map; distances there are wrong by up to \(percent), so mend stops "
                + "that are misplaced, or load the regions as feeds of their own")
    }

    /// The mean of places, on the side of the earth where they lie.
    static func middle(of places: [Coordinate]) -> Coordinate {
        let east = places.map(\.longitude)
        var shift = 0.0
        if let first = east.min(), let last = east.max(), last - first > 180 {
            // Counted from 0 to 360, places on both sides of 180° are neighbours.
            shift = 360
        }
        let count = Double(max(1, places.count))
        let sum = east.reduce(0) { $0 + ($1 < 0 ? $1 + shift : $1) }
        let mean = sum / count
        return Coordinate(
            latitude: places.reduce(0) { $0 + $1.latitude } / count,
            longitude: mean > 180 ? mean - 360 : mean)
    }
}
