import Feeds
import Foundation
import Synchronization
import Testing

@Suite(.serialized)
struct SwapTests {
    @Test func `versions are swapped under requests and no bus loses its run`() async throws {
        let scratch = try Scratch()
        let service = try await RunningService(in: scratch, "--simulate", "40")
        let isMoving = try await eventually {
            try await runs(of: service, renamed: false).count > 20
        }
        #expect(isMoving)
        let renamed = try RenamedFeed.write(to: scratch.path("renamed"))
        let bundled = Executable.repository.appendingPathComponent("GTFS/trans-padang").path
        let first = try await feed(of: service).feedVersion
        // Displays may have been set up under either version.
        for path in [renamed, bundled] { try use(path, in: service) }
        let readers = Readers(service)
        try await withThrowingTaskGroup { group in
            for number in 0..<4 { group.addTask { try await readers.run(number) } }
            for round in 0..<4 {
                let isRenamed = round.isMultiple(of: 2)
                let before = try await runs(of: service, renamed: !isRenamed)
                try use(isRenamed ? renamed : bundled, in: service)
                let after = try await runs(of: service, renamed: isRenamed)
                let version = try await feed(of: service).feedVersion
                #expect(version == (isRenamed ? RenamedFeed.version : first))
                #expect(try await eventually { readers.count >= (round + 1) * 20 })
                let kept = before.count { after[$0.key] == $0.value }
                #expect(kept * 10 >= before.count * 9, "\(kept) of \(before.count)")
            }
            readers.stop()
            try await group.waitForAll()
        }
        #expect(readers.failures == [])
        #expect(service.terminate() == 0)
    }

    @Test func `what was ordered and what waits survive a kill`() async throws {
        let scratch = try Scratch()
        let renamed = try RenamedFeed.write(to: scratch.path("renamed"))
        var service: RunningService? = try await RunningService(in: scratch)
        let control = try #require(service).control
        try use(renamed, in: try #require(service))
        let staged = try Executable.run(
            "gtfs", "use", renamed, "--from", "2099-12-01", "--control", control)
        #expect(staged.output.contains("from 2099-12-01"))
        try FileManager.default.removeItem(atPath: renamed)
        service = nil

        let again = try await RunningService(in: scratch)
        #expect(try await feed(of: again).feedVersion == RenamedFeed.version)
        let status = try Executable.run("status", "--control", control)
        #expect(status.output.contains("Staged    GTFS renamed-1 from 2099-12-01"))
        let cancelled = try Executable.run("gtfs", "cancel", "2099-12-01", "--control", control)
        #expect(cancelled.status == 0)
        #expect(
            try Executable.run("gtfs", "cancel", "2099-12-01", "--control", control).status == 2)
        #expect(
            try Executable.run("gtfs", "use", scratch.path("none.zip"), "--control", control)
                .status == 3)
    }

    @Test func `a GTFS that is replaced on the disk takes over by itself`() async throws {
        let scratch = try Scratch()
        let bundled = Executable.repository.appendingPathComponent("GTFS/trans-padang").path
        try FileManager.default.copyItem(atPath: bundled, toPath: scratch.path("gtfs"))
        let service = try await RunningService(in: scratch, "--gtfs", scratch.path("gtfs"))
        let renamed = try RenamedFeed.write(to: scratch.path("renamed"))
        try FileManager.default.moveItem(
            atPath: scratch.path("gtfs"), toPath: scratch.path("old"))
        try FileManager.default.moveItem(atPath: renamed, toPath: scratch.path("gtfs"))
        let hasTakenOver = try await eventually {
            try await feed(of: service).feedVersion == RenamedFeed.version
        }
        #expect(hasTakenOver)
    }

    private func use(_ path: String, in service: RunningService) throws {
        let use = try Executable.run("gtfs", "use", path, "--control", service.control)
        #expect(use.status == 0, "\(use.errors)")
    }

    private func feed(of service: RunningService) async throws -> DecodedFeed {
        try FeedDecoder().decode([UInt8](try await service.get("/gtfs-rt/feed").body))
    }

    /// The trip and start of each bus on a run, by the bundled ids.
    private func runs(
        of service: RunningService, renamed: Bool
    ) async throws -> [String: [String?]] {
        var runs: [String: [String?]] = [:]
        for vehicle in try await feed(of: service).vehicles {
            guard let id = vehicle.vehicle?.id, let trip = vehicle.trip else { continue }
            let tripID = trip.tripID.map { renamed ? RenamedFeed.renamed($0) : $0 }
            runs[id] = [tripID, trip.startTime]
        }
        return runs
    }
}

/// Boards and apps that never stop asking, by the ids that they once were given.
private final class Readers: Sendable {
    private let service: RunningService
    private let state = Mutex((count: 0, failures: [String](), isStopped: false))
    private static let paths = [
        "/gtfs-rt/trip-updates", "/gtfs-rt/vehicle-positions", "/gtfs-rt/feed",
        "/api/v1/board/TP0001", "/api/v1/stops/\(RenamedFeed.renamed("TP0001"))/arrivals",
        "/api/v1/vehicles", "/board/TP0001", "/gtfs.zip",
    ]

    init(_ service: RunningService) { self.service = service }

    var count: Int { state.withLock { $0.count } }
    var failures: [String] { state.withLock { $0.failures } }

    func stop() { state.withLock { $0.isStopped = true } }

    func run(_ number: Int) async throws {
        var step = number
        while !state.withLock({ $0.isStopped }), !Task.isCancelled {
            step += 1
            let path = Self.paths[step % Self.paths.count]
            let status = try? await service.get(path).status
            state.withLock {
                $0.count += 1
                if status != 200 { $0.failures.append("\(path): \(status ?? 0)") }
            }
        }
    }
}
