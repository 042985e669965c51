// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

let package = Package(
    name: "trainledger",
    products: [
        .executable(name: "trainledger", targets: ["trainledger"]),
        .executable(name: "trainledger-ingest", targets: ["trainledger-ingest"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0", traits: []),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.0"),
        .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.0"),
    ],
    targets: [
        // C floor
        .systemLibrary(name: "CLZ4", pkgConfig: "liblz4", providers: [.apt(["liblz4-dev"])]),
        .systemLibrary(name: "CLibCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CNats", pkgConfig: "libnats", providers: [.apt(["libnats-dev"])]),
        .target(name: "CCRC32C"),
        .target(name: "CFileSpace"),

        // Layers, lowest first; a target imports only what stands above it in this list.
        .target(name: "CivilTime", swiftSettings: settings),
        .target(
            name: "EventLog",
            dependencies: ["CLZ4", "CLibCrypto", "CCRC32C", "CFileSpace"],
            swiftSettings: settings),
        .target(
            name: "Transparency", dependencies: ["EventLog", .product(name: "Crypto", package: "swift-crypto")],
            swiftSettings: settings),
        .target(name: "TrainingEvents", dependencies: ["CivilTime"], swiftSettings: settings),
        .target(
            name: "PersonalData",
            dependencies: ["EventLog", "TrainingEvents", .product(name: "Crypto", package: "swift-crypto")],
            swiftSettings: settings),
        .target(
            name: "Access",
            dependencies: [
                "CivilTime", "TrainingEvents", .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
            ],
            swiftSettings: settings),
        .target(name: "Histories", dependencies: ["CivilTime", "TrainingEvents"], swiftSettings: settings),
        .target(
            name: "Rulebook",
            dependencies: ["CivilTime", "Yams", .product(name: "Crypto", package: "swift-crypto")],
            resources: [.embedInCode("Books")],
            swiftSettings: settings),
        .target(
            name: "Decisions", dependencies: ["CivilTime", "TrainingEvents", "Histories", "Rulebook"],
            swiftSettings: settings),
        .target(
            name: "Ledger",
            dependencies: [
                "CLZ4", "CivilTime", "EventLog", "Transparency", "TrainingEvents", "PersonalData", "Access",
                "Histories",
                "Rulebook", "Decisions",
            ],
            swiftSettings: settings),
        .target(
            name: "Explanations",
            dependencies: ["CivilTime", "TrainingEvents", "Access", "Histories", "Rulebook", "Decisions", "Ledger"],
            swiftSettings: settings),
        .target(
            name: "Spreadsheets",
            dependencies: [
                "CivilTime", "TrainingEvents", "Ledger", "Explanations",
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: settings),
        .target(
            name: "Exports",
            dependencies: [
                "CivilTime", "EventLog", "TrainingEvents", "Histories", "Rulebook", "Decisions", "Ledger",
                "Spreadsheets", .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: settings),
        .target(
            name: "LedgerServer",
            dependencies: [
                "CivilTime", "EventLog", "Transparency", "TrainingEvents", "PersonalData", "Access", "Histories",
                "Rulebook", "Decisions", "Ledger", "Explanations", "Spreadsheets",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Mustache", package: "swift-mustache"), .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "JWTKit", package: "jwt-kit"),
            ],
            resources: [.embedInCode("Templates"), .embedInCode("Assets")],
            swiftSettings: settings),
        .target(
            name: "CommandKit",
            dependencies: [
                "CivilTime", "TrainingEvents", "PersonalData", "Access", "Ledger", "Explanations",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: settings),
        .executableTarget(
            name: "trainledger",
            dependencies: [
                "CivilTime", "EventLog", "Transparency", "TrainingEvents", "PersonalData", "Access", "Histories",
                "Rulebook", "Decisions", "Ledger", "Explanations", "Spreadsheets", "Exports", "LedgerServer",
                "LedgerTestKit", "CommandKit",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: settings),
        // Apart, so that the main program needs no libnats.
        .target(
            name: "Ingest", dependencies: ["CNats", "CivilTime", "TrainingEvents", "Ledger"],
            swiftSettings: settings),
        .executableTarget(
            name: "trainledger-ingest",
            dependencies: [
                "CivilTime", "TrainingEvents", "Access", "Ledger", "Explanations", "CommandKit", "Ingest",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: settings),
        .target(
            name: "LedgerTestKit",
            dependencies: ["CivilTime", "EventLog", "TrainingEvents", "Histories", "Rulebook", "Decisions", "Ledger"],
            swiftSettings: settings),

        .testTarget(name: "CivilTimeTests", dependencies: ["CivilTime"], swiftSettings: settings),
        .testTarget(
            name: "TrainingEventsTests", dependencies: ["TrainingEvents", "CivilTime"], swiftSettings: settings),
        .executableTarget(
            name: "LogWorkload", dependencies: ["EventLog"], path: "Tests/LogWorkload", swiftSettings: settings),
        .testTarget(
            name: "EventLogTests",
            dependencies: [
                "EventLog", "LedgerTestKit", "CCRC32C", "LogWorkload",
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: settings),
        .testTarget(
            name: "TransparencyTests",
            dependencies: [
                "Transparency", "EventLog", "LedgerTestKit", .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: settings),
        .testTarget(
            name: "PersonalDataTests",
            dependencies: [
                "PersonalData", "TrainingEvents", "EventLog", "LedgerTestKit",
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: settings),
        .testTarget(
            name: "AccessTests", dependencies: ["Access", "TrainingEvents", "CivilTime"], swiftSettings: settings),
        .testTarget(
            name: "HistoriesTests", dependencies: ["Histories", "TrainingEvents", "CivilTime", "LedgerTestKit"],
            swiftSettings: settings),
        .testTarget(
            name: "DecisionsTests",
            dependencies: ["Decisions", "Histories", "Rulebook", "TrainingEvents", "CivilTime", "LedgerTestKit"],
            swiftSettings: settings),
        .testTarget(name: "RulebookTests", dependencies: ["Rulebook", "CivilTime"], swiftSettings: settings),
        .testTarget(
            name: "LedgerTests",
            dependencies: [
                "Ledger", "LedgerTestKit", "CivilTime", "EventLog", "Transparency", "TrainingEvents", "PersonalData",
                "Access", "Histories", "Rulebook", "Decisions", "CLZ4",
            ],
            swiftSettings: settings),
        .testTarget(
            name: "ExportsTests",
            dependencies: [
                "Exports", "Ledger", "LedgerTestKit", "CivilTime", "EventLog", "TrainingEvents", "Histories",
                "Rulebook", "Decisions", .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: settings),
        .testTarget(
            name: "SpreadsheetsTests",
            dependencies: ["Spreadsheets", "Explanations", "Ledger", "TrainingEvents", "CivilTime"],
            swiftSettings: settings),
        .executableTarget(
            name: "ProofWorkload", dependencies: ["EventLog", "Transparency", "Ledger", "LedgerTestKit"],
            path: "Tests/ProofWorkload",
            swiftSettings: settings),
        .executableTarget(
            name: "BitWorkload",
            dependencies: [
                "EventLog", "Transparency", "PersonalData", "Ledger", "Rulebook", "CivilTime", "TrainingEvents",
            ],
            path: "Tests/BitWorkload",
            swiftSettings: settings),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "trainledger", "ProofWorkload", "BitWorkload", "CivilTime", "TrainingEvents", "Ledger",
                .product(name: "Subprocess", package: "swift-subprocess"),
            ],
            swiftSettings: settings),
        .testTarget(
            name: "CorpusTests",
            dependencies: [
                "Explanations", "Ledger", "Decisions", "Histories", "Rulebook", "TrainingEvents", "CivilTime",
                "LedgerTestKit", "Yams",
            ],
            exclude: ["README.md", "Cases"], swiftSettings: settings),
        .testTarget(
            name: "LedgerServerTests",
            dependencies: [
                "LedgerServer", "Ledger", "Access", "CivilTime", "TrainingEvents", "Yams",
                .product(name: "JWTKit", package: "jwt-kit"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "NIOEmbedded", package: "swift-nio"), .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: settings),
        .executableTarget(
            name: "JetStreamWorkload",
            dependencies: ["CNats", "TrainingEvents", "Ledger", "LedgerTestKit", "CivilTime", "Ingest"],
            path: "Tests/JetStreamWorkload", swiftSettings: settings),
        .testTarget(
            name: "IngestTests",
            dependencies: [
                "Ingest", "JetStreamWorkload", "trainledger-ingest", "Ledger", "Access", "TrainingEvents",
                "PersonalData",
                "CivilTime", .product(name: "Subprocess", package: "swift-subprocess"),
            ],
            swiftSettings: settings),
        .testTarget(name: "TidyTests", swiftSettings: settings),
        .testTarget(
            name: "LedgerTestKitTests", dependencies: ["LedgerTestKit", "TrainingEvents", "CivilTime"],
            swiftSettings: settings),
    ]
)
