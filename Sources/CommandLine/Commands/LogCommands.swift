import ArgumentParser
import Foundation
import Strongroom

/// `strongroom log …`
struct LogNoun: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log",
        abstract: "The access log: who asked for what, and what was answered, provable.",
        discussion: """
            Every request is an entry, also those that were denied. No entry names a child or a record: a record is a \
            random alias there.

              strongroom log checkpoint --out held        anyone, to keep outside the vault
              strongroom log verify --since held
              strongroom log export log                   auditor; then: strongroom-verify log --key-file log.vkey
            """,
        subcommands: [LogShow.self, LogVerify.self, LogCheckpoint.self, LogExport.self])
}

/// `strongroom log show`
struct LogShow: VaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show entries, the newest last.",
        discussion: """
              strongroom log show --last 20
              strongroom log show --record C-… --actor asha
            """)

    @Option(help: ArgumentHelp("Only entries about this record, if you were given its reference.", valueName: "ref"))
    var record: String?

    @Option(help: ArgumentHelp("Only the last N.", valueName: "n"))
    var last: Int?

    @Option(help: ArgumentHelp("Only what this person asked for.", valueName: "name"))
    var actor: String?

    @OptionGroup(title: "Options of every command in a vault") var common: VaultOptions

    func validate() throws {
        if let last, last < 1 { throw ValidationError("--last is 1 or more") }
    }

    func run(in vault: OpenVault) throws {
        let lines = try vault.answer(vault.session.showLog(record: record, last: last, actor: actor))
        let rows = lines.map {
            ["\($0.position)", $0.time, $0.actor, $0.act, $0.decision, $0.alias, $0.reasons.joined(separator: " ")]
        }
        let table = Table("entry", "time", "by", "act", "decision", "about", "because", rows: rows)
        try vault.show(lines, as: table.text(styled: vault.terminal.isStyled, none: "no entries"))
    }
}

/// `strongroom log verify`
struct LogVerify: VaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Derive the whole log again: entries, tree, root, and every actor's signature.",
        discussion: """
            With --since it is also shown to extend a checkpoint kept from before: only that finds a tail cut off.

              strongroom log verify --since held
            """)

    @Option(help: ArgumentHelp("A checkpoint kept outside the vault.", valueName: "file"), completion: .file())
    var since: String?

    @OptionGroup(title: "Options of every command in a vault") var common: VaultOptions

    func run(in vault: OpenVault) throws {
        // A checkpoint ends with a line feed that is part of it.
        let since = try since.map { try TextSource(file: $0).read(at: vault.desk, isPractice: false) + "\n" }
        let found = try vault.terminal.during("verifying") { try vault.answer(vault.session.verifyLog(since: since)) }
        try vault.show(
            found,
            as: Card([
                ("entries", "\(found.size)"), ("root", found.root), ("signatures", "\(found.signatureCount) verified"),
                ("extends", found.extends.map { "the \($0) entries of the checkpoint given" }),
            ]).text)
        vault.terminal.say("verified" + (since == nil ? "; without --since, a tail cut off goes unseen" : ""))
    }
}

/// `strongroom log checkpoint`
struct LogCheckpoint: VaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "checkpoint",
        abstract: "The latest signed checkpoint, to be kept where the vault's operator cannot write.",
        discussion: "  strongroom log checkpoint --out held")

    @Option(help: ArgumentHelp("A new file; without it, standard output.", valueName: "file"), completion: .file())
    var out: String?

    @OptionGroup(title: "Options of every command in a vault") var common: VaultOptions

    func run(in vault: OpenVault) throws {
        let note = try vault.answer(vault.session.checkpoint())
        guard let out else {
            return try vault.show(["checkpoint": note], as: note.hasSuffix("\n") ? String(note.dropLast()) : note)
        }
        try PrivateFile.create(Data(note.utf8), at: URL(filePath: out))
        vault.tell(
            "wrote the checkpoint to `\(out.printable)`", next: "keep it outside the vault",
            see: "log verify --since \(out.printable)")
    }
}

/// `strongroom log export`
struct LogExport: VaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write the log as plain files (C2SP tlog-tiles), to be verified without the vault.",
        discussion: """
            A later export into the same directory adds what is new, and refuses another history.

              strongroom log export log
              strongroom-verify log --key-file /srv/vault/log.vkey --since held
            """)

    @Argument(help: "The directory.", completion: .directory)
    var directory: String

    @OptionGroup(title: "Options of every command in a vault") var common: VaultOptions

    func run(in vault: OpenVault) throws {
        let size = try vault.terminal.during("exporting") {
            try vault.answer(vault.session.exportLog(to: URL(filePath: directory, directoryHint: .isDirectory)))
        }
        try vault.show(["size": size], as: "\(size)")
        vault.tell(
            "exported \(size) entries", next: "`strongroom-verify \(directory.printable) --key-file log.vkey`")
    }
}
