import ArgumentParser
import Foundation
import Sealing
import Strongroom

/// `strongroom vault check`
struct VaultCheck: Command {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Derive everything again: pages, log, roster, keys, and every entry you can open.",
        discussion: """
            Ends with exit code 1 if anything is wrong, each thing on a line. With --backup it is a backup that is checked, \
            in a copy: its files stay as they are, and the vault it is of need not be there.

              strongroom vault check
              strongroom vault check --backup /media/safe/vault-2026-05-01
            """)

    @Option(help: "A backup's file, instead of the vault.", completion: .file())
    var backup: String?

    @OptionGroup(title: "Options of every command in a vault") var common: VaultOptions

    func run(at desk: Desk) throws {
        guard let backup else { return try OfVault(common: common).run(at: desk) }
        let file = URL(filePath: backup)
        let clock = try PracticeClock.clock(at: desk, isPractice: Vault.face(ofBackup: file).isPractice)
        let identity = try common.who.unlock(at: desk)
        let report = try desk.terminal.during("checking") {
            try Self.answer(
                Vault.check(backup: file, identity: identity, clock: clock, confirmClock: common.confirmClock))
        }
        desk.terminal.print(common.json ? try JSONText.of(report) : VaultText.of(report))
        try Self.judge(report, "backup", hint: "take another one")
    }

    /// The check of the vault itself, which is open for it.
    private struct OfVault: VaultCommand {
        @OptionGroup var common: VaultOptions

        init() {}
        init(common: VaultOptions) { self.common = common }

        func run(in vault: OpenVault) throws {
            let report = try vault.terminal.during("checking") { try vault.answer(vault.session.check()) }
            try vault.show(report, as: VaultText.of(report))
            try judge(report, "vault", hint: "leave it as it is, and restore from a backup")
        }
    }

    private static func judge(_ report: VaultReport, _ what: String, hint: String) throws {
        guard report.problems.isEmpty else {
            throw Trouble(message: "the \(what) is not sound: \(report.problems.count) problems", hint: hint)
        }
    }

    fileprivate static func answer<Answer>(_ outcome: Outcome<Answer>) throws -> Answer {
        switch outcome {
        case .done(let answer): return answer
        case .denied(let denial): throw Denied(denial: denial)
        case .refused(let refusal): throw Refused(refusal: refusal, record: nil)
        }
    }
}

/// `strongroom vault backup`
struct VaultBackup: VaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Copy the store to one new file while it is in use, and open the copy.",
        discussion: """
            Writes FILE, FILE.keyring and FILE.removals: what a restore needs. None shows a name without a member's \
            identity. The copy is opened and compared with the store before it counts.

              strongroom vault backup /media/safe/vault-2026-05-01

            FILE.removals says what was removed, closed or revoked until now. A later list does too: keep the newest \
            `store.removals` of the vault with the backups, or write one with `strongroom vault removals`.
            """)

    @Argument(help: "The new file; never overwrites.", completion: .file())
    var file: String

    @OptionGroup(title: "Options of every command in a vault") var common: VaultOptions

    func run(in vault: OpenVault) throws {
        let size = try vault.terminal.during("copying") {
            try vault.answer(vault.session.backup(to: URL(filePath: file)))
        }
        try vault.show(["logSize": size], as: "\(file.printable)")
        vault.tell(
            "backed up at log entry \(size), opened and compared; with \(file.printable).keyring and .removals beside it",
            next: "take all three to another place, and try them with `strongroom vault restore`",
            warnings: [
                "backups made before today still open what was removed or revoked since, to the keys of their time"
            ])
    }
}

/// `strongroom vault removals`
struct VaultRemovals: VaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "removals",
        abstract: "Write the list of what a restore must do again: removed, closed, ended, revoked.",
        discussion: """
            The vault keeps it as `store.removals`, always up to date. Copied to where the backups are, it lets an older \
            backup be restored without bringing back what was removed since. Signed, and sealed to members.

              strongroom vault removals --out /media/safe/removals-2026-05-14
            """)

    @Option(help: "The new file; never overwrites.", completion: .file())
    var out: String

    @OptionGroup(title: "Options of every command in a vault") var common: VaultOptions

    func run(in vault: OpenVault) throws {
        let size = try vault.answer(vault.session.writeRemovals(to: URL(filePath: out)))
        try vault.show(["logSize": size], as: "\(out.printable)")
        vault.tell(
            "wrote the list of removals as of log entry \(size)",
            next: "keep it where the backups are", see: "help backup")
    }
}

