import Foundation
import NIOHTTP1
import Testing

@Suite(.serialized)
struct DiskFaultTests {
    @Test(
        .enabled(if: SmallDisk.canBeMounted, "a tmpfs cannot be mounted here: run as root"))
    func `a full disk refuses pings, stops no feed, and is got over`() async throws {
        let scratch = try Scratch()
        let disk = try SmallDisk(in: scratch)
        let bus = try await Bus(RunningService(in: scratch))
        try await bus.postUntilAcknowledged()
        try disk.fill()
        // What the log has room for is still taken, and must then be kept.
        let refusal = try await bus.postUntilRefused()
        #expect([503, 507].contains(refusal.status))
        try await expectLife(of: bus)
        try disk.empty()
        try await expectRecovery(of: bus)
    }

    @Test(arguments: ["fdatasync:error=EIO", "pwrite64:error=EIO", "pwrite64:error=ENOSPC"])
    func `pings that the disk fails to keep are never acknowledged`(injection: String)
        async throws
    {
        let scratch = try Scratch()
        let bus = try await Bus(RunningService(in: scratch))
        try await bus.postUntilAcknowledged()
        let fault = try await FailingCalls(injection, of: bus.service.pid, in: scratch)
        for _ in 0..<10 {
            let answer = try await bus.post()
            #expect([503, 507].contains(answer.status), "\(answer.text)")
            #expect(answer.headers.first(name: "Retry-After").flatMap { Int($0) } != nil)
        }
        try await expectLife(of: bus)
        fault.lift()
        try await expectRecovery(of: bus)
    }

    @Test(arguments: ["fdatasync:error=EIO:when=1", "pwrite64:error=EIO:when=1"])
    func `a fault that happens once costs nothing that was acknowledged`(injection: String)
        async throws
    {
        let scratch = try Scratch()
        let bus = try await Bus(RunningService(in: scratch))
        try await bus.postUntilAcknowledged()
        let fault = try await FailingCalls(injection, of: bus.service.pid, in: scratch)
        #expect(try await bus.postUntilRefused().status == 503)
        try await expectRecovery(of: bus)
        fault.lift()
    }

    /// The service runs and publishes though its disk does not work.
    private func expectLife(of bus: Bus) async throws {
        let before = try await bus.feedTimestamp()
        let movesOn = try await eventually { try await bus.feedTimestamp() > before }
        #expect(movesOn)
        #expect(try await bus.service.get("/gtfs-rt/feed").status == 200)
        #expect(bus.service.isRunning)
    }

    /// Pings are taken again without a restart, and all that ever were outlive a kill.
    private func expectRecovery(of bus: Bus) async throws {
        let end = ContinuousClock.now
        try await bus.postUntilAcknowledged()
        #expect(ContinuousClock.now - end < .seconds(10))
        #expect(try await bus.duplicatesAfterKill() == bus.acknowledged.count)
    }
}

/// A tracker, the service that it posts to, and the times of its acknowledged pings.
private final class Bus {
    private(set) var service: RunningService
    private(set) var acknowledged: [Int64] = []
    private let token: String
    private var next = Int64(Date().timeIntervalSince1970) - 5_000

    init(_ service: RunningService) throws {
        self.service = service
        token = try service.addDevice("tracker-46", vehicle: "46")
    }

    /// Posts the next ping.
    func post() async throws -> RunningService.Answer {
        next += 1
        let answer = try await send([next])
        if answer.status == 200 { acknowledged.append(next) }
        return answer
    }

    /// Posts until five pings in a row were acknowledged.
    func postUntilAcknowledged() async throws {
        var count = 0
        let isTaken = try await eventually {
            count = try await self.post().status == 200 ? count + 1 : 0
            return count >= 5
        }
        #expect(isTaken)
    }

    /// Posts until a ping is refused, at most as often as would fill the log many times over.
    func postUntilRefused() async throws -> RunningService.Answer {
        var answer = try await post()
        for _ in 0..<20_000 where [200, 429].contains(answer.status) {
            answer = try await post()
        }
        return answer
    }

    /// When the feed was published, in unix seconds.
    func feedTimestamp() async throws -> Int64 {
        let feed = try await service.get("/gtfs-rt/feed.json")
        return try JSONDecoder().decode(Feed.self, from: feed.body).header.timestamp
    }

    /// Kills the service, starts it anew, posts all acknowledged pings again, and answers how many
    /// of them it has.
    func duplicatesAfterKill() async throws -> Int {
        let (scratch, killed) = (service.scratch, service)
        kill(killed.pid, SIGKILL)
        _ = try await eventually { !killed.isRunning }
        service = try await RunningService(in: scratch)
        let answer = try await send(acknowledged)
        return try JSONDecoder().decode(Receipt.self, from: answer.body).duplicate
    }

    private func send(_ times: [Int64]) async throws -> RunningService.Answer {
        let pings = times.map { time in
            """
            {"vehicle_id":"46","timestamp":\(time),"latitude":-0.9527,"longitude":100.3636}
            """
        }
        let body = "[" + pings.joined(separator: ",") + "]"
        return try await service.post("/ingest/v1/pings", token: token, body)
    }

    private struct Feed: Decodable {
        struct Header: Decodable {
            var timestamp: Int64
        }

        var header: Header
    }

    private struct Receipt: Decodable {
        var duplicate: Int
    }
}
