import ArgumentParser
import Foundation
import Sealing
import Strongroom

/// `strongroom vault …`
struct VaultNoun: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vault",
        abstract: "Make, check, back up and restore a vault, and renew its store's key.",
        discussion: """
            A vault is a directory: `store.db`, `store.keyring`, `store.removals`, which a restore needs, and `log.vkey`, the \
            access log's public key.

              strongroom vault create /srv/vault --identity ~/me
            """,
        subcommands: [
            VaultCreate.self, VaultCheck.self, VaultBackup.self, VaultRemovals.self, VaultRestore.self,
            VaultRotate.self,
        ])
}

/// `strongroom vault create`
struct VaultCreate: Command {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Make a new vault; you become its first adoption administrator.",
        discussion: """
            Prints the root fingerprint: every identity must be told it by a way other than the vault. It is pinned into \
            your own identity file at once.

              strongroom identity new ~/me
              strongroom vault create /srv/vault --identity ~/me --handle asha

            A practice vault is for trying: texts may be typed as arguments, STRONGROOM_CLOCK sets its clock, and it says \
            "practice vault" before everything. It stays one for ever.
            """)

    @Argument(help: "Where the vault is to be; a new or empty directory.", completion: .directory)
    var directory: String

    @Flag(help: "Make a practice vault, for trying.")
    var practice = false

    @Option(help: ArgumentHelp("Your short name in this vault.", valueName: "name"))
    var handle = "administrator"

    @Option(help: "The first team's short name.")
    var team = "children"

    @Option(help: ArgumentHelp("The policies to pin.", valueName: "dir"), completion: .directory)
    var policies = "policies"

    @OptionGroup var who: IdentityOptions

    @Flag(help: "Print the result as JSON, for programs.")
    var json = false

    func run(at desk: Desk) throws {
        if practice { desk.terminal.say("practice vault") }
        let clock = try PracticeClock.clock(at: desk, isPractice: practice)
        let file = try IdentityOnDisk(path: who.path(at: desk))
        let passphrase = try who.passphrase(at: desk, asking: "passphrase of \(file.path.printable): ")
        var identity = try file.unlock(with: passphrase)
        let place = URL(filePath: directory, directoryHint: .isDirectory)
        let created = try Vault.create(
            at: place, founder: identity, handle: handle, team: team, practice: practice,
            policies: URL(filePath: policies, directoryHint: .isDirectory), clock: clock)
        let root = RootFingerprint(vault: created.vaultID, fingerprint: created.rootFingerprint)
        desk.terminal.print(json ? try JSONText.of(["root": root.description]) : root.description)
        identity.pinnedRoots[created.vaultID] = created.rootFingerprint
        try file.replace(with: identity, passphrase: passphrase)
        try PrivateFile.create(Data((created.logKey + "\n").utf8), at: place.appending(path: "log.vkey"))
        desk.terminal.say(
            """
            made the vault and pinned its root, printed above, in \(file.path.printable); next: keep the root on paper, \
            then `strongroom staff add` for each person; see `strongroom help administrator`
            """)
    }
}

/// `strongroom vault rotate`
struct VaultRotate: VaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate",
        abstract: "Seal the whole store anew under a fresh store key.",
        discussion: """
            After somebody has left or lost an identity: with the key they held, nothing of what the disk holds from now on \
            opens. Backups made before still open under the keys they were made with. Needs room for a second copy; a \
            crash at any point loses nothing.

              strongroom vault rotate
            """)

    @OptionGroup(title: "Options of every command in a vault") var common: VaultOptions

    func run(in vault: OpenVault) throws {
        let size = try vault.terminal.during("sealing anew") { try vault.answer(vault.session.rotateStoreKey()) }
        try vault.show(["logSize": size], as: "log entry \(size)")
        vault.tell(
            "the store is sealed under a fresh key",
            next: "back it up: `strongroom vault backup`, since older backups open under older keys")
    }
}

/// What a check found, for people.
enum VaultText {
    static func of(_ report: VaultReport) -> String {
        let card = Card([
            ("access log", "\(report.logSize) entries"), ("roster", "\(report.statementCount) signed statements"),
            ("records", "\(report.recordCount)"), ("opened", "\(report.openedEntryCount) entries, with your keys"),
            ("orphans", report.orphanCount > 0 ? "\(report.orphanCount) unfinished documents swept" : nil),
        ])
        return
            ([card.text] + report.problems.map { "wrong: \($0.printable)" }
            + (report.problems.isEmpty ? ["sound"] : [])).joined(separator: "\n")
    }
}
