import Evaluation
import TransitModel

/// What `replay --tracking` tells of a recorded day.
struct TrackingCheck {
    /// CSV of what buses truly did; nil where the pings say so themselves.
    var labels: String?
    /// Where a row for each ping goes.
    var details: String?
    var ignoresTripIDs: Bool
    var resamples: Int
    var isJSON: Bool

    /// Sends the pings through an engine and prints how what it showed compares with the truth.
    func print(_ network: Network, _ pings: [Ping]) throws {
        var replay = TrackingReplay(
            network: network, truth: try truth(on: network), ignoreTripIDs: ignoresTripIDs)
        let record = replay.run(pings)
        if let details { try write(record, to: details, network) }
        let report = TrackingReport(record, network: network, resamples: resamples)
        Swift.print(
            isJSON ? try report.json() : TrackingTable(report).description,
            terminator: isJSON ? "\n" : "")
    }

    private func truth(on network: Network) throws -> TrackingTruth {
        guard let labels else { return TrackingTruth(claimsOn: network) }
        let file = CSVSource(file: labels, bytes: try Files.read(labels))
        return try TrackingTruth(labels: file, network: network)
    }

    private func write(_ record: TrackingRecord, to path: String, _ network: Network) throws {
        let file = try OutputFile(path)
        let writer = TrackingRowWriter(network: network)
        try file.write(Array(TrackingRowWriter.header.utf8))
        for start in stride(from: 0, to: record.samples.count, by: 10_000) {
            let chunk = record.samples[start..<min(start + 10_000, record.samples.count)]
            try file.write(chunk.flatMap(writer.row))
        }
        try file.close()
    }
}
