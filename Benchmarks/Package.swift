// swift-tools-version: 6.3
import PackageDescription

// A package of its own, so that what is measured is built without what the service needs besides.
// The sources are the main package's, through links.

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
    name: "Benchmarks",
    products: [.executable(name: "index-benchmark", targets: ["IndexBenchmark"])],
    targets: [
        .systemLibrary(name: "CAllocations"),
        .target(name: "Geometry", swiftSettings: settings),
        .target(name: "TransitModel", dependencies: ["Geometry"], swiftSettings: settings),
        .target(
            name: "ETAEngine", dependencies: ["Geometry", "TransitModel"], swiftSettings: settings),
        .executableTarget(
            name: "IndexBenchmark",
            dependencies: ["CAllocations", "ETAEngine", "Geometry", "TransitModel"],
            swiftSettings: settings),
    ],
    swiftLanguageModes: [.v6]
)
