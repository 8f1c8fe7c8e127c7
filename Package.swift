// swift-tools-version: 6.2
import PackageDescription

// Every target of ours is compiled the same way: language mode 6, imports that stay inside unless said `public`, and no
// warning left standing.
let house: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

let strictC: [CSetting] = [.unsafeFlags(["-std=c11", "-Wall", "-Wextra", "-Werror"])]

let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

let package = Package(
    name: "strongroom",
    products: [
        .executable(name: "strongroom", targets: ["strongroom"]),
        .executable(name: "strongroom-verify", targets: ["strongroom-verify"]),
        .library(name: "Cedar", targets: ["Cedar"]),
        .library(name: "TransparencyLog", targets: ["TransparencyLog"]),
        .library(name: "Sealing", targets: ["Sealing"]),
        .library(name: "EncryptedStore", targets: ["EncryptedStore"]),
        .library(name: "WorkingDays", targets: ["WorkingDays"]),
    ],
    dependencies: [
        // HPKE with the hybrid X-Wing, ML-DSA-65, Ed25519, AES-GCM, HKDF, scrypt: one typed, maintained implementation.
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        // SQLite with statement caching, transactions that cannot be left open, and online backup.
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        // The command line: parsing, help and completions.
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        // The policy profile's data files are YAML, which councils can correct by hand.
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    ],
    targets: [
        // floor 0: instruments, none of which knows the word adoption
        .target(name: "Cedar", swiftSettings: house),
        .target(name: "TransparencyLog", dependencies: [crypto], swiftSettings: house),
        .target(name: "Sealing", dependencies: [crypto, cryptoExtras], swiftSettings: house),
        .target(name: "EncryptedStore", dependencies: ["CPageCipher", grdb, sqlite], swiftSettings: house),
        // The page cipher is C because SQLite calls it: a disk (VFS) below the system's SQLite, sealing with the system's
        // libcrypto. Everything above it is Swift.
        .target(
            name: "CPageCipher", cSettings: strictC,
            linkerSettings: [.linkedLibrary("sqlite3"), .linkedLibrary("crypto")]),
        .target(name: "WorkingDays", swiftSettings: house),
        // floor 1: the domain, pure
        .target(name: "Adoption", dependencies: ["WorkingDays"], swiftSettings: house),
        // floor 2: the one door, and what comes and goes through it
        .target(
            name: "Strongroom",
            dependencies: [
                "Adoption", "Cedar", "EncryptedStore", "Sealing", "TransparencyLog", "WorkingDays", crypto, yams,
            ],
            swiftSettings: house),
        .target(name: "Exchange", dependencies: ["Strongroom", "Adoption", "WorkingDays"], swiftSettings: house),
        // floor 3: words <-> calls
        // QR codes for the pages custodians keep: the system's libqrencode (Debian: libqrencode-dev), because there is no
        // maintained package in Swift that runs on Linux and draws nothing else.
        .systemLibrary(name: "CQREncode"),
        .target(
            name: "CommandLine",
            dependencies: [
                "Strongroom", "Exchange", "Adoption", "CQREncode", "Sealing", "WorkingDays", arguments,
            ],
            swiftSettings: house),
        // floor 4: parse, call, exit
        .executableTarget(name: "strongroom", dependencies: ["CommandLine"], swiftSettings: house),
        .executableTarget(name: "strongroom-verify", dependencies: ["TransparencyLog"], swiftSettings: house),
        // programs that measure
        .executableTarget(
            name: "bench-policy", dependencies: ["Cedar"], path: "Tests/Bench/Policy", exclude: ["peer.py"],
            swiftSettings: house),
        // tests, each through its room's public door
        .testTarget(name: "CedarTests", dependencies: ["Cedar"], swiftSettings: house),
        .testTarget(name: "TransparencyLogTests", dependencies: ["TransparencyLog"], swiftSettings: house),
        .testTarget(name: "SealingTests", dependencies: ["Sealing"], swiftSettings: house),
        .testTarget(name: "WorkingDaysTests", dependencies: ["WorkingDays"], swiftSettings: house),
        .testTarget(
            name: "PageCipherTests",
            dependencies: ["CPageCipher", "CPageCipherTesting", "CPowerLossDisk", "CFaultDisk"], swiftSettings: house),
        .testTarget(
            name: "EncryptedStoreTests", dependencies: ["EncryptedStore", "CFaultDisk", "CPageCipherTesting"],
            swiftSettings: house),
        .testTarget(name: "AdoptionTests", dependencies: ["Adoption", "WorkingDays"], swiftSettings: house),
        .testTarget(name: "PolicyTests", dependencies: ["Cedar"], swiftSettings: house),
        .testTarget(
            name: "StrongroomTests",
            dependencies: [
                "StrongroomTesting", "Strongroom", "Adoption", "Cedar", "EncryptedStore", "Sealing", "TransparencyLog",
                "WorkingDays", crypto,
            ],
            exclude: ["low-variety-columns.txt"], swiftSettings: house),
        .testTarget(
            name: "ExchangeTests",
            dependencies: ["Exchange", "Strongroom", "StrongroomTesting", "Adoption", "WorkingDays"],
            swiftSettings: house),
        .testTarget(
            name: "CommandLineTests",
            dependencies: ["CommandLine", "Strongroom", "Adoption", "Sealing", "WorkingDays"], swiftSettings: house),
        // the command line as text, against the real programs
        .testTarget(
            name: "ScriptTests", dependencies: ["strongroom", "strongroom-verify"], exclude: ["README.md", "cli"],
            swiftSettings: house),
        // a practice vault with its people, and a disk that fails on command
        .target(
            name: "StrongroomTesting",
            dependencies: [
                "Strongroom", "Adoption", "CFaultDisk", "CPageCipherTesting", "EncryptedStore", "Sealing",
                "WorkingDays",
            ],
            path: "Tests/StrongroomTesting", swiftSettings: house),
        .target(name: "CFaultDisk", path: "Tests/CFaultDisk", linkerSettings: [.linkedLibrary("sqlite3")]),
        // a disk that loses its power on command
        .target(
            name: "CPowerLossDisk", path: "Tests/CPowerLossDisk", cSettings: strictC,
            linkerSettings: [.linkedLibrary("sqlite3")]),
        // SQLite without the store, and the page cipher built again with rules to switch off
        .target(
            name: "CPageCipherTesting", dependencies: ["CPageCipher"], path: "Tests/CPageCipherTesting",
            cSettings: strictC, linkerSettings: [.linkedLibrary("sqlite3"), .linkedLibrary("crypto")]),
    ]
)

// The fuzzers: `scripts/fuzz` builds Cedar and them alone, with the coverage libFuzzer steers by and the address sanitiser.
if Context.environment["FUZZ"] != nil {
    let fuzzed = house + [.unsafeFlags(["-sanitize=fuzzer,address", "-parse-as-library"])]
    package.products = []
    package.dependencies = []
    package.targets = [
        .target(name: "Cedar", swiftSettings: fuzzed),
        .target(name: "FuzzCedar", dependencies: ["Cedar"], path: "Tests/Fuzz/FuzzCedar", swiftSettings: fuzzed),
        .target(name: "CFuzzMain", path: "Tests/Fuzz/CFuzzMain"),
    ]
    package.targets += ["Policy", "Schema", "Entities", "EST"].map { subject in
        .executableTarget(
            name: "FuzzCedar\(subject)", dependencies: ["Cedar", "FuzzCedar", "CFuzzMain"],
            path: "Tests/Fuzz/FuzzCedar\(subject)", swiftSettings: fuzzed,
            linkerSettings: [.unsafeFlags(["-sanitize=fuzzer,address"])])
    }
}