/// `strongroom vault restore`
struct VaultRestore: Command {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Make a new vault of a backup, and do again what was removed, closed or revoked since.",
        discussion: """
            Needs the identity of an adoption administrator, then and now. With the list of removals, the newest there is, \
            records removed since are removed again, those closed are closed, and who may is as it is now. What else was \
            done since the backup is lost, and has to be done again.

              strongroom vault restore /media/safe/vault-2026-05-01 /srv/vault --removals /media/safe/store.removals

            The store gets a new key and the access log a new key and name, which auditors must be told. Its first entry \
            names the head that was restored and the last one known; checkpoints of the old name up to the former verify.
            """)

    @Argument(help: "The backup's file; FILE.keyring must lie beside it.", completion: .file())
    var file: String

    @Argument(help: "A new or empty directory.", completion: .directory)
    var directory: String

    @Option(help: "The list of removals: the vault's own `store.removals`, or the newest copy.", completion: .file())
    var removals: String?

    @Flag(help: "There is no list: who left, what was removed and what was closed since are as they were then.")
    var withoutRemovals = false

    @Option(help: ArgumentHelp("A card that signed the list and that you compared.", valueName: "key id"))
    var signer: String?

    @OptionGroup var who: IdentityOptions

    @Flag(help: "You have looked at a clock: the leap since the backup's last entry is right.")
    var confirmClock = false

    @Flag(help: "Print the result as JSON, for programs.")
    var json = false

    func validate() throws {
        guard (removals == nil) == withoutRemovals else {
            throw ValidationError(
                "name the list with `--removals FILE`, or say `--without-removals`: removed records then come back, and "
                    + "who has left may open them")
        }
    }

    func run(at desk: Desk) throws {
        let backup = URL(filePath: file)
        let clock = try PracticeClock.clock(at: desk, isPractice: Vault.face(ofBackup: backup).isPractice)
        let identity = try who.unlock(at: desk)
        let place = URL(filePath: directory, directoryHint: .isDirectory)
        let list = removals.map { RestoreList.removals(URL(filePath: $0), signer: signer) } ?? .none
        let report = try desk.terminal.during("restoring") {
            try VaultCheck.answer(
                Vault.restore(
                    backup: backup, to: place, list: list, identity: identity, clock: clock, confirmClock: confirmClock)
            )
        }
        desk.terminal.print(json ? try JSONText.of(report) : RestoreText.of(report))
        if withoutRemovals {
            desk.terminal.warn(
                "without a list: what was removed since the backup is there again, what was closed is open, and who had left "
                    + "is in; remove, close and end them now")
        }
        desk.terminal.warn(
            "policies and assignments are the backup's: look at `strongroom policy show` and `strongroom todo`, and bring back "
                + "into force what changed since")
        desk.terminal.say(
            "restored and checked; next: give auditors \(directory.printable)/log.vkey, and run `strongroom log verify --since "
                + "CHECKPOINT` with the last one you kept; see `strongroom help backup`")
    }
}

/// What a restore did, for people.
enum RestoreText {
    static func of(_ report: RestoreReport) -> String {
        let lost = report.knownSize.map { $0 > report.restoredSize ? $0 - report.restoredSize : 0 }
        var lines: [(String, String?)] = [
            ("restored", "\(report.restoredSize) entries of the access log"),
            ("lost", lost.map { "\($0) entries known from the list" }), ("log", report.origin),
        ]
        if let done = report.reapplied {
            func people(_ names: [String]) -> String? { names.isEmpty ? nil : names.joined(separator: ", ").printable }
            lines += [
                ("removed", done.removed > 0 ? "\(done.removed) records again" : nil),
                ("closed", done.closed > 0 ? "\(done.closed) records again" : nil),
                ("left", people(done.ended)), ("joined", people(done.added)), ("new card", people(done.rekeyed)),
                ("groups", done.renewedGroups > 0 ? "\(done.renewedGroups) with a new key" : nil),
                ("recovery", done.recoveryMoved ? "moved to the key in force" : nil),
            ]
        }
        return [Card(lines).text, VaultText.of(report.check)].joined(separator: "\n")
    }
}
