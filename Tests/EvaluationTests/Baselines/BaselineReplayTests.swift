import ETAEngine
import Testing
import TransitModel

@testable import Evaluation

struct BaselineReplayTests {
    private let street = Street(tripCount: 2)

    private func rows(
        _ method: BaselineMethod, _ pings: [Ping]? = nil, every: Int = 60
    ) throws -> [UInt8] {
        let replay = BaselineReplay(network: try street.network(), method: method, every: every)
        var bytes: [UInt8] = []
        let summary = replay.run(pings ?? street.pings()) { bytes += $0 }
        #expect(bytes.count { $0 == .newline } == summary.rows + 1)
        return bytes
    }

    private func score(_ rows: [UInt8], late: Double = 0) throws -> ClassReport {
        var options = Scorer.Options()
        options.resamples = 0
        let text = String(decoding: street.truth().bytes, as: UTF8.self)
        let lines = text.split(separator: "\n").enumerated().map { index, line in
            let cells = line.split(separator: ",", omittingEmptySubsequences: false)
            guard index > 0, let arrival = Double(cells[4]) else { return String(line) }
            return (cells[..<4] + ["\(arrival + late)"] + cells[5...]).joined(separator: ",")
        }
        let truth = CSVSource(file: "truth", bytes: Array(lines.joined(separator: "\n").utf8))
        return try Scorer(network: street.network(), truth: truth, options: options)
            .score(predictions: CSVSource(file: "rows", bytes: rows)).figures(.midTrip)
    }

    @Test(arguments: BaselineMethod.allCases)
    func `the same pings give the same bytes`(method: BaselineMethod) throws {
        #expect(try rows(method) == rows(method))
    }

    @Test(arguments: [BaselineMethod.deviation, .kalman])
    func `what is received later changes no row from before`(method: BaselineMethod) throws {
        // Only the runs named later are known beforehand, so every run is named early.
        let named = [street.pings(of: 0)[0], street.pings(of: 1)[0]].map { ping in
            var ping = ping
            ping.vehicleID = "scout"
            ping.receivedAt = Timestamp(street.start(0) - 1200)
            return ping
        }
        let pings = named + street.pings()
        let cut = street.start(0) + 1500
        let early = try rows(method, pings.filter { $0.receivedAt.seconds <= cut })
        #expect(early.count > 10_000)
        #expect(try rows(method, pings).starts(with: early))
    }

    @Test func `a ping is seen when it was received`() throws {
        func firstLiveRow(delay: Double) throws -> Double? {
            let pings = street.pings(of: 0).map { ping in
                var ping = ping
                ping.receivedAt = ping.timestamp + delay
                return ping
            }
            let rows = String(decoding: try rows(.deviation, pings), as: UTF8.self)
            let row = rows.split(separator: "\n").first { $0.hasSuffix(",live") }
            return row?.split(separator: ",").first.flatMap { Double($0) }
        }
        let prompt = try #require(try firstLiveRow(delay: 0))
        #expect(try firstLiveRow(delay: 120) == prompt + 120)
    }

    @Test func `buses on time are foretold without error by the timetable moved`() throws {
        let figures = try score(rows(.deviation))
        #expect(figures.coverage.value == 100)
        #expect(figures.meanAbsoluteError.value ?? 99 < 1)
    }

    @Test func `buses that run late cost the timetable as much, and the moved one nothing`() throws
    {
        let pings = (street.pings(of: 0, late: 240) + street.pings(of: 1, late: 240))
            .sorted { $0.receivedAt < $1.receivedAt }
        #expect(try score(rows(.schedule, pings), late: 240).bias.value == 240)
        #expect(try score(rows(.deviation, pings), late: 240).meanAbsoluteError.value ?? 99 < 1)
    }

    @Test func `the second bus is foretold at the pace of the first`() throws {
        let slow = street.pings().map { ping in
            var ping = ping
            let index = ping.vehicleID == "v0" ? 0 : 1
            let gone = max(0, ping.timestamp.seconds - street.start(index)) * 0.25
            ping.timestamp = ping.timestamp + gone
            ping.receivedAt = ping.timestamp
            return ping
        }.sorted { $0.receivedAt < $1.receivedAt }
        let rows = String(decoding: try rows(.kalman, slow), as: UTF8.self)
        // At 07:00 the bus starts, the first link takes 130 s, the others 162.5 s.
        let last = rows.split(separator: "\n").first {
            $0.hasPrefix("\(Int(street.start(1))),v1,t1,") && $0.contains(",s10,")
        }
        let arrival = last?.split(separator: ",", omittingEmptySubsequences: false)[9]
        let expected = street.start(1) + 130 + 9 * 162.5
        #expect(abs((arrival.flatMap { Double($0) } ?? 0) - expected) <= 2)
    }

    @Test func `every ping is accounted for`() throws {
        let pings = street.pings() + street.pings().suffix(1)
        let summary = BaselineReplay(network: try street.network(), method: .deviation)
            .run(pings) { _ in }
        #expect(summary.pingsRead == pings.count)
        #expect(summary.rejected == [.duplicate: 1])
        #expect(summary.accepted == pings.count - 1)
        #expect(summary.matched == summary.accepted)
    }

    @Test func `the first line is the header even without pings`() throws {
        #expect(try rows(.kalman, []) == Array(PredictionRowWriter.header.utf8))
    }

    @Test func `rounds come as often as asked`() throws {
        let rows = String(decoding: try rows(.schedule, every: 600), as: UTF8.self)
        let moments = Set(
            rows.split(separator: "\n").dropFirst().compactMap {
                $0.split(separator: ",").first.flatMap { Int($0) }
            })
        #expect(moments.count > 5)
        #expect(moments.allSatisfy { $0 % 600 == 0 })
    }

    @Test func `what the caller's sink throws ends the replay`() throws {
        struct Full: Error {}
        let replay = BaselineReplay(network: try street.network(), method: .schedule)
        #expect(throws: Full.self) { try replay.run(street.pings()) { _ in throw Full() } }
    }
}
