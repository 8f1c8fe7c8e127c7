import ArgumentParser
import Foundation
import Strongroom
import WorkingDays

/// `strongroom document …`
struct DocumentNoun: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "document",
        abstract: "Documents of a record, filed by the filing convention.",
        discussion: """
            The convention says which record takes which kind; the wrong record is refused with the right one named. See \
            the kinds with `strongroom policy show` or `strongroom help filing`.

              strongroom document add AR-… plan.pdf --kind detailed-adoption-plan
            """,
        subcommands: [DocumentAdd.self, DocumentList.self, DocumentRead.self, DocumentMove.self])
}

/// `strongroom document add`
struct DocumentAdd: VaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "File a document; prints its entry, e_….",
        discussion: """
            It is sealed as it is read, however large; the file itself stays where it is, and is yours to destroy.

              entry=$(strongroom document add AR-… plan.pdf --kind detailed-adoption-plan)
            """)

    @Argument(help: "The record's reference, C-… or AR-….")
    var ref: String

    @Argument(help: "The file.", completion: .file())
    var file: String

    @Option(help: "What it is, as the filing convention names it.")
    var kind: String

    @Option(
        help: ArgumentHelp("A title: @FILE, or - for standard input; without it, the file's name.", valueName: "@file"))
    var title: String?

    @Option(help: ArgumentHelp("The day it is of, YYYY-MM-DD; without it, today.", valueName: "day"))
    var on: Day?

    @OptionGroup(title: "Options of every command in a vault") var common: VaultOptions
    var reference: String? { ref }

    func run(in vault: OpenVault) throws {
        let title = try title.map(vault.text)
        let filed = try vault.terminal.during("sealing") {
            try vault.answer(
                vault.session.addDocument(ref, file: URL(filePath: file), kind: kind, title: title, on: on))
        }
        try vault.show(filed, as: filed.entry)
        vault.tell(
            "filed the document", next: "destroy the open copy, if it is not the original",
            see: "document list \(ref)", warnings: filed.warnings)
    }
}

/// `strongroom document list`
struct DocumentList: VaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "The documents of a record.",
        discussion: "  strongroom document list AR-…")

    @Argument(help: "The record's reference, C-… or AR-….")
    var ref: String

    @OptionGroup(title: "Options of every command in a vault") var common: VaultOptions
    var reference: String? { ref }

    func run(in vault: OpenVault) throws {
        let lines = try vault.answer(vault.session.listEntries(ref, documentsOnly: true))
        try vault.show(lines, as: EntryLines.table(lines, in: vault))
    }
}

/// `strongroom document read`
struct DocumentRead: VaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "read",
        abstract: "Read a document, or release it to a new file.",
        discussion: """
            With --out the file has mode 0600, never overwrites, and the act is logged as a release outside the vault: \
            from then on you answer for the copy. Without it the bytes go to standard output, but never to a terminal \
            unless they are plain text.

              strongroom document read AR-… e_… --out plan.pdf
            """)

    @Argument(help: "The record's reference, C-… or AR-….")
    var ref: String

    @Argument(help: "The entry, e_….")
    var entry: String

    @Option(help: ArgumentHelp("The new file; without it, standard output.", valueName: "file"), completion: .file())
    var out: String?

    @OptionGroup(title: "Options of every command in a vault") var common: VaultOptions
    var reference: String? { ref }

    func run(in vault: OpenVault) throws {
        let read = try vault.answer(
            vault.session.readDocument(ref, entry, out: out.map { URL(filePath: $0) }))
        if let out {
            return vault.tell(
                "released \(read.byteCount) bytes to `\(out.printable)`, outside the vault",
                next: "destroy it when you are done")
        }
        guard let content = read.content else { return }
        guard vault.terminal.showsResults else { return vault.terminal.print(bytes: content) }
        guard let text = String(validating: content, as: UTF8.self), !text.contains("\0") else {
            throw Misuse(message: "the document is not text, it does not go to a terminal", hint: "give `--out FILE`")
        }
        vault.terminal.print(text.printableLines)
    }
}

/// `strongroom document move`
struct DocumentMove: VaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "move",
        abstract: "Move a document or a note that was filed on the wrong record.",
        discussion: """
            It is sealed anew on the right record and the wrong copy's key is destroyed. Who had opened it where it did \
            not belong is named, so that they can be told. Prints the new entry.

              strongroom document move C-… e_… --to AR-… --reason @reason.txt
            """)

    @Argument(help: "The record it was filed on by mistake.")
    var ref: String

    @Argument(help: "The entry, e_….")
    var entry: String

    @Option(help: ArgumentHelp("The record it belongs on.", valueName: "ref"))
    var to: String

    @Option(help: ArgumentHelp("Why: @FILE, or - for standard input.", valueName: "@file"))
    var reason: String

    @OptionGroup(title: "Options of every command in a vault") var common: VaultOptions
    var reference: String? { ref }

    func run(in vault: OpenVault) throws {
        let reason = try vault.text(reason)
        let moved = try vault.answer(vault.session.moveEntry(ref, entry, to: to, reason: reason))
        try vault.show(moved, as: moved.newEntry)
        let opened =
            moved.openedBy.isEmpty
            ? "nobody had opened it" : "it had been opened there by \(moved.openedBy.joined(separator: ", "))"
        vault.tell(
            "moved it, the wrong copy is destroyed; \(opened)",
            next: moved.openedBy.isEmpty ? nil : "tell your manager who saw it",
            see: "entry read \(to) \(moved.newEntry)")
    }
}
