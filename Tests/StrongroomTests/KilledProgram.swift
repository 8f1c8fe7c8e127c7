import Foundation
import Sealing
import StrongroomTesting

/// The real program, run on a copy of a vault, to its end or until it is killed.
struct KilledProgram {
    private static let passphrase = "four quiet words here"

    let program: URL
    /// Identity files and texts.
    let folder: URL
    private let clock: SettableClock

    /// Finds the program: in the folder `STRONGROOM_BIN`, beside the tests, or in `.build/release`; nil, said aloud, if
    /// it is in none.
    init?(vault: TestVault, people: [String]) throws {
        let tests = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        let repository = TestVault.policies.deletingLastPathComponent()
        let folders =
            ProcessInfo.processInfo.environment["STRONGROOM_BIN"].map { [URL(fileURLWithPath: $0)] }
            ?? [tests, repository.appendingPathComponent(".build/release")]
        let found = folders.map { $0.appendingPathComponent("strongroom") }
            .first { FileManager.default.isExecutableFile(atPath: $0.path) }
        guard let found else {
            print(
                "SKIPPED: killing a reversal: no program `strongroom`; build it, or name its folder in STRONGROOM_BIN")
            return nil
        }
        program = found
        clock = vault.clock
        folder = vault.directory.appendingPathExtension("files")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data((Self.passphrase + "\n").utf8).write(to: folder.appendingPathComponent("passphrase"))
        for person in people {
            let file = try IdentityFile.encode(
                vault.identity(person), passphrase: Data(Self.passphrase.utf8), work: .leastAllowed)
            try file.write(to: folder.appendingPathComponent(person))
        }
    }

    /// How one run ended.
    struct Ending {
        let milliseconds: Double
        let exitCode: Int32?
        let said: String
    }

    /// The time within which kills are spread: somewhat more than the slowest of these runs took, so that some come late.
    static func longest(_ spared: [Ending]) -> Double { (spared.map(\.milliseconds).max() ?? 0) * 1.2 }

    /// Runs one command in a vault, and kills it without warning after so many milliseconds.
    ///
    /// - Parameter memoryKilobytes: the most address space it may have.
    func run(
        _ arguments: [String], as person: String, in vault: URL, killedAfter delay: Double? = nil,
        memoryKilobytes: Int? = nil
    ) throws -> Ending {
        let process = Process()
        let said = folder.appendingPathComponent("said-\(UUID().uuidString)")
        try Data().write(to: said)
        defer { try? FileManager.default.removeItem(at: said) }
        let output = try FileHandle(forWritingTo: said)
        process.executableURL = program
        process.arguments = arguments
        if let memoryKilobytes {
            process.executableURL = URL(fileURLWithPath: "/bin/sh")
            process.arguments =
                ["-c", "ulimit -v \(memoryKilobytes) && exec \"$0\" \"$@\"", program.path] + arguments
        }
        process.environment = [
            "STRONGROOM_VAULT": vault.path, "STRONGROOM_IDENTITY": folder.appendingPathComponent(person).path,
            "STRONGROOM_PASSPHRASE_FILE": folder.appendingPathComponent("passphrase").path,
            "STRONGROOM_CLOCK": Date(timeIntervalSince1970: Double(clock.now) / 1000).ISO8601Format(),
        ]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = output
        let begun = ContinuousClock.now
        try process.run()
        if let delay {
            Thread.sleep(forTimeInterval: delay / 1000)
            kill(process.processIdentifier, SIGKILL)
        }
        process.waitUntilExit()
        let spent = ContinuousClock.now - begun
        return Ending(
            milliseconds: Double(spent.components.seconds) * 1000 + Double(spent.components.attoseconds) / 1e15,
            exitCode: process.terminationReason == .exit ? process.terminationStatus : nil,
            said: String(decoding: (try? Data(contentsOf: said)) ?? Data(), as: UTF8.self))
    }
}
