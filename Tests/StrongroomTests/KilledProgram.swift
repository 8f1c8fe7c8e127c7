import Foundation
import Sealing
import StrongroomTesting

/// The real program, run on a copy of a vault, to its end or until it is killed.
struct KilledProgram {
    static let passphrase = "four quiet words here"

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
                "SKIPPED: killing the program: no program `strongroom`; build it, or name its folder in STRONGROOM_BIN")
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
        /// When the sign appeared that it had begun its work, if one was awaited and came.
        let begun: Double?
        let exitCode: Int32?
        let said: String
    }

    /// The time within which kills are spread: somewhat more than the slowest of these runs took, so that some come late.
    static func longest(_ spared: [Ending]) -> Double { (spared.map(\.milliseconds).max() ?? 0) * 1.2 }

    /// Runs one command in a vault, and kills it without warning after so many milliseconds.
    ///
    /// - Parameters:
    ///   - sign: a file to await before the milliseconds are counted; not for ever, if the program ends without it.
    ///   - launcher: a program and its first words, which starts this one in its own place.
    func run(
        _ arguments: [String], as person: String, in vault: URL, killedAfter delay: Double? = nil,
        once sign: URL? = nil, through launcher: [String] = []
    ) throws -> Ending {
        let said = folder.appendingPathComponent("said-\(UUID().uuidString)")
        try Data().write(to: said)
        defer { try? FileManager.default.removeItem(at: said) }
        let output = try FileHandle(forWritingTo: said)
        let process = self.process(launcher, arguments, as: person, in: vault)
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = output
        let started = ContinuousClock.now
        try process.run()
        var begun: Double?
        if let sign {
            while process.isRunning, access(sign.path, F_OK) != 0 { usleep(500) }
            if access(sign.path, F_OK) == 0 { begun = Self.milliseconds(since: started) }
        }
        if let delay {
            Thread.sleep(forTimeInterval: delay / 1000)
            kill(process.processIdentifier, SIGKILL)
        }
        process.waitUntilExit()
        return Ending(
            milliseconds: Self.milliseconds(since: started), begun: begun,
            exitCode: process.terminationReason == .exit ? process.terminationStatus : nil,
            said: String(decoding: (try? Data(contentsOf: said)) ?? Data(), as: UTF8.self))
    }

    /// Starts a command and leaves it running, waiting for input that does not come.
    func start(_ arguments: [String], as person: String, in vault: URL) throws -> RunningProgram {
        let process = self.process([], arguments, as: person, in: vault)
        let input = Pipe()
        process.standardInput = input
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        return RunningProgram(process, input: input)
    }

    private func process(_ launcher: [String], _ arguments: [String], as person: String, in vault: URL) -> Process {
        let words = launcher + [program.path] + arguments
        let process = Process()
        process.executableURL = URL(fileURLWithPath: words[0])
        process.arguments = Array(words.dropFirst())
        process.environment = [
            "STRONGROOM_VAULT": vault.path, "STRONGROOM_IDENTITY": folder.appendingPathComponent(person).path,
            "STRONGROOM_PASSPHRASE_FILE": folder.appendingPathComponent("passphrase").path,
            "STRONGROOM_CLOCK": Date(timeIntervalSince1970: Double(clock.now) / 1000).ISO8601Format(),
        ]
        return process
    }

    private static func milliseconds(since start: ContinuousClock.Instant) -> Double {
        let spent = ContinuousClock.now - start
        return Double(spent.components.seconds) * 1000 + Double(spent.components.attoseconds) / 1e15
    }
}
