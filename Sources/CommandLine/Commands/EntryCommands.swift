import ArgumentParser
import Strongroom

/// `strongroom entry …`
struct EntryNoun: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "entry",
        abstract: "Everything that stands on a record: notes, visits, plans, documents, signposts.",
        discussion: """
            Nothing is overwritten: a correction supersedes, and the original stays.

              strongroom entry list C-…
              strongroom entry read C-… e_…
            """,
        subcommands: [EntryList.self, EntryRead.self, EntryCorrect.self])
}

/// `strongroom entry list`
struct EntryList: VaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "What stands on a record, by day.", discussion: "  strongroom entry list AR-…")

    @Argument(help: "The record's reference, C-… or AR-….")
    var ref: String

    @OptionGroup(title: "Options of every command in a vault") var common: VaultOptions
    var reference: String? { ref }

    func run(in vault: OpenVault) throws {
        let lines = try vault.answer(vault.session.listEntries(ref))
        try vault.show(lines, as: EntryLines.table(lines, in: vault))
    }
}

/// `strongroom entry read`
struct EntryRead: VaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "read", abstract: "Read one entry.", discussion: "  strongroom entry read AR-… e_…")

    @Argument(help: "The record's reference, C-… or AR-….")
    var ref: String

    @Argument(help: "The entry, e_….")
    var entry: String

    @OptionGroup(title: "Options of every command in a vault") var common: VaultOptions
    var reference: String? { ref }

    func run(in vault: OpenVault) throws {
        let view = try vault.answer(vault.session.readEntry(ref, entry))
        try vault.show(view, as: EntryLines.of(view))
    }
}

/// `strongroom entry correct`
struct EntryCorrect: VaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "correct",
        abstract: "Replace an entry's text by a corrected one; the original is kept, superseded.",
        discussion: """
            Prints the new entry. An entry on the wrong record is moved instead: `strongroom document move`.

              strongroom entry correct C-… e_… --from right.txt --reason @reason.txt
            """)

    @Argument(help: "The record's reference, C-… or AR-….")
    var ref: String

    @Argument(help: "The entry, e_….")
    var entry: String

    @Option(
        help: ArgumentHelp(
            "The right text: FILE, or - for standard input; without it, your editor opens.", valueName: "file"),
        completion: .file())
    var from: String?

    @Option(help: ArgumentHelp("Why: @FILE, or - for standard input.", valueName: "@file"))
    var reason: String

    @OptionGroup(title: "Options of every command in a vault") var common: VaultOptions
    var reference: String? { ref }

    func run(in vault: OpenVault) throws {
        let reason = try vault.text(reason)
        let text = try vault.mainText(from: from, about: "right text")
        let filed = try vault.answer(
            vault.session.correct(
                ref, entry, text: text, particulars: (try? ParticularsText(text))?.particulars, reason: reason))
        try vault.show(filed, as: filed.entry)
        vault.tell(
            "corrected the entry, the original is kept", see: "entry read \(ref) \(filed.entry)",
            warnings: filed.warnings)
    }
}

/// Entries, for people.
enum EntryLines {
    static func table(_ lines: [EntryLine], in vault: OpenVault) -> String {
        let rows = lines.map { line in
            [
                line.on, line.documentKind ?? line.kind, line.title ?? "", line.author, marks(line),
                line.byteCount.map { "\($0) bytes" } ?? "", line.id,
            ]
        }
        return Table("day", "kind", "title", "by", "", "size", "entry", rows: rows)
            .text(styled: vault.terminal.isStyled, none: "nothing stands there")
    }

    static func of(_ view: EntryView) -> String {
        let line = view.line
        let fields = view.fields.sorted { $0.key < $1.key }.map { ($0.key, Optional($0.value)) }
        return Card(
            [
                ("entry", line.id), ("kind", line.documentKind ?? line.kind), ("day", line.on), ("by", line.author),
                ("recorded", view.recordedAt), ("title", view.text == nil ? line.title : nil),
                ("size", line.byteCount.map { "\($0) bytes" }), ("supersedes", view.supersedes),
                ("reason", view.reason),
                ("mark", marks(line).isEmpty ? nil : marks(line)),
            ] + fields + [("text", view.text)]
        ).text
    }

    private static func marks(_ line: EntryLine) -> String {
        [line.isSuperseded ? "superseded" : nil, line.isRestricted ? "restricted" : nil].compactMap { $0 }
            .joined(separator: ", ")
    }
}
