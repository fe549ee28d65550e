// swift-tools-version: 6.3
import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

/// A Swift target with the project's settings.
func module(
    _ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource] = []
) -> Target {
    .target(
        name: name, dependencies: dependencies, resources: resources, swiftSettings: settings)
}

/// The test target that twins a module.
func tests(
    of name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource] = []
) -> Target {
    .testTarget(
        name: name + "Tests", dependencies: [.byName(name: name)] + dependencies,
        resources: resources, swiftSettings: settings)
}

/// Everything that the service speaks and listens with.
let network: [Target.Dependency] = [
    .product(name: "AsyncHTTPClient", package: "async-http-client"),
    .product(name: "Hummingbird", package: "hummingbird"),
    .product(name: "HummingbirdCore", package: "hummingbird"),
    .product(name: "Logging", package: "swift-log"),
    .product(name: "NIOCore", package: "swift-nio"),
    .product(name: "NIOHTTP1", package: "swift-nio"),
    .product(name: "NIOPosix", package: "swift-nio"),
    .product(name: "NIOSSL", package: "swift-nio-ssl"),
    .product(name: "NIOWebSocket", package: "swift-nio"),
    .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
    .product(name: "UnixSignals", package: "swift-service-lifecycle"),
]

let package = Package(
    name: "TransPadang",
    products: [.executable(name: "transpadang", targets: ["transpadang"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        .systemLibrary(
            name: "CProtobufC", pkgConfig: "libprotobuf-c",
            providers: [.apt(["libprotobuf-c-dev"])]),
        .systemLibrary(
            name: "CMosquitto", pkgConfig: "libmosquitto",
            providers: [.apt(["libmosquitto-dev"])]),
        .systemLibrary(name: "CISAL", pkgConfig: "libisal", providers: [.apt(["libisal-dev"])]),
        .systemLibrary(name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .target(name: "CGTFSRealtime", dependencies: ["CProtobufC"]),

        module("Geometry"),
        module("TransitModel", ["Geometry"]),
        module("Ingestion", ["CISAL", "CZip", "CZlib", "Geometry", "TransitModel"]),
        module("ETAEngine", ["Geometry", "TransitModel"]),
        module("Feeds", ["CGTFSRealtime", "CProtobufC", "ETAEngine", "Geometry", "TransitModel"]),
        module(
            "Storage",
            [
                "ETAEngine", "Geometry", "TransitModel",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ]),
        module("Simulation", ["Geometry", "TransitModel"]),
        module("Evaluation", ["ETAEngine", "Geometry", "TransitModel"]),
        module(
            "Service",
            [
                "CMosquitto", "CZip", "ETAEngine", "Feeds", "Geometry", "Ingestion", "Simulation",
                "Storage", "TransitModel",
            ] + network, resources: [.embedInCode("Pages")]),
        .executableTarget(
            name: "transpadang",
            dependencies: [
                "ETAEngine", "Evaluation", "Feeds", "Ingestion", "Service", "Simulation",
                "Storage", "TransitModel",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOFoundationCompat", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ], swiftSettings: settings),

        tests(of: "Geometry"),
        tests(of: "TransitModel", ["Geometry"]),
        tests(of: "Ingestion", ["Geometry", "TransitModel"]),
        tests(of: "ETAEngine", ["Geometry", "TransitModel"]),
        tests(of: "Feeds", ["CGTFSRealtime", "ETAEngine", "Geometry", "TransitModel"]),
        tests(
            of: "Storage",
            [
                "ETAEngine", "Geometry", "TransitModel",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "GRDB", package: "GRDB.swift"),
            ]),
        tests(of: "Simulation", ["Geometry", "TransitModel"]),
        tests(of: "Evaluation", ["ETAEngine", "Geometry", "Simulation", "TransitModel"]),
        tests(
            of: "Service",
            [
                "ETAEngine", "Feeds", "Geometry", "Ingestion", "Simulation", "Storage",
                "TransitModel",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "HummingbirdTesting", package: "hummingbird"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
            ] + network),
        tests(
            of: "transpadang",
            [
                "ETAEngine", "Feeds", "Geometry", "Ingestion", "Simulation", "TransitModel",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "Feeds", "Storage", "TransitModel", "transpadang",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOFoundationCompat", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ], swiftSettings: settings),
    ],
    swiftLanguageModes: [.v6]
)
