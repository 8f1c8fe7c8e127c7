import ArgumentParser
import Foundation
import Sealing

/// Who asks: the identity file, and where its passphrase comes from.
struct IdentityOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Your identity file (or STRONGROOM_IDENTITY).", valueName: "file"), completion: .file())
    var identity: String?

    @Option(
        help: ArgumentHelp(
            "A file whose first line is the passphrase (or STRONGROOM_PASSPHRASE_FILE); else it is asked for.",
            valueName: "file"), completion: .file())
    var passphraseFile: String?

    @Option(help: ArgumentHelp("A file descriptor to read the passphrase from.", valueName: "n"))
    var passphraseFd: Int32?

    /// The identity file's path.
    func path(at desk: Desk) throws -> String {
        guard let path = identity ?? desk.variable(.identity) else {
            throw Misuse(
                message: "no identity is named",
                hint: "use `--identity FILE`, or set STRONGROOM_IDENTITY; `strongroom identity new FILE` makes one")
        }
        return path
    }

    /// The identity, unlocked; in a shell, the one that lies unlocked there already.
    func unlock(at desk: Desk) throws -> Identity {
        let path = try path(at: desk)
        if let unlocked = desk.unlocked, unlocked.path == path { return unlocked.identity }
        let file = try IdentityOnDisk(path: path)
        return try file.unlock(with: passphrase(at: desk, asking: "passphrase of \(path.printable): "))
    }

    /// The passphrase, from where the options say, or asked for.
    func passphrase(at desk: Desk, asking question: String) throws -> Passphrase {
        if let given = try given(at: desk) { return given }
        let keyboard = try Keyboard(hint: Self.hint)
        return Passphrase(try keyboard.askHidden(question))
    }

    /// A passphrase for a new file, from where the options say, or asked for twice.
    func newPassphrase(at desk: Desk) throws -> Passphrase {
        try (given(at: desk) ?? Passphrase.new(at: Keyboard(hint: Self.hint))).strongEnough()
    }

    private func given(at desk: Desk) throws -> Passphrase? {
        if let passphraseFd { return try Passphrase(descriptor: passphraseFd) }
        return try (passphraseFile ?? desk.variable(.passphraseFile)).map(Passphrase.init(file:))
    }

    private static let hint = "name a file with `--passphrase-file FILE`, or a descriptor with `--passphrase-fd N`"
}

/// An identity file as it lies on the disk.
struct IdentityOnDisk {
    private static let cardSuffix = ".card"

    let path: String
    let bytes: Data

    /// Reads a file.
    init(path: String) throws {
        self.path = path
        bytes = try TextSource.bytes(ofFile: path)
    }

    /// Writes a new file and, beside it, its card; neither ever over something else.
    static func create(_ identity: Identity, at path: String, passphrase: Passphrase, work: WorkFactor) throws {
        let bytes = try IdentityFile.encode(identity, passphrase: passphrase.bytes, work: work)
        try PrivateFile.create(bytes, at: URL(filePath: path))
        try PrivateFile.create(Data(identity.card.text.utf8), at: URL(filePath: path + cardSuffix))
    }

    func unlock(with passphrase: Passphrase) throws -> Identity {
        try IdentityFile.decode(bytes, passphrase: passphrase.bytes)
    }

    /// Puts a changed identity in the file's place, at the same work factor.
    func replace(with identity: Identity, passphrase: Passphrase) throws {
        let bytes = try IdentityFile.encode(identity, passphrase: passphrase.bytes, work: workFactor)
        try PrivateFile.replace(bytes, at: URL(filePath: path))
    }

    /// The roots its header states, `VAULTID:FINGERPRINT`; readable without the passphrase, proven only with it.
    var claimedRoots: [String] {
        headers("root").map { $0.replacing(" ", with: ":") }
    }

    /// The work factor its header states; the usual one if that cannot be read.
    private var workFactor: WorkFactor {
        let log2N = headers("scrypt").first?.split(separator: " ").first.flatMap { Int($0) }
        return log2N.flatMap { try? WorkFactor(log2N: $0) } ?? .standard
    }

    private func headers(_ name: String) -> [String] {
        String(decoding: bytes, as: UTF8.self).split(separator: "\n")
            .filter { $0.hasPrefix("\(name): ") }.map { String($0.dropFirst(name.count + 2)) }
    }
}
