import Foundation

/// Reads a script from its text. A mistake in it is a failure on its own line, never a command skipped.
struct ScriptParser {
    private let file: URL
    private let preludes: URL
    private var script = Script(commands: [], files: [:])
    private var phase = ""

    /// Reads one script, with the preludes it uses.
    ///
    /// - Parameter preludes: the folder in which `use NAME` finds `NAME.txt`.
    /// - Throws: ``ScriptFailure`` at the first line that cannot be understood.
    static func parse(file: URL, preludes: URL) throws -> Script {
        try parse(text: String(contentsOf: file, encoding: .utf8), file: file, preludes: preludes)
    }

    static func parse(text: String, file: URL, preludes: URL) throws -> Script {
        var parser = ScriptParser(file: file, preludes: preludes)
        try parser.run(text)
        try parser.checkOutcomes()
        return parser.script
    }

    private init(file: URL, preludes: URL) {
        self.file = file
        self.preludes = preludes
    }

    private mutating func run(_ text: String) throws {
        var openFile: String?
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let place = Script.Place(file: file, line: index + 1)
            if let name = fileName(line) {
                guard script.files[name] == nil else { throw failure(place, "a second file `\(name)`") }
                script.files[name] = ""
                openFile = name
            } else if let openFile {
                script.files[openFile, default: ""] += line + "\n"
            } else {
                try read(String(line), at: place)
            }
        }
        // The text ends in a newline, after which the split sees one more empty line.
        if let openFile, text.hasSuffix("\n") { script.files[openFile]?.removeLast() }
    }

    private mutating func read(_ line: String, at place: Script.Place) throws {
        let trimmed = line.trimmingCharacters(in: .whitespaces)
        if trimmed.hasPrefix("#") {
            phase = trimmed.drop { $0 == "#" || $0 == " " }.description
            return
        }
        guard !trimmed.isEmpty else { return }
        let command = try command(trimmed, at: place)
        guard command.verb == .use else { return script.commands.append(command) }
        try include(command)
    }

    private func command(_ line: String, at place: Script.Place) throws -> Script.Command {
        var words: [Word]
        do {
            words = try WordSplitter.words(of: line)
        } catch {
            throw failure(place, "a quote \(error.quote) that does not end")
        }
        let negated = words.first == Word(pieces: [.literal("!")])
        if negated { words.removeFirst() }
        guard case .literal(let name)? = words.first?.pieces.first, let verb = Script.Verb(rawValue: name) else {
            throw failure(place, "no such verb: `\(line)`")
        }
        words.removeFirst()
        guard verb.arity.contains(words.count) else {
            throw failure(place, "`\(name)` takes \(verb.arity.lowerBound) to \(verb.arity.upperBound) words")
        }
        guard !negated || verb.mayBeNegated else { throw failure(place, "`\(name)` cannot be negated") }
        return Script.Command(place: place, phase: phase, negated: negated, verb: verb, arguments: words)
    }

    private mutating func include(_ command: Script.Command) throws {
        let name = (try? command.arguments[0].filled(from: [:])) ?? ""
        let prelude = preludes.appending(path: "\(name).txt")
        guard FileManager.default.fileExists(atPath: prelude.path) else {
            throw failure(command.place, "no prelude `\(name)`")
        }
        let included = try ScriptParser.parse(file: prelude, preludes: preludes)
        script.commands += included.commands
        script.files.merge(included.files) { _, later in later }
    }

    /// A command that must fail says with which exit code: otherwise a fault would pass for a refusal.
    private func checkOutcomes() throws {
        for (index, command) in script.commands.enumerated() where command.negated && command.verb.runsProgram {
            guard script.commands.dropFirst(index + 1).first?.verb == .exit else {
                throw failure(command.place, "a command that must fail wants `exit N` on the next line")
            }
        }
    }

    private func fileName(_ line: Substring) -> String? {
        guard line.hasPrefix("-- "), line.hasSuffix(" --"), line.count > 6 else { return nil }
        return String(line.dropFirst(3).dropLast(3))
    }

    private func failure(_ place: Script.Place, _ message: String) -> ScriptFailure {
        ScriptFailure(place: place, message: message)
    }
}
