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
        .executableTarget(
            name: "bench-pages", dependencies: ["CPageCipher"], path: "Tests/Bench/Store/Pages", cSettings: strictC),
        .executableTarget(
            name: "bench-vault",
            dependencies: ["EncryptedStore", "Sealing", "Strongroom", "StrongroomTesting", "TransparencyLog"],
            path: "Tests/Bench/Store/Vault", swiftSettings: house),
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
            name: "ScriptTests", dependencies: ["strongroom", "strongroom-verify", "StrongroomTesting"],
            exclude: ["README.md", "cli"], swiftSettings: house),
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

// The page cipher with its tests alone: `scripts/sanitize` builds it with the address sanitiser, and here its C with the
// one of undefined behaviour.
if Context.environment["SANITIZE"] != nil {
    let watched: [CSetting] = [.unsafeFlags(["-g", "-fsanitize=undefined", "-fno-sanitize-recover=undefined"])]
    let ofC = package.targets.filter { $0.path?.hasPrefix("Tests/C") ?? ($0.name == "CPageCipher") }
    for target in ofC { target.cSettings = (target.cSettings ?? []) + watched }
    package.products = []
    package.dependencies = []
    package.targets = ofC + package.targets.filter { $0.name == "PageCipherTests" }
}

// The fuzzers: `scripts/fuzz` builds them and what they read alone, with the coverage libFuzzer steers by, the address
// sanitiser, and for C the one of undefined behaviour.
if Context.environment["FUZZ"] != nil {
    let fuzzed = house + [.unsafeFlags(["-sanitize=fuzzer,address", "-parse-as-library"])]
    let watchedC =
        strictC + [
            .unsafeFlags(["-g", "-fsanitize=address,undefined", "-fno-sanitize-recover=undefined"])
        ]
    let fuzzedC = watchedC + [.unsafeFlags(["-fsanitize=fuzzer-no-link"])]
    let fuzzer: [LinkerSetting] = [.unsafeFlags(["-sanitize=fuzzer,address"])]
    let sqliteAndCrypto: [LinkerSetting] = [.linkedLibrary("sqlite3"), .linkedLibrary("crypto")]
    package.products = []
    package.dependencies = [.package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2")]
    package.targets = [
        .target(name: "Cedar", swiftSettings: fuzzed),
        .target(name: "Sealing", dependencies: [crypto, cryptoExtras], swiftSettings: fuzzed),
        // Of the store only its keyring, which needs no SQLite.
        .target(
            name: "EncryptedStore",
            sources: ["Labels.swift", "StoreFault.swift", "StoreKeyring.swift", "StoreKeyringFormat.swift"],
            swiftSettings: fuzzed),
        .target(name: "CPageCipher", cSettings: fuzzedC, linkerSettings: sqliteAndCrypto),
        .target(name: "CPowerLossDisk", path: "Tests/CPowerLossDisk", cSettings: watchedC),
        .target(
            name: "CFuzzPages", dependencies: ["CPageCipher", "CPowerLossDisk"], path: "Tests/Fuzz/CFuzzPages",
            cSettings: watchedC, linkerSettings: sqliteAndCrypto),
        .target(name: "FuzzCedar", dependencies: ["Cedar"], path: "Tests/Fuzz/FuzzCedar", swiftSettings: fuzzed),
        .target(
            name: "FuzzSealing", dependencies: ["Sealing", crypto], path: "Tests/Fuzz/FuzzSealing",
            swiftSettings: fuzzed),
        .target(name: "CFuzzMain", path: "Tests/Fuzz/CFuzzMain"),
    ]
    let subjects: [(name: String, reads: [Target.Dependency])] = [
        ("CedarPolicy", ["Cedar", "FuzzCedar"]), ("CedarSchema", ["Cedar", "FuzzCedar"]),
        ("CedarEntities", ["Cedar", "FuzzCedar"]), ("CedarEST", ["Cedar", "FuzzCedar"]),
        ("Keyring", ["EncryptedStore"]), ("Identity", ["Sealing", "FuzzSealing"]),
        ("Share", ["Sealing", "FuzzSealing"]),
        ("Sealed", ["Sealing", "FuzzSealing"]),
    ]
    package.targets += subjects.map { subject in
        .executableTarget(
            name: "Fuzz\(subject.name)", dependencies: subject.reads + ["CFuzzMain"],
            path: "Tests/Fuzz/Fuzz\(subject.name)", swiftSettings: fuzzed, linkerSettings: fuzzer)
    }
    package.targets += ["Pages", "ResealedPages"].map { subject in
        .executableTarget(
            name: "Fuzz\(subject)", dependencies: ["CFuzzPages"], path: "Tests/Fuzz/Fuzz\(subject)", cSettings: fuzzedC,
            linkerSettings: fuzzer)
    }
}
