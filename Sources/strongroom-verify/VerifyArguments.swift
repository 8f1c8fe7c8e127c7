import Foundation
import TransparencyLog

/// What the person asked for, with every file they named read.
struct VerifyArguments {
    let directory: URL
    let verifier: NoteVerifier
    /// The text of the earlier checkpoint.
    let since: String?
    /// The key it was signed by, where the log was restored since and goes on under another.
    let sinceVerifier: NoteVerifier?
    let json: Bool

    enum Parsed {
        case verify(VerifyArguments)
        case help
        case misused(String)
    }

    static func parse(_ words: [String]) -> Parsed {
        if words.contains("--help") || words.contains("-h") { return .help }
        var typed = Typed()
        do {
            try typed.take(words)
            return .verify(try typed.resolved())
        } catch {
            return .misused(error.complaint)
        }
    }
}

/// The command line as typed.
private struct Typed {
    struct Misuse: Error { let complaint: String }

    private var directories: [String] = []
    private var values: [String: String] = [:]
    private var json = false

    mutating func take(_ words: [String]) throws(Misuse) {
        var rest = words[...]
        while let word = rest.popFirst() {
            switch word {
            case "--json": json = true
            case "--key", "--key-file", "--since", "--since-key-file":
                guard let value = rest.popFirst() else { throw Misuse(complaint: "`\(word)` needs a value") }
                guard values.updateValue(value, forKey: word) == nil else {
                    throw Misuse(complaint: "`\(word)` is given twice")
                }
            case let word where word.hasPrefix("-"): throw Misuse(complaint: "`\(word)` is no option")
            default: directories.append(word)
            }
        }
    }

    func resolved() throws(Misuse) -> VerifyArguments {
        guard let path = directories.first else { throw Misuse(complaint: "the exported log's directory is not given") }
        guard directories.count == 1 else { throw Misuse(complaint: "one directory at a time") }
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory), isDirectory.boolValue else {
            throw Misuse(complaint: "`\(path)` is not a directory")
        }
        return VerifyArguments(
            directory: URL(filePath: path, directoryHint: .isDirectory),
            verifier: try verifier(), since: try values["--since"].map(contents), sinceVerifier: try sinceVerifier(),
            json: json)
    }

    private func sinceVerifier() throws(Misuse) -> NoteVerifier? {
        guard let file = values["--since-key-file"] else { return nil }
        guard values["--since"] != nil else { throw Misuse(complaint: "`--since-key-file` belongs to `--since`") }
        return try verifier(contents(file))
    }

    private func verifier() throws(Misuse) -> NoteVerifier {
        let text: String
        switch (values["--key"], values["--key-file"]) {
        case (let key?, nil): text = key
        case (nil, let file?): text = try contents(file)
        case (nil, nil):
            throw Misuse(complaint: "the log's key is not given; it must come from you, not from the directory")
        default: throw Misuse(complaint: "`--key` and `--key-file` are two ways to give one key")
        }
        return try verifier(text)
    }

    private func verifier(_ text: String) throws(Misuse) -> NoteVerifier {
        do {
            return try NoteVerifier(vkey: text.trimmingCharacters(in: .whitespacesAndNewlines))
        } catch {
            throw Misuse(complaint: "the key: \(error)")
        }
    }

    private func contents(_ path: String) throws(Misuse) -> String {
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw Misuse(complaint: "`\(path)` cannot be read")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Misuse(complaint: "`\(path)` is not text")
        }
        return text
    }
}
