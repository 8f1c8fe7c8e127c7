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
            """,
        subcommands: [RecoverySplit.self, RecoveryRestore.self])
}

/// `strongroom recovery split`
struct RecoverySplit: VaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "split",
        abstract: "Make recovery shares, one page each; shares made earlier open nothing any more.",
        discussion: """
            Writes DIR/share-1.txt and so on, mode 0600. Print each, hand it to its custodian in an envelope, and destroy \
            the files.

              strongroom recovery split --shares 5 --threshold 3 --out shares
            """)

    @Option(help: ArgumentHelp("How many shares to make, at most 32.", valueName: "n"))
    var shares: Int

    @Option(help: ArgumentHelp("How many of them restore, at least 2.", valueName: "n"))
    var threshold: Int

    @Option(help: ArgumentHelp("The new directory for the pages.", valueName: "dir"), completion: .directory)
    var out: String

    @OptionGroup(title: "Options of every command in a vault") var common: VaultOptions

    func validate() throws {
        guard (2...32).contains(threshold), (threshold...32).contains(shares) else {
            throw ValidationError("the threshold is 2 to the number of shares, of which there are at most 32")
        }
    }

    func run(in vault: OpenVault) throws {
        let folder = URL(filePath: out, directoryHint: .isDirectory)
        // Made first: a split whose pages cannot be written would have ended the earlier shares for nothing.
        do {
            try FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        } catch {
            throw Trouble(message: "the directory `\(out.printable)` cannot be made anew", hint: "choose another path")
        }
        do {
            let pages = try vault.answer(vault.session.splitRecovery(threshold: threshold, count: shares))
            let names = try pages.map { page in
                let name = "share-\(page.index).txt"
                try PrivateFile.create(Data(page.page.utf8), at: folder.appending(path: name))
                return "\(out)/\(name)"
            }
            try vault.show(names, as: names.map(\.printable).joined(separator: "\n"))
            vault.tell(
                "split recovery into \(shares) shares, any \(threshold) of which restore",
                next: "print each page, hand it to its custodian, destroy the files")
        } catch {
            // Only an empty folder goes: pages that were written may be all there is.
            rmdir(folder.path(percentEncoded: false))
            throw error
        }
    }
}

/// `strongroom recovery restore`
struct RecoveryRestore: Command {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Make a new adoption administrator out of enough recovery shares.",
        discussion: """
            The new administrator makes an identity first, and runs this with it. It is logged under their own key.

              strongroom identity new ~/me --root v_…:3f9a…
              strongroom recovery restore --identity ~/me --share one.txt --share four.txt --handle asha --reason @why.txt
            """)

    @Option(
        help: ArgumentHelp(
            "A file with a share's page, or its five numbered lines; repeat it for each share.", valueName: "file"),
        completion: .file())
    var share: [String]

    @Option(help: ArgumentHelp("The new administrator's short name.", valueName: "name"))
    var handle: String

    @Option(help: ArgumentHelp("Why: @FILE, or - for standard input.", valueName: "@file"))
    var reason: String

    @OptionGroup(title: "Options of every command in a vault") var common: VaultOptions

    func run(at desk: Desk) throws {
        let directory = try common.directory(at: desk)
        let face = try VaultPlace.face(of: directory)
        let clock = try PracticeClock.clock(at: desk, isPractice: face.isPractice)
        if face.isPractice { desk.terminal.say("practice vault") }
        let reason = try TextSource(reason).read(at: desk, isPractice: face.isPractice)
        let shares = try share.map { try RecoveryShare(page: TextSource(file: $0).read(at: desk, isPractice: false)) }
        try Vault.recover(
            at: directory, shares: shares, identity: common.who.unlock(at: desk), handle: handle, reason: reason,
            clock: clock, confirmClock: common.confirmClock)
        desk.terminal.say(
            """
            restored: \(handle) is adoption administrator; next: `strongroom staff list`, end who is gone, and \
            `strongroom recovery split` anew; see `strongroom help recovery`
            """)
    }
}
