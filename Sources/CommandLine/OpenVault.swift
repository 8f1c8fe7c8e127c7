import ArgumentParser
import Foundation
import Sealing
import Strongroom

/// The options of every command that opens a vault.
struct VaultOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("The vault's directory (or STRONGROOM_VAULT).", valueName: "dir"), completion: .directory)
    var vault: String?

    @OptionGroup var who: IdentityOptions

    @Flag(help: "Print the result as JSON, for programs.")
    var json = false

    @Flag(help: "\"I have looked at a clock: the leap since the last entry is right.\" It is logged.")
    var confirmClock = false

    /// The vault's directory.
    func directory(at desk: Desk) throws -> URL {
        guard let path = vault ?? desk.variable(.vault) else {
            throw Misuse(message: "no vault is named", hint: "use `--vault DIR`, or set STRONGROOM_VAULT")
        }
        return URL(filePath: path, directoryHint: .isDirectory)
    }
}

/// A vault that one person may open, with a way to answer them.
///
/// The identity is unlocked at once and the store opened at the first request, so that nobody else is kept out of it
/// while a person sits at an editor or a question.
final class OpenVault {
    let desk: Desk
    let isJSON: Bool
    /// Whether the vault was made for practice.
    let isPractice: Bool
    private let open: () throws -> Session
    private var opened: Session?

    var terminal: Terminal { desk.terminal }

    /// Unlocks the identity for the vault that the options or the environment name.
    ///
    /// In a practice vault the first line on standard error says so, before anything else can be said.
    init(_ options: VaultOptions, at desk: Desk) throws {
        let directory = try options.directory(at: desk)
        let face = try VaultPlace.face(of: directory)
        let clock = try PracticeClock.clock(at: desk, isPractice: face.isPractice)
        if face.isPractice, !desk.isShell { desk.terminal.say("practice vault") }
        let identity = try options.who.unlock(at: desk)
        self.desk = desk
        isJSON = options.json
        isPractice = face.isPractice
        let isConfirmed = options.confirmClock
        open = { try Vault.open(at: directory, identity: identity, clock: clock, confirmClock: isConfirmed) }
    }

    /// The person at work in the vault.
    var session: Session {
        get throws {
            if let opened { return opened }
            let session = try open()
            opened = session
            return session
        }
    }

    /// Lets go of the store.
    func close() throws {
        defer { opened = nil }
        try opened?.close()
    }

    /// The answer, if there is one; a denial and a refusal end the command.
    func answer<Answer>(_ outcome: Outcome<Answer>) throws -> Answer {
        switch outcome {
        case .done(let answer): return answer
        case .denied(let denial): throw Denied(denial: denial)
        case .refused(let refusal): throw refusal
        }
    }

    /// Prints a result on standard output: for people, or with `--json` for programs.
    func show(_ result: some Encodable, as text: @autoclosure () -> String) throws {
        terminal.print(isJSON ? try JSONText.of(result) : text())
    }

    /// Says in one line what was done, what comes next, and how to see it; and then what to mind.
    func tell(_ done: String, next: String? = nil, see: String? = nil, warnings: [String] = []) {
        let next = next.map { "; next: \($0)" } ?? ""
        let see = see.map { "; see `strongroom \($0)`" } ?? ""
        terminal.say(done + next + see)
        warnings.forEach(terminal.warn)
    }

    /// A text from where the argument says: a file, standard input, or in a practice vault the words themselves.
    func text(_ argument: String) throws -> String {
        try TextSource(argument).read(at: desk, isPractice: isPractice)
    }

    /// A main text: from the file named, or else out of an editor.
    func mainText(from file: String?, about what: String) throws -> String {
        guard let file else { return try Editor(desk: desk).compose(what) }
        return try TextSource(file: file).read(at: desk, isPractice: isPractice)
    }
}

/// Where a vault is, before any key.
enum VaultPlace {
    private static let keyringName = "store.keyring"
    private static let storeName = "store.db"

    /// Reads what the vault shows to anyone, and says plainly where there is none.
    static func face(of directory: URL) throws -> Vault.Face {
        let keyring = directory.appending(path: keyringName)
        func exists(_ file: URL) -> Bool { FileManager.default.fileExists(atPath: file.path(percentEncoded: false)) }
        guard exists(keyring) else {
            let place = directory.path(percentEncoded: false).printable
            guard !exists(directory.appending(path: storeName)) else {
                throw Trouble(
                    message: "the keyring of the vault at `\(place)` is missing",
                    hint: "put the newest backup's FILE.keyring there as `store.keyring`; see `strongroom help backup`")
            }
            throw Trouble(
                message: "there is no vault at `\(place)`",
                hint: "name its directory with `--vault DIR`, or make one with `strongroom vault create DIR`")
        }
        return try Vault.face(of: directory)
    }
}

/// Results for programs.
enum JSONText {
    /// One line, keys sorted.
    static func of(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}
