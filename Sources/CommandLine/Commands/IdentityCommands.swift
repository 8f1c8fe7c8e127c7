import ArgumentParser
import Foundation
import Sealing
import Strongroom

/// `strongroom identity …`
struct IdentityNoun: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "identity",
        abstract: "Your keys, under a passphrase, in a file of your own.",
        discussion: """
            FILE is yours alone. FILE.card is public: send it to the administrator, and read its fingerprint out over \
            another channel.

              strongroom identity new ~/me --vault /srv/vault
            """,
        subcommands: [IdentityNew.self, IdentityShow.self, IdentityPassphrase.self, IdentityTrust.self])
}

/// `strongroom identity new`
struct IdentityNew: Command {
    static let configuration = CommandConfiguration(
        commandName: "new",
        abstract: "Make a new identity: FILE (yours) and FILE.card (public).",
        discussion: """
            The passphrase is asked for twice and has at least 8 characters; four unrelated words are easy to keep. \
            Nobody can recover it: if it is lost, the administrator replaces your identity.

              strongroom identity new ~/me --root v_…:3f9a…      with the root as the administrator read it out
            """)

    @Argument(help: "The new file; never overwrites.", completion: .file())
    var file: String

    @Option(
        help: ArgumentHelp(
            "The passphrase's work factor, 14 to 20: each guess costs 2^N KiB of memory.", valueName: "n"))
    var workFactor = WorkFactor.standard.log2N

    @Option(
        help: ArgumentHelp(
            "Trust the root that this vault's keyring claims; compare it with your administrator's.", valueName: "dir"),
        completion: .directory)
    var vault: String?

    @Option(help: ArgumentHelp("Trust this root, VAULTID:FINGERPRINT.", valueName: "vaultid:fingerprint"))
    var root: RootFingerprint?

    @OptionGroup var who: IdentityOptions

    @Flag(help: "Print the result as JSON, for programs.")
    var json = false

    func validate() throws {
        guard vault == nil || root == nil else {
            throw ValidationError("--vault and --root are two ways to say one thing")
        }
        guard (WorkFactor.leastLog2N...WorkFactor.mostLog2N).contains(workFactor) else {
            throw ValidationError("the work factor is \(WorkFactor.leastLog2N) to \(WorkFactor.mostLog2N)")
        }
    }

    func run(at desk: Desk) throws {
        var identity = Identity()
        if let root = try root ?? claimedRoot() { identity.pinnedRoots[root.vault] = root.fingerprint }
        try IdentityOnDisk.create(
            identity, at: file, passphrase: who.newPassphrase(at: desk), work: WorkFactor(log2N: workFactor))
        let fingerprint = identity.card.fingerprint.hexadecimal
        desk.terminal.print(json ? try JSONText.of(["card": fingerprint]) : fingerprint)
        desk.terminal.say(
            """
            made \(file.printable) and \(file.printable).card; next: send the card to the adoption administrator and \
            read them its fingerprint, printed above; see `strongroom identity show \(file.printable)`
            """)
        if vault != nil, let root = identity.pinnedRoots.first {
            desk.terminal.say(
                """
                trusted the root that the vault itself claims: \(RootFingerprint(vault: root.key, fingerprint: root.value)); \
                compare it with your administrator's
                """)
        }
    }

    private func claimedRoot() throws -> RootFingerprint? {
        guard let vault else { return nil }
        let face = try VaultPlace.face(of: URL(filePath: vault, directoryHint: .isDirectory))
        return RootFingerprint(vault: face.vaultID, fingerprint: face.rootFingerprint)
    }
}

/// `strongroom identity show`
struct IdentityShow: Command {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show an identity's fingerprint and the roots it trusts; no passphrase.",
        discussion: """
            A card shows its fingerprint likewise. The roots are readable without the passphrase, and proven only with it.

              strongroom identity show ~/me.card
            """)

    @Argument(help: "The identity file or a card; without it, your own identity.", completion: .file())
    var file: String?

    @OptionGroup var who: IdentityOptions

    @Flag(help: "Print the result as JSON, for programs.")
    var json = false

    func run(at desk: Desk) throws {
        let onDisk = try IdentityOnDisk(path: file ?? who.path(at: desk))
        let card = try IdentityFile.card(in: onDisk.bytes)
        let shown = Shown(keyID: card.keyID, fingerprint: card.fingerprint.hexadecimal, roots: onDisk.claimedRoots)
        desk.terminal.print(json ? try JSONText.of(shown) : shown.text)
    }

    private struct Shown: Encodable {
        let keyID: String
        let fingerprint: String
        let roots: [String]

        var text: String {
            Card([("key", keyID), ("fingerprint", fingerprint)] + roots.map { ("trusts", $0) }).text
        }
    }
}

/// `strongroom identity passphrase`
struct IdentityPassphrase: Command {
    static let configuration = CommandConfiguration(
        commandName: "passphrase",
        abstract: "Change the passphrase of an identity file.",
        discussion: """
            Asks for the old one, then twice for the new one. Old copies of the file still open with the old passphrase.

              strongroom identity passphrase ~/me
            """)

    @Argument(help: "The identity file; without it, your own.", completion: .file())
    var file: String?

    @Option(
        help: ArgumentHelp(
            "A file whose first line is the new passphrase; else it is asked for twice.", valueName: "file"),
        completion: .file())
    var newPassphraseFile: String?

    @OptionGroup var who: IdentityOptions

    func run(at desk: Desk) throws {
        let onDisk = try IdentityOnDisk(path: file ?? who.path(at: desk))
        let old = try who.passphrase(at: desk, asking: "passphrase of \(onDisk.path.printable): ")
        let identity = try onDisk.unlock(with: old)
        try onDisk.replace(with: identity, passphrase: newPassphrase())
        desk.terminal.say("changed the passphrase of \(onDisk.path.printable); next: destroy old copies of the file")
    }

    private func newPassphrase() throws -> Passphrase {
        let hint = "name a file with `--new-passphrase-file FILE`"
        return try (newPassphraseFile.map(Passphrase.init(file:)) ?? Passphrase.new(at: Keyboard(hint: hint)))
            .strongEnough()
    }
}

/// `strongroom identity trust`
struct IdentityTrust: Command {
    static let configuration = CommandConfiguration(
        commandName: "trust",
        abstract: "Trust a vault's root, as your administrator read it out.",
        discussion: """
            From then on your identity opens that vault only if its whole signed roster begins with this root.

              strongroom identity trust --root v_…:3f9a…
            """)

    @Option(help: ArgumentHelp("The root, VAULTID:FINGERPRINT.", valueName: "vaultid:fingerprint"))
    var root: RootFingerprint

    @OptionGroup var who: IdentityOptions

    func run(at desk: Desk) throws {
        let onDisk = try IdentityOnDisk(path: who.path(at: desk))
        let passphrase = try who.passphrase(at: desk, asking: "passphrase of \(onDisk.path.printable): ")
        var identity = try onDisk.unlock(with: passphrase)
        if let before = identity.pinnedRoots[root.vault], before != root.fingerprint {
            desk.terminal.warn("this identity trusted another root for that vault until now")
        }
        identity.pinnedRoots[root.vault] = root.fingerprint
        try onDisk.replace(with: identity, passphrase: passphrase)
        desk.terminal.say("trusted \(root); next: `strongroom todo`; see `strongroom identity show`")
    }
}
