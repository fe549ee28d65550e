import ETAEngine
import Testing
import TransitModel

@testable import Evaluation

@Suite struct `A tracking replay` {
    private let street = Street(tripCount: 2)

    private func record(ignoringTripIDs: Bool) throws -> TrackingRecord {
        let network = try street.network()
        var replay = TrackingReplay(
            network: network, truth: TrackingTruth(claimsOn: network),
            ignoreTripIDs: ignoringTripIDs)
        return replay.run(street.pings())
    }

    @Test func `pings that name their trip are shown on it`() throws {
        let record = try record(ignoringTripIDs: false)
        #expect(record.pings == street.pings().count)
        #expect(record.samples.count == record.accepted && record.unlabelled == 0)
        #expect(record.samples.allSatisfy { $0.trip != .wrong })
        #expect(record.samples.contains { $0.trip == .right })
    }

    @Test func `the truth is read before trip ids are taken off`() throws {
        let record = try record(ignoringTripIDs: true)
        #expect(record.samples.allSatisfy { $0.truth.trip != nil })
        // Nothing tells the engine of a trip before the bus has moved.
        #expect(record.samples.first?.trip == .missing)
    }

    @Test func `each sample is what was shown when its ping was received`() throws {
        let network = try street.network()
        let late = street.pings().map { ping in
            var ping = ping
            ping.receivedAt = ping.timestamp + 20
            return ping
        }
        var replay = TrackingReplay(network: network, truth: TrackingTruth(claimsOn: network))
        for sample in replay.run(late).samples {
            #expect(sample.receivedAt == sample.fixTime + 20)
            #expect(sample.status.fixTime == sample.fixTime)
        }
    }

    @Test func `a ping without a label is counted and not judged`() throws {
        let network = try street.network()
        let labels = "vehicle_id,timestamp,label_phase\nv0,0,IN_PROGRESS\n"
        let truth = try TrackingTruth(
            labels: CSVSource(file: "labels.csv", bytes: Array(labels.utf8)), network: network)
        var replay = TrackingReplay(network: network, truth: truth)
        let record = replay.run(street.pings())
        #expect(record.unlabelled == record.accepted && record.samples.isEmpty)
    }

    @Test func `a row has the cells of its header`() throws {
        let writer = TrackingRowWriter(network: try street.network())
        let columns = TrackingRowWriter.header.split(separator: ",").count
        for sample in try record(ignoringTripIDs: true).samples {
            let row = String(decoding: writer.row(sample), as: UTF8.self)
            #expect(row.split(separator: ",", omittingEmptySubsequences: false).count == columns)
            #expect(row.hasSuffix("\n"))
        }
    }
}
