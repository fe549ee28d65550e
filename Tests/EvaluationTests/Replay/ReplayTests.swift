import ETAEngine
import Testing
import TransitModel

@testable import Evaluation

struct ReplayTests {
    private let street = Street(tripCount: 2)

    private func rows(of pings: [Ping]? = nil) throws -> [UInt8] {
        var replay = Replay(network: try street.network())
        var bytes: [UInt8] = []
        let summary = try replay.run(pings ?? street.pings()) { bytes += $0 }
        #expect(bytes.count { $0 == .newline } == summary.rows + 1)
        return bytes
    }

    @Test func `the same pings give the same bytes`() throws {
        #expect(try rows() == rows())
    }

    @Test func `what is received later changes no row from before`() throws {
        let cut = street.start(0) + 1500
        let early = try rows(of: street.pings().filter { $0.receivedAt.seconds <= cut })
        #expect(try rows().starts(with: early))
    }

    @Test func `a bus under way is foretold`() throws {
        let text = String(decoding: try rows(), as: UTF8.self)
        #expect(text.contains(",v0,t0,20240115,06:00:00,R,0,25,s24,"))
    }

    @Test func `the first line is the header even without pings`() throws {
        var replay = Replay(network: try street.network())
        var bytes: [UInt8] = []
        let summary = try replay.run([Ping]()) { bytes += $0 }
        #expect(bytes == Array(PredictionRowWriter.header.utf8))
        #expect(summary == Replay.Summary())
    }

    @Test func `snapshots come at every minute from the first ping to the last`() throws {
        var replay = Replay(network: try street.network())
        var moments: [Double] = []
        let summary = try replay.run(
            street.pings(),
            rows: { _ in },
            onSnapshot: { moments.append($0.madeAt.seconds) }
        )
        let first = street.start(0) - 1200
        let last = street.arrival(1, Street.stopCount - 1)
        #expect(moments == Array(stride(from: first, through: last, by: 60)))
        #expect(summary.snapshots == moments.count)
        #expect(summary.pingsRead == street.pings().count)
    }

    @Test func `a snapshot has seen nothing that was received after it`() throws {
        var replay = Replay(network: try street.network())
        let pings = street.pings().map { ping in
            var ping = ping
            ping.receivedAt = ping.timestamp + 45
            return ping
        }
        _ = try replay.run(
            pings,
            rows: { _ in },
            onSnapshot: { snapshot in
                #expect(snapshot.lastReceivedAt ?? snapshot.madeAt <= snapshot.madeAt)
                for vehicle in snapshot.vehicles {
                    #expect(vehicle.fixTime + 45 <= snapshot.madeAt)
                }
            }
        )
    }

    @Test func `every ping is accounted for`() throws {
        var replay = Replay(network: try street.network())
        let summary = try replay.run(street.pings()) { _ in }
        let rejected = summary.rejected.values.reduce(0, +)
        #expect(summary.accepted + rejected == replay.engine.counts.received)
    }

    @Test func `claims are taken off a ping on demand`() {
        var ping = street.pings()[0]
        ping.routeID = "R"
        ping.directionID = 1
        ping.directionText = "Teluk Bayur"
        let bare = ping.withoutClaims()
        #expect(bare.tripID == nil && bare.routeID == nil)
        #expect(bare.directionID == nil && bare.directionText == nil)
        #expect(bare.vehicleID == ping.vehicleID && bare.coordinate == ping.coordinate)
    }

    @Test func `what the caller's sink throws ends the replay`() throws {
        struct Full: Error {}
        var replay = Replay(network: try street.network())
        #expect(throws: Full.self) {
            try replay.run(street.pings()) { _ in throw Full() }
        }
    }
}
