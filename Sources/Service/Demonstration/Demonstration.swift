import ETAEngine
import Logging
import ServiceLifecycle
import Simulation
import Storage
import TransitModel

/// Virtual buses that report over loopback as real ones would.
struct Demonstration: ServiceLifecycle.Service {
    let buses: Int
    let live: LiveService
    let addresses: AsyncStream<ServiceAddresses>
    let logger: Logger

    private static let seed: UInt64 = 1

    func run() async throws {
        do {
            try await cancelWhenGracefulShutdown { try await drive() }
        } catch is CancellationError {
        } catch {
            logger.error("the simulation has ended: \(error)")
        }
    }

    private func drive() async throws {
        guard let service = await addresses.first(where: { _ in true }),
            let network = live.showcase.published?.snapshot.network
        else { return }
        let fleet = try await SimulatedFleet(
            network: network, buses: buses, seed: Self.seed, now: live.clock, logger: logger)
        let tokens = try await live.admit(fleet.trackerIDs)
        let source = try DishubSource(
            url: fleet.dishubURL, name: "simulated-dishub", settings: fleet.dishubSettings,
            now: live.clock, logger: logger)
        try await withThrowingTaskGroup { group in
            group.addTask { try await source.run(into: live.sink) }
            group.addTask { try await fleet.run(postingTo: service.url, tokens: tokens) }
            defer { group.cancelAll() }
            try await group.next()
        }
    }
}

extension LiveService {
    /// Lets a device in for each virtual vehicle; its token of an earlier run no longer counts.
    @concurrent
    fileprivate nonisolated func admit(_ vehicleIDs: [String]) async throws -> [String: String] {
        let now = await moment()
        var tokens: [String: String] = [:]
        for vehicleID in vehicleIDs {
            let id = "sim-\(vehicleID)"
            _ = try stores.devices.revoke(id: id, at: now)
            tokens[vehicleID] = try stores.devices.add(
                Device(id: id, vehicleID: vehicleID, addedAt: now))
        }
        return tokens
    }
}
