import Foundation

/// Where a text comes from: never from an argument, but in practice.
///
/// A shell keeps its history, and a history joins identities too.
package enum TextSource: Equatable {
    case literal(String)
    case file(String)
    case standardInput

    package static let byteCountLimit = 1 << 20

    /// Reads an argument: `-`, `@FILE`, or the words themselves.
    package init(_ argument: String) {
        if argument == "-" {
            self = .standardInput
        } else if argument.hasPrefix("@") {
            self = .file(String(argument.dropFirst()))
        } else {
            self = .literal(argument)
        }
    }

    /// Reads the value of `--from`: `-`, or a file's path.
    package init(file: String) {
        self = file == "-" ? .standardInput : .file(file.hasPrefix("@") ? String(file.dropFirst()) : file)
    }

    /// The text, in Unicode normalisation form C and without the line feed at its end.
    ///
    /// - Throws: ``Misuse`` for words on the command line outside practice; ``Trouble`` if the file cannot be read, is
    ///   too long, or is no UTF-8.
    package func read(at desk: Desk, isPractice: Bool) throws -> String {
        switch self {
        case .literal(let text):
            guard isPractice else {
                throw Misuse(
                    message: "a text is not typed as an argument, the shell would keep it",
                    hint: "write it in a file and give `@FILE`, or give `-` and type it")
            }
            desk.terminal.warn("the shell keeps what is typed as an argument; outside practice give `@FILE` or `-`")
            return text.precomposedStringWithCanonicalMapping
        case .file(let path):
            return try Self.text(of: Self.bytes(ofFile: path), called: path)
        case .standardInput:
            guard !desk.isShell else {
                throw Misuse(message: "in the shell, standard input is the commands'", hint: "name a file")
            }
            return try Self.text(of: Self.bytes(of: .standardInput), called: "standard input")
        }
    }

    /// The bytes of a file that a person named.
    static func bytes(ofFile path: String) throws -> Data {
        guard let file = FileHandle(forReadingAtPath: path) else {
            throw Trouble(message: "`\(path.printable)` cannot be read", hint: "check the path and its permissions")
        }
        defer { try? file.close() }
        return try bytes(of: file)
    }

    private static func bytes(of file: FileHandle) throws -> Data {
        var bytes = Data()
        do {
            while bytes.count <= byteCountLimit, let more = try file.read(upToCount: 1 << 16), !more.isEmpty {
                bytes += more
            }
        } catch {
            throw Trouble(message: "it cannot be read, it may be a folder", hint: "name a file")
        }
        return bytes
    }

    private static func text(of bytes: Data, called name: String) throws -> String {
        guard bytes.count <= byteCountLimit else {
            throw Trouble(
                message: "`\(name.printable)` is longer than a text may be",
                hint: "file it as a document with `strongroom document add`")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Trouble(message: "`\(name.printable)` is not UTF-8 text", hint: "save it as UTF-8")
        }
        let lines = text.replacing("\r\n", with: "\n")
        return String(lines.hasSuffix("\n") ? lines.dropLast() : lines[...]).precomposedStringWithCanonicalMapping
    }
}
