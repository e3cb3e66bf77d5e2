// swift-tools-version:6.2
import PackageDescription

let features: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    // Run-time checks of exclusive access cost a fifth of the time of a plugin call; debug builds keep them.
    .unsafeFlags(["-enforce-exclusivity=unchecked"], .when(configuration: .release)),
]

let package = Package(
    name: "viewerhost",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "host", targets: ["host"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    ],
    targets: [
        // Portable: these also compile as Embedded Swift to wasm32 (`make wasm`).
        .systemLibrary(name: "CLua", pkgConfig: "lua5.4", providers: [.apt(["liblua5.4-dev"])]),
        .target(name: "CBridge", dependencies: ["CLua"]),
        .target(name: "Events", dependencies: ["CBridge"], swiftSettings: features),
        .target(name: "Sketches", swiftSettings: features),
        .target(name: "Lua", dependencies: ["CLua", "CBridge", "Sketches"], swiftSettings: features),
        .target(name: "Plugins", dependencies: ["Events", "Lua", "CBridge"], swiftSettings: features),
        .target(name: "Archives", dependencies: ["Events"], swiftSettings: features),
        .target(name: "PluginTesting", dependencies: ["CBridge", "Events", "Lua", "Plugins"], swiftSettings: features),
        // The exports of `engine.wasm`.
        .target(
            name: "Engine", dependencies: ["Archives", "CBridge", "Events", "Lua", "Plugins", "PluginTesting"],
            swiftSettings: features),

        // Native only.
        .target(name: "CWasmtime"),
        .target(
            name: "Wasm", dependencies: ["CBridge", "CWasmtime", "Events", "Lua", "Plugins"], swiftSettings: features),
        .systemLibrary(name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
        // zlib comes with libzip.
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .target(
            name: "ArchiveFiles", dependencies: ["Archives", "Events", "CZip", "CZlib"], swiftSettings: features),
        .systemLibrary(name: "CNettle", pkgConfig: "nettle", providers: [.apt(["nettle-dev"])]),
        .target(
            name: "Store",
            dependencies: [
                "CBridge", "CNettle", "Events", .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ],
            swiftSettings: features
        ),
        .systemLibrary(name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
        .systemLibrary(name: "CXXHash", pkgConfig: "libxxhash", providers: [.apt(["libxxhash-dev"])]),
        .target(name: "CModels", cSettings: [.unsafeFlags(["-O3"])]),
        .target(name: "Models", dependencies: ["CModels", "COpenBLAS", "CXXHash", "Events"], swiftSettings: features),
        .target(name: "Privacy", dependencies: ["Events"], swiftSettings: features),
        .target(
            name: "HostCore",
            dependencies: [
                "CBridge", "CNettle", "Events", "Lua", "Plugins", "Archives", "ArchiveFiles", "Store", "Models",
                "Privacy",
                "Wasm",
            ],
            swiftSettings: features
        ),
        .target(
            name: "Harness", dependencies: ["CBridge", "Events", "Lua", "Plugins", "PluginTesting", "Wasm"],
            swiftSettings: features),
        .executableTarget(
            name: "host",
            dependencies: [
                "HostCore", "Harness", "Archives", "Models", "Plugins", "Events", "Privacy", "Wasm",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: features
        ),

        // What `Benchmarks/models.py` runs.
        .executableTarget(
            name: "models-bench", dependencies: ["Models"], path: "Benchmarks/ModelsBench", swiftSettings: features),

        .target(name: "TestSupport", dependencies: ["CBridge"], path: "Tests/TestSupport", swiftSettings: features),
        .testTarget(name: "EventsTests", dependencies: ["Events", "TestSupport"], swiftSettings: features),
        .testTarget(name: "SketchesTests", dependencies: ["Sketches", "TestSupport"], swiftSettings: features),
        .testTarget(
            name: "LuaTests", dependencies: ["Lua", "CLua", "CBridge", "TestSupport"], swiftSettings: features),
        .testTarget(
            name: "PluginsTests", dependencies: ["Plugins", "Events", "Lua", "TestSupport"], swiftSettings: features),
        .testTarget(
            name: "ArchivesTests", dependencies: ["Archives", "Events", "TestSupport"], swiftSettings: features),
        .testTarget(
            name: "ArchiveFilesTests", dependencies: ["ArchiveFiles", "Archives", "Events", "TestSupport"],
            swiftSettings: features),
        .testTarget(
            name: "StoreTests", dependencies: ["Store", "Events", "TestSupport"], exclude: ["sealed.py"],
            swiftSettings: features),
        .testTarget(name: "PrivacyTests", dependencies: ["Privacy", "Events", "TestSupport"], swiftSettings: features),
        .testTarget(
            name: "ModelsTests", dependencies: ["CXXHash", "Models", "Events", "TestSupport"], swiftSettings: features),
        .testTarget(
            name: "HarnessTests", dependencies: ["Harness", "PluginTesting", "Events", "TestSupport", "Wasm"],
            swiftSettings: features),
        .testTarget(
            name: "ConformanceTests", dependencies: ["Wasm", "Plugins", "Events", "Lua", "TestSupport"],
            swiftSettings: features),
        .testTarget(
            name: "HostCoreTests", dependencies: ["HostCore", "Lua", "Models"], swiftSettings: features),
        .testTarget(
            name: "CommandTests", dependencies: ["host", "Events", "TestSupport"],
            exclude: ["Privacy/check_report.py", "Privacy/make_store.py"], swiftSettings: features),
        // Opens the pages that `make web` builds; the cases are Python's.
        .testTarget(
            name: "WebTests", dependencies: ["host"],
            exclude: ["archives.py", "cases.py", "conformance.py", "drive.py", "segments.py", "webdriver.py"],
            swiftSettings: features),
    ],
    cxxLanguageStandard: .cxx17
)
