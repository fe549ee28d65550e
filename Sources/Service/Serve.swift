import Foundation
public import Logging
import ServiceLifecycle
import Storage

/// Serves a timetable until the process is told to stop (SIGTERM, SIGINT); reads it anew on SIGHUP.
///
/// Returns when everything is finished and saved, within five seconds. Files that it makes are for
/// their owner only.
///
/// - Parameters:
///   - configuration: What to serve, and where.
///   - logger: Where trouble goes.
///   - onReady: Is told once, as soon as requests are answered.
/// - Throws: One line for people when it cannot start.
public func serve(
    _ configuration: ServiceConfiguration, logger: Logger,
    onReady: @escaping @Sendable (ServiceAddresses) async -> Void = { _ in }
) async throws {
    umask(0o077)
    let database = try Database(directory: configuration.dataDirectory)
    let lock = try DirectoryLock(directory: configuration.dataDirectory)
    let group = try ServiceAssembly(
        configuration, stores: Stores(database), logger: logger, onReady: onReady
    ).group()
    do {
        try await group.run()
    } catch is ServiceGroupError {
        logger.warning("some connections had to be cut")
    }
    try database.close()
    withExtendedLifetime(lock) {}
}
