import ArgumentParser
import Foundation
import Sealing
import Strongroom

/// `strongroom recovery …`
struct RecoveryNoun: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recovery",
        abstract: "A way back in when every administrator is gone: shares on paper, held by custodians.",
        discussion: """
            Any K of N shares restore; fewer tell nothing. Try it in a practice vault before you need it.

              strongroom recovery split --shares 5 --threshold 3 --out shares
              strongroom recovery drill
            """,
        subcommands: [
            RecoverySplit.self, RecoveryRenew.self, RecoveryInclude.self, RecoveryDrill.self, RecoveryRun.self,
            RecoveryKeeper.self,
        ])
}

/// `strongroom recovery split`
struct RecoverySplit: VaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "split",
        abstract: "Make recovery shares, two printable files of each.",
        discussion: """
            Writes DIR/share-1.html, to be printed, with a QR code, and DIR/share-1.txt, the same without one; and so on, \
            mode 0600. Print each, hand it to its custodian in an envelope, and destroy the files.

              strongroom recovery split --shares 5 --threshold 3 --out shares
            """)

    @OptionGroup var pages: NewPages

    @OptionGroup(title: "Options of every command in a vault") var common: VaultOptions

    func run(in vault: OpenVault) throws {
        let split = try pages.write { keep in
            try vault.answer(
                vault.session.splitRecovery(threshold: pages.threshold, count: pages.shares, keep: keep))
        }
        try pages.show(split, in: vault)
        vault.tell(
            "split recovery into \(pages.shares) shares, any \(pages.threshold) of which restore",
            next: "print each page, hand it to its custodian, destroy the files; then `strongroom recovery drill`",
            warnings: pages.warnings(split))
    }
}

/// `strongroom recovery renew`
struct RecoveryRenew: VaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "renew",
        abstract: "A custodian left or a page is lost: make new shares; those before open nothing here any more.",
        discussion: """
            Enough of the former shares must be at hand, in files or typed: what is closed opens to nobody else here, and is \
            wrapped to the new key with them. Every group gets a new key too. Backups made until now still open to the \
            former shares, and are listed.

              strongroom recovery renew --shares 5 --threshold 3 --out new-shares

            Are too few of them left, `--without-former-shares` ends them all the same. Closed records are then out of \
            recovery's reach until an archive keeper runs `strongroom recovery include`.
            """)

    @OptionGroup var pages: NewPages

    @OptionGroup var former: GivenPages

    @Flag(help: "Too few former shares are left; recovery loses closed records until an archive keeper includes them.")
    var withoutFormerShares = false

    @OptionGroup(title: "Options of every command in a vault") var common: VaultOptions

    func validate() throws {
        guard !withoutFormerShares || former.share.isEmpty else {
            throw ValidationError("either `--share` or `--without-former-shares`")
        }
    }

    func run(in vault: OpenVault) throws {
        let brought = withoutFormerShares ? nil : try former.read(at: vault.desk)
        let split = try pages.write { keep in
            try vault.answer(
                vault.session.renewRecovery(
                    with: brought, threshold: pages.threshold, count: pages.shares, keep: keep))
        }
        try pages.show(split, in: vault)
        vault.tell(
            "made \(pages.shares) new shares, any \(pages.threshold) of which restore; those before open nothing here",
            next: """
                print each page, hand it to its custodian, destroy the files and the former pages; then `strongroom \
                vault rotate`, or an old keyring still opens the store's outer seal to them
                """,
            warnings: pages.warnings(split))
    }
}

/// `strongroom recovery include`
struct RecoveryInclude: VaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "include",
        abstract: "Bring closed records into recovery's reach: the archive keeper's part.",
        discussion: """
            For what closed before recovery was split, or was left behind by `recovery renew --without-former-shares`. It \
            shows nothing of any record.

              strongroom recovery include
            """)

    @OptionGroup(title: "Options of every command in a vault") var common: VaultOptions

    func run(in vault: OpenVault) throws {
        let count = try vault.answer(vault.session.includeClosed())
        try vault.show(["included": count.included, "unreached": count.unreached], as: "\(count.included)")
        let warnings =
            count.unreached > 0
            ? ["\(count.unreached) closed records are other keepers' and stay out of recovery's reach"] : []
        vault.tell("included \(count.included) closed records in recovery", warnings: warnings)
    }
}

