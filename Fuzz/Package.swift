// swift-tools-version: 6.3
import PackageDescription

// A package of its own: libFuzzer brings the entry point of its executables, which would disturb
// the tests of the main package. The sources are the main package's, through links.

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

/// Both in one flag: of several, the compiler heeds only the last.
let sanitizers = "-sanitize=fuzzer,address"

/// A module of the main package, with its internals open to the fuzz targets.
func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(
        name: name, dependencies: dependencies,
        swiftSettings: settings + [.unsafeFlags(["-enable-testing", sanitizers])])
}

/// An executable whose `main` is libFuzzer's.
func fuzzer(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .executableTarget(
        name: name,
        dependencies: ["FuzzedFeeds", "Geometry", "Ingestion", "TransitModel"] + dependencies,
        swiftSettings: settings + [.unsafeFlags(["-parse-as-library", sanitizers])],
        linkerSettings: [.unsafeFlags([sanitizers])])
}

let package = Package(
    name: "Fuzz",
    targets: [
        .systemLibrary(name: "CISAL", pkgConfig: "libisal", providers: [.apt(["libisal-dev"])]),
        .systemLibrary(name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        module("Geometry"),
        module("TransitModel", ["Geometry"]),
        module("Ingestion", ["CISAL", "CZip", "CZlib", "Geometry", "TransitModel"]),
        module("FuzzedFeeds", ["Geometry", "Ingestion", "TransitModel"]),
        fuzzer("FuzzCSV"),
        fuzzer("FuzzArchive", ["CZlib"]),
        fuzzer("FuzzCompiler"),
        fuzzer("FuzzPings"),
        module("Hummingbird"),
        module("Intake", ["Hummingbird"]),
        fuzzer("FuzzHead", ["Hummingbird", "Intake"]),
    ],
    swiftLanguageModes: [.v6]
)
