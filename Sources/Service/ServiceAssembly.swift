import Hummingbird
import HummingbirdCore
import Ingestion
import Logging
import ServiceLifecycle
import Storage
import TransitModel
import UnixSignals

/// The parts of a running service, and in what order they start and stop.
struct ServiceAssembly {
    private let configuration: ServiceConfiguration
    private let logger: Logger
    private let opening: Opening
    private let live: LiveService
    private let addresses: AsyncStream<ServiceAddresses>

    /// Time for finishing what is under way before connections are cut.
    private static let patience = Duration.seconds(2)

    init(
        _ configuration: ServiceConfiguration, stores: Stores, logger: Logger,
        onReady: @escaping @Sendable (ServiceAddresses) async -> Void
    ) {
        self.configuration = configuration
        self.logger = logger
        let (addresses, continuation) = AsyncStream.makeStream(of: ServiceAddresses.self)
        self.addresses = addresses
        let opening = Opening(configuration) { addresses in
            await onReady(addresses)
            continuation.yield(addresses)
            continuation.finish()
        }
        self.opening = opening
        live = LiveService(
            gtfsPath: configuration.gtfsPath, stores: stores, logger: logger,
            limits: configuration.limits, onReady: { await opening.serves($0) })
    }

    /// Everything; what stands last is stopped first: sources, listeners, and the live state at last.
    func group() throws -> ServiceGroup {
        typealias Part = ServiceGroupConfiguration.ServiceConfiguration
        let core: [any ServiceLifecycle.Service] = [
            live, Upkeep(live: live, retention: configuration.retention),
            ReloadOnSignal(live: live), Rollover(live: live),
            try controlListener(), publicListener(),
        ]
        let optional = try feeders().map {
            Part(
                service: $0, successTerminationBehavior: .ignore,
                failureTerminationBehavior: .ignore)
        }
        var group = ServiceGroupConfiguration(
            services: core.map { Part(service: $0) } + optional,
            gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        group.maximumGracefulShutdownDuration = Self.patience
        return ServiceGroup(configuration: group)
    }

    /// For the web framework, which calls every broken connection an error.
    private var quietLogger: Logger {
        var quiet = logger
        quiet.logLevel = .critical
        return quiet
    }

    private func publicListener() -> Listener {
        let router = PublicRoutes.router(live: live, configuration: configuration)
        let address = configuration.listen
        let intake = live.intake
        // The lane sees to idle connections.
        let http = HTTP1Channel.Configuration(
            additionalChannelHandlers: [LaneEntrance(intake)], idleTimeout: nil,
            httpDecoderConfiguration: .init(
                maxHeaderFieldSize: LaneHead.longest, maxHeaderListSize: LaneHead.longest))
        let app = Application(
            router: router, server: .http1(configuration: http),
            configuration: .init(address: .hostname(address.host, port: address.port)),
            onServerRunning: { await opening.listens(at: $0.localAddress?.port) },
            logger: quietLogger)
        return Listener(app: app, name: "\(address)", hint: "choose another --listen")
    }

    private func controlListener() throws -> Listener {
        let path = configuration.controlSocketPath
        let socket = try ControlSocket(path: path)
        let app = Application(
            router: ControlRoutes.router(live: live),
            configuration: .init(address: .unixDomainSocket(path: path)),
            onServerRunning: { _ in
                socket.restrict()
                await opening.opened(.controlListener)
            }, logger: quietLogger)
        return Listener(
            app: app, name: "unix:\(path)", hint: "choose another --control",
            onEnd: { socket.remove() })
    }

    /// Outside sources and the demonstration; the service goes on without any of them.
    private func feeders() throws -> [any ServiceLifecycle.Service] {
        let sources = try SourceBoard.sources(
            at: configuration.sources, now: live.clock, logger: logger)
        live.sources.show(sources)
        var feeders: [any ServiceLifecycle.Service] = sources.map {
            SourceService(source: $0, live: live, logger: logger)
        }
        if configuration.simulatedBuses > 0 {
            feeders.append(
                Demonstration(
                    buses: configuration.simulatedBuses, live: live, addresses: addresses,
                    logger: logger))
        }
        return feeders
    }
}
