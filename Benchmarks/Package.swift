// swift-tools-version: 6.3
import PackageDescription

// A package of its own, so that what is measured is built without what the service needs besides.
// The sources are the main package's, through links.

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

/// A Swift target with the project's settings.
func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

/// A program that measures.
func benchmark(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(name: name, dependencies: dependencies, swiftSettings: settings)
}

let package = Package(
    name: "Benchmarks",
    products: [
        .executable(name: "engine-benchmark", targets: ["EngineBenchmark"]),
        .executable(name: "index-benchmark", targets: ["IndexBenchmark"]),
    ],
    targets: [
        .systemLibrary(
            name: "CProtobufC", pkgConfig: "libprotobuf-c",
            providers: [.apt(["libprotobuf-c-dev"])]),
        .systemLibrary(name: "CISAL", pkgConfig: "libisal", providers: [.apt(["libisal-dev"])]),
        .systemLibrary(name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .target(name: "CGTFSRealtime", dependencies: ["CProtobufC"]),
        .systemLibrary(name: "CAllocations"),

        module("Geometry"),
        module("TransitModel", ["Geometry"]),
        module("Ingestion", ["CISAL", "CZip", "CZlib", "Geometry", "TransitModel"]),
        module("ETAEngine", ["Geometry", "TransitModel"]),
        module("Feeds", ["CGTFSRealtime", "CProtobufC", "ETAEngine", "Geometry", "TransitModel"]),
        module("Simulation", ["Geometry", "TransitModel"]),

        module("Measuring"),
        benchmark(
            "EngineBenchmark",
            [
                "CAllocations", "ETAEngine", "Feeds", "Ingestion", "Measuring", "Simulation",
                "TransitModel",
            ]),
        benchmark(
            "IndexBenchmark",
            ["CAllocations", "ETAEngine", "Geometry", "Measuring", "TransitModel"]),
    ],
    swiftLanguageModes: [.v6]
)
