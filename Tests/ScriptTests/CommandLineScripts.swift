import Foundation
import Testing

/// Runs every script of `cli/` against the real programs. Adding a test is adding a text file.
struct CommandLineScripts {
    /// The scripts in `cli/`, by name.
    static let names: [String] = {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: Folders.scripts.path)) ?? []
        return files.filter { $0.hasSuffix(".txt") }.map { String($0.dropLast(4)) }.sorted()
    }()

    @Test(arguments: names) func `the command line does what the script says`(name: String)
        async throws
    {
        let file = Folders.scripts.appending(path: "\(name).txt")
        let script: Script
        do {
            script = try ScriptParser.parse(file: file, preludes: Folders.preludes)
        } catch let failure as ScriptFailure {
            return report(failure)
        }
        let programs = try Folders.programs()
        if let failure = await Workers.two.run({ ScriptRun.run(script, programs: programs) }) {
            report(failure)
        }
    }

    /// A handful that between them write every kind of file: what is written and deleted again shows nothing either.
    @Test(arguments: ["document-moved", "import-sample", "r16-reversal", "recovery", "rotated"])
    func `no write to any file shows what the script tells the vault`(name: String) async throws {
        guard SystemCalls.canBeFollowed else {
            return print("SKIPPED: writes are not followed: no `strace`, or it may not trace here")
        }
        let file = Folders.scripts.appending(path: "\(name).txt")
        let script = try ScriptParser.parse(file: file, preludes: Folders.preludes)
        let programs = try Folders.programs()
        let failure = await Workers.two.run {
            ScriptRun.run(script, programs: programs, isFollowed: true)
        }
        if let failure { report(failure) }
    }

    @Test func `every rule of the domain has its script`() {
        for rule in 1...17 {
            let prefix = rule < 10 ? "r0\(rule)-" : "r\(rule)-"
            #expect(Self.names.contains { $0.hasPrefix(prefix) }, "no script named \(prefix)…")
        }
    }

    private func report(_ failure: ScriptFailure) {
        Issue.record(
            Comment(rawValue: failure.description),
            sourceLocation: SourceLocation(
                fileID: "ScriptTests/\(failure.place.file.lastPathComponent)",
                filePath: failure.place.file.path,
                line: failure.place.line, column: 1))
    }
}

/// Where the scripts, their preludes and the programs are.
enum Folders {
    static let repository = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    static let scripts = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(
        path: "cli")
    static let preludes = scripts.appending(path: "prelude")

    struct NotBuilt: Error, CustomStringConvertible {
        let description: String
    }

    /// The folder of the programs under test: `STRONGROOM_BIN`, or beside the tests, or `.build/release`.
    ///
    /// - Throws: ``NotBuilt``: tests that found no program must not pass.
    static func programs() throws -> ScriptRun.Programs {
        let tests = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        let candidates =
            ProcessInfo.processInfo.environment["STRONGROOM_BIN"].map { [URL(fileURLWithPath: $0)] }
            ?? [tests, repository.appending(path: ".build/release")]
        for folder in candidates where isProgram(folder.appending(path: "strongroom")) {
            return ScriptRun.Programs(folder: folder, repository: repository)
        }
        throw NotBuilt(description: "no program `strongroom`: run `swift build -c release` first")
    }

    private static func isProgram(_ file: URL) -> Bool {
        FileManager.default.isExecutableFile(atPath: file.path)
    }
}
