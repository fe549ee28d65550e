import ETAEngine
import Geometry
public import TransitModel

/// What a tracking replay showed after each ping, as CSV for whoever asks why.
public struct TrackingRowWriter: Sendable {
    /// The header, ended.
    public static let header =
        "vehicle_id,timestamp,received_at,latitude,longitude,label_phase,label_trip_id,"
        + "label_route_id,label_direction_id,label_distance_along_trip,state,trip_id,start_date,"
        + "start_time,route_id,direction_id,distance_along_trip,offset,confidence,line,pattern,trip\n"

    private let network: Network

    /// Makes a writer of what was shown on a network.
    public init(network: Network) { self.network = network }

    /// One row, ended.
    public func row(_ sample: TrackingSample) -> [UInt8] {
        let status = sample.status
        let shown = status.pattern.map { network.patterns[$0] }
        let cells: [String] =
            [
                sample.vehicleID, "\(sample.fixTime.unix)", "\(sample.receivedAt.unix)",
                "\(status.coordinate.latitude)", "\(status.coordinate.longitude)",
            ] + truth(sample.truth) + [
                status.state.rawValue, status.instance.map { network.trips[$0.trip].id } ?? "",
                status.instance?.serviceDate.text ?? "", status.instance?.startTime?.text ?? "",
                shown.map { network.routes[$0.route].id } ?? "", text(shown?.direction),
                metres(status.distanceAlong), metres(status.offset),
                "\((status.confidence * 1000).rounded() / 1000)", sample.line.rawValue,
                sample.pattern?.rawValue ?? "", sample.trip?.rawValue ?? "",
            ]
        var bytes: [UInt8] = []
        for (index, cell) in cells.enumerated() {
            if index > 0 { bytes.append(.comma) }
            bytes += CSVField.bytes(cell)
        }
        return bytes + [.newline]
    }

    private func truth(_ truth: TrueMovement) -> [String] {
        [
            truth.phase.rawValue, truth.trip.map { network.trips[$0].id } ?? "",
            truth.route.map { network.routes[$0].id } ?? "", text(truth.direction),
            metres(truth.distanceAlong),
        ]
    }

    private func text(_ direction: Int?) -> String { direction.map(String.init) ?? "" }

    private func metres(_ value: Double?) -> String {
        value.map { String(Int64($0.rounded())) } ?? ""
    }
}
