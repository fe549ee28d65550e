import Hummingbird

/// Everything on the public listener.
enum PublicRoutes {
    static func router(
        live: LiveService, configuration: ServiceConfiguration
    ) -> Router<BasicRequestContext> {
        let router = Router(
            context: BasicRequestContext.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: PublicGate(logger: live.logger))
        FeedRoutes(showcase: live.showcase).add(to: router)
        ArrivalRoutes(showcase: live.showcase).add(to: router)
        NetworkRoutes(showcase: live.showcase).add(to: router)
        VehicleRoutes(showcase: live.showcase).add(to: router)
        AccuracyRoutes(live: live).add(to: router)
        PageRoutes(showcase: live.showcase, tiles: configuration.tiles).add(to: router)
        LeafletRoutes().add(to: router)
        HealthRoutes(live: live).add(to: router)
        IngestRoutes(live: live).add(to: router)
        return router
    }
}
