import ETAEngine
import Ingestion
import Logging
import ServiceLifecycle
import TransitModel

/// Runs a source of pings into the live state.
struct SourceService: ServiceLifecycle.Service {
    let source: any PingSource
    let live: LiveService
    let logger: Logger

    func run() async throws {
        do {
            try await cancelWhenGracefulShutdown {
                try await live.waitUntilReady()
                if let area = live.surroundings { source.prepare(for: area) }
                try await source.run(into: live.sink)
            }
        } catch is CancellationError {
        } catch {
            logger.error("source \(source.name) has ended: \(error)")
        }
    }
}

extension LiveService {
    /// Where sources hand over pings; the moment of receipt is ours.
    nonisolated var sink: @Sendable ([Ping]) async throws -> Void {
        { pings in
            let now = await self.moment()
            let received = pings.map { ping in
                var ping = ping
                ping.receivedAt = now
                return ping
            }
            try await self.intake.keep(received)
        }
    }

    /// Where buses can be; nil before a timetable is in force.
    nonisolated var surroundings: BoundingBox? {
        (showcase.published?.snapshot.network).flatMap { BoundingBox(around: $0) }
    }

    /// Returns once something is published.
    nonisolated func waitUntilReady() async throws {
        while showcase.published == nil { try await Task.sleep(for: .milliseconds(50)) }
    }
}