/// `strongroom recovery drill`
struct RecoveryDrill: VaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "drill",
        abstract: "Prove that custodians' shares work, without showing what they open.",
        discussion: """
            With enough pages the key is restored, tried on everything that is wrapped to it, and forgotten. With fewer, \
            each page is held against what was kept of it when it was made. It is logged either way.

              strongroom recovery drill
              strongroom recovery drill --share one.txt

            Without `--share` the pages are typed, or read from standard input.
            """)

    @OptionGroup var given: GivenPages

    @OptionGroup(title: "Options of every command in a vault") var common: VaultOptions

    func run(in vault: OpenVault) throws {
        let shares = try given.read(at: vault.desk)
        let drill = try vault.terminal.during("trying") { try vault.answer(vault.session.drillRecovery(shares)) }
        let numbers = drill.shares.map(String.init).joined(separator: ", ")
        try vault.show(
            drill,
            as: Card([
                ("set", drill.set), ("shares", "\(numbers) of \(drill.count)"), ("restore", "any \(drill.threshold)"),
                ("opened", drill.proof.map { "\($0.groupKeyCount) group keys, \($0.recordKeyCount) record keys" }),
            ]).text)
        guard let proof = drill.proof else {
            return vault.tell(
                "sound, in force, and as handed out; too few to try: \(drill.threshold) restore",
                next: "bring \(drill.threshold) pages together once a year")
        }
        let warnings =
            proof.unreachedCount > 0
            ? ["\(proof.unreachedCount) closed records are out of its reach: see `strongroom recovery include`"] : []
        vault.tell(
            "these shares work: they open everything that is wrapped to recovery; nothing of it was kept",
            next: "give the pages back", warnings: warnings)
    }
}

/// `strongroom recovery run`
struct RecoveryRun: Command {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Make a new adoption administrator out of enough recovery shares.",
        discussion: """
            The new administrator makes an identity first, and runs this with it. It is logged under their own key. Without \
            `--share` the custodians' pages are typed, or read from standard input.

              strongroom identity new ~/me --root v_…:3f9a…
              strongroom recovery run --identity ~/me --handle asha --reason @why.txt
            """)

    @OptionGroup var given: GivenPages

    @Option(help: ArgumentHelp("The new administrator's short name.", valueName: "name"))
    var handle: String

    @Option(help: ArgumentHelp("Why: @FILE, or - for standard input.", valueName: "@file"))
    var reason: String

    @OptionGroup(title: "Options of every command in a vault") var common: VaultOptions

    func validate() throws { try given.leaveInput(to: reason) }

    func run(at desk: Desk) throws {
        let directory = try common.directory(at: desk)
        let face = try VaultPlace.face(of: directory)
        let clock = try PracticeClock.clock(at: desk, isPractice: face.isPractice)
        if face.isPractice { desk.terminal.say("practice vault") }
        let reason = try TextSource(reason).read(at: desk, isPractice: face.isPractice)
        let identity = try common.who.unlock(at: desk)
        try Vault.recover(
            at: directory, shares: given.read(at: desk), identity: identity, handle: handle, reason: reason,
            clock: clock, confirmClock: common.confirmClock)
        desk.terminal.say(
            """
            restored: \(handle) is adoption administrator; next: `strongroom staff list`, end who is gone, and \
            `strongroom recovery renew` while the pages are still here; see `strongroom help recovery`
            """)
    }
}

/// `strongroom recovery keeper`
struct RecoveryKeeper: VaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "keeper",
        abstract: "Give an archive keeper what closed before them, when those who kept it are gone.",
        discussion: """
            The archive's keys pass from keeper to keeper only with the last one's identity, or with enough recovery shares. \
            It shows nothing of any record.

              strongroom staff role kit --add archive-keeper
              strongroom recovery keeper kit --reason @why.txt
            """)

    @Argument(help: "The keeper's short name.")
    var handle: String

    @OptionGroup var given: GivenPages

    @Option(help: ArgumentHelp("Why: @FILE, or - for standard input.", valueName: "@file"))
    var reason: String

    @OptionGroup(title: "Options of every command in a vault") var common: VaultOptions

    func validate() throws { try given.leaveInput(to: reason) }

    func run(in vault: OpenVault) throws {
        let (reason, shares) = (try vault.text(reason), try given.read(at: vault.desk))
        let count = try vault.answer(vault.session.recoverArchive(for: handle, shares: shares, reason: reason))
        try vault.show(["keys": count], as: "\(count)")
        vault.tell(
            "gave \(handle) \(count) keys of the archive",
            next: "end who kept it and is gone: `strongroom staff end`; give the pages back")
    }
}
