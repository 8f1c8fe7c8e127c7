import Foundation

/// Runs one script in a folder of its own.
///
/// The run stops at the first failure, as a person following the script would.
struct ScriptRun {
    /// Where the programs are, by their verb.
    struct Programs: Sendable {
        let folder: URL
        let repository: URL
    }

    let programs: Programs
    let folder: URL
    var variables: [String: String]
    var environment: [String: String]
    var standardInput: URL?
    /// What a person types at the next command's terminal.
    var typing: URL?
    var last: Invocation?
    /// What no file of a vault may show.
    var known: KnownTexts
    /// Whether every write of the programs is looked at, not only what is left in the end.
    let isFollowed: Bool
    /// The folder within the script's own for the programs' temporary files.
    static let temporaryName = ".tmp"

    /// Runs a script and says what it found wrong, nil when nothing.
    static func run(_ script: Script, programs: Programs, isFollowed: Bool = false) -> ScriptFailure? {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "script-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        var run = ScriptRun(
            programs: programs, folder: folder, known: KnownTexts(files: script.files),
            isFollowed: isFollowed)
        do {
            try run.layOut(script.files)
        } catch {
            let place = script.commands.first?.place ?? Script.Place(file: folder, line: 1)
            return ScriptFailure(place: place, message: "the script's files cannot be laid out: \(error)")
        }
        for command in script.commands {
            if let failure = run.perform(command) { return failure }
        }
        return nil
    }

    private init(programs: Programs, folder: URL, known: KnownTexts, isFollowed: Bool) {
        self.programs = programs
        self.folder = folder
        self.known = known
        self.isFollowed = isFollowed
        let temporary = folder.appending(path: Self.temporaryName).path
        variables = ["WORK": folder.path, "REPO": programs.repository.path]
        // Nothing of the person who runs the tests reaches a script: not their vault, their locale or their colours.
        environment = [
            "HOME": folder.path, "PATH": "/usr/bin:/bin", "TZ": "UTC", "LANG": "C.UTF-8", "NO_COLOR": "1",
            "TMPDIR": temporary, "SQLITE_TMPDIR": temporary,
        ]
    }

    private func layOut(_ files: [String: String]) throws {
        try FileManager.default.createDirectory(
            at: folder.appending(path: Self.temporaryName), withIntermediateDirectories: true)
        for (name, text) in files {
            let file = path(name)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
    }

    private mutating func perform(_ command: Script.Command) -> ScriptFailure? {
        do {
            let arguments = try command.arguments.map { try $0.filled(from: variables) }
            try obey(command.verb, arguments, negated: command.negated)
            return nil
        } catch let missing as Word.MissingVariable {
            return failure(command, "no variable `$\(missing.name)`")
        } catch {
            return failure(command, "\(error)")
        }
    }

    private func failure(_ command: Script.Command, _ message: String) -> ScriptFailure {
        var text = message
        if !command.phase.isEmpty { text += "\n  phase: \(command.phase)" }
        if let last {
            text += "\n  exit: \(last.exitCode)"
            text += "\n  stdout: \(excerpt(last.stdout))\n  stderr: \(excerpt(last.stderr))"
        }
        return ScriptFailure(place: command.place, message: text)
    }

    private func excerpt(_ bytes: Data) -> String {
        let longest = 2_000
        let text = String(decoding: bytes.prefix(longest), as: UTF8.self)
        return bytes.count > longest ? text + "…" : text
    }

    /// A path as a script writes it: relative to its folder, or absolute through `$WORK` and `$REPO`.
    ///
    /// A last part `*` stands for the one file of its folder, where a name cannot be known beforehand.
    func path(_ name: String) -> URL {
        let path = name.hasPrefix("/") ? URL(fileURLWithPath: name) : folder.appending(path: name)
        guard path.lastPathComponent == "*" else { return path }
        let parent = path.deletingLastPathComponent()
        let names = (try? FileManager.default.contentsOfDirectory(atPath: parent.path)) ?? []
        return names.count == 1 ? parent.appending(path: names[0]) : path
    }
}
