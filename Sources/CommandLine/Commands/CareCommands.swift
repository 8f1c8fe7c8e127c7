import Adoption
import ArgumentParser
import Foundation
import Strongroom
import WorkingDays

/// `strongroom care …`
struct CareNoun: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "care",
        abstract: "The care record: a child's ordinary record.",
        discussion: """
            Readable to people with the appropriate authority in the record's team. It shows a plan's type and aim, and \
            no placement and no carer: that detail goes on the adoption record, with a signpost here.

              ref=$(strongroom care open --from child.txt)
              strongroom care show $ref
            """,
        subcommands: [
            CareOpen.self, CareShow.self, CareSearch.self, CareNote.self, CareAssign.self, CareClose.self,
        ])
}

/// `strongroom care open`
struct CareOpen: VaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "open",
        abstract: "Open a care record; prints its reference, C-….",
        discussion: """
            FILE has a line for each particular; given, family and born are needed:

              given: Rowan
              family: Ashdown
              born: 2021-06-14
              nhs: …   upn: …   address: …   note: …     (each on a line of its own, as far as known)

              ref=$(strongroom care open --from child.txt --key-worker asha --manager mo)

            A child adopted earlier gets an ordinary new record in the new name: nothing looks for, or names, an old one.
            """)

    @Option(
        help: ArgumentHelp(
            "The particulars: FILE, or - for standard input; without it they are asked for.", valueName: "file"),
        completion: .file())
    var from: String?

    @Option(
        help: ArgumentHelp(
            "The key worker's short name; without it, you, if you are a social worker.", valueName: "name"))
    var keyWorker: String?

    @Option(help: ArgumentHelp("The manager's short name.", valueName: "name"))
    var manager: String?

    @Option(help: "The team; without it, yours.")
    var team: String?

    @Option(help: ArgumentHelp("The day it was opened, YYYY-MM-DD; without it, today.", valueName: "day"))
    var on: Day?

    @OptionGroup(title: "Options of every command in a vault") var common: VaultOptions

    func run(in vault: OpenVault) throws {
        let particulars = try from.map {
            try ParticularsText(TextSource(file: $0).read(at: vault.desk, isPractice: false))
        }
        let opening = CareOpening(
            particulars: try (particulars ?? ParticularsText.asked()).particulars, keyWorker: keyWorker,
            manager: manager,
            team: team, on: on)
        let reference = try vault.answer(vault.session.openCare(opening))
        try vault.show(["reference": reference], as: reference)
        vault.tell("opened a care record", next: "`strongroom care note`", see: "care show \(reference)")
    }
}

/// `strongroom care show`
struct CareShow: VaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show who the child is, who works with them, the plan's type and aim, and what the record waits for.",
        discussion: "  strongroom care show C-…")

    @Argument(help: "The care record's reference, C-….")
    var ref: String

    @OptionGroup(title: "Options of every command in a vault") var common: VaultOptions
    var reference: String? { ref }

    func run(in vault: OpenVault) throws {
        let view = try vault.answer(vault.session.showCare(ref))
        try vault.show(view, as: CareLines.of(view))
    }
}

/// `strongroom care search`
struct CareSearch: VaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "search",
        abstract: "Find care records by whole words of a name, a date of birth, or an identifier.",
        discussion: """
            All words must match. Only what you may open is found; a closed record is found by nobody. The words come \
            from standard input, a file or a prompt, never from an argument.

              echo "rowan ashdown" | strongroom care search --from -
            """)

    @Option(
        help: ArgumentHelp(
            "The words: FILE, or - for standard input; without it they are asked for.", valueName: "file"),
        completion: .file())
    var from: String?

    @OptionGroup(title: "Options of every command in a vault") var common: VaultOptions

    func run(in vault: OpenVault) throws {
        let words = try from.map { try TextSource(file: $0).read(at: vault.desk, isPractice: false) } ?? typed(vault)
        let hits = try vault.answer(vault.session.searchCare(words))
        let table = Table(
            "reference", "given", "family", "born", rows: hits.map { [$0.reference, $0.given, $0.family, $0.born] })
        if hits.isEmpty, !vault.isJSON { return vault.terminal.say("nothing found that you may open") }
        try vault.show(hits, as: table.text(styled: vault.terminal.isStyled))
    }

    private func typed(_ vault: OpenVault) throws -> String {
        if !Keyboard.isThere, !vault.desk.isShell {
            return try TextSource.standardInput.read(at: vault.desk, isPractice: false)
        }
        return try Keyboard(hint: "name a file with `--from`, or `--from -`").ask("words: ")
    }
}

/// `strongroom care note`
struct CareNote: VaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "note",
        abstract: "Write a case note, or the record of a visit, on the care record.",
        discussion: """
            No placement and no carer here, and never an adoption record's reference: that detail goes on the adoption \
            record with `strongroom adoption note`, which leaves a signpost here. Record within 24 hours where there are \
            child-protection concerns, else within 48.

              strongroom care note C-… --from visit.txt --visit --on 2026-05-11
            """)

    @Argument(help: "The care record's reference, C-….")
    var ref: String

    @Option(
        help: ArgumentHelp(
            "The text: FILE, or - for standard input; without it, your editor opens.", valueName: "file"),
        completion: .file())
    var from: String?

    @Flag(help: "It records a visit.")
    var visit = false

    @Option(help: ArgumentHelp("The day it happened, YYYY-MM-DD; without it, today.", valueName: "day"))
    var on: Day?

    @OptionGroup(title: "Options of every command in a vault") var common: VaultOptions
    var reference: String? { ref }

    func run(in vault: OpenVault) throws {
        let text = try vault.mainText(from: from, about: "note")
        let filed = try vault.answer(vault.session.note(ref, text: text, visit: visit, on: on))
        try vault.show(filed, as: filed.entry)
        vault.tell(
            visit ? "recorded the visit" : "wrote the note", next: "`strongroom entry correct` if something is wrong",
            see: "entry read \(ref) \(filed.entry)", warnings: filed.warnings)
    }
}

/// `strongroom care assign`
struct CareAssign: VaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "assign",
        abstract: "Change a care record's key worker or manager, or name a deputy until a day.",
        discussion: """
            A deputy has a dated grant of their own and inherits nothing: the adoption record needs one too, with \
            `strongroom access grant`.

              strongroom care assign C-… --deputy nell --until 2026-06-05 --reason @reason.txt
            """)

    @Argument(help: "The care record's reference, C-….")
    var ref: String

    @Option(help: ArgumentHelp("The new key worker.", valueName: "name"))
    var keyWorker: String?

    @Option(help: ArgumentHelp("The new manager.", valueName: "name"))
    var manager: String?

    @Option(help: ArgumentHelp("A deputy of the key worker.", valueName: "name"))
    var deputy: String?

    @Option(help: ArgumentHelp("The deputy's last day, YYYY-MM-DD.", valueName: "day"))
    var until: Day?

    @Option(help: ArgumentHelp("Why: @FILE, or - for standard input.", valueName: "@file"))
    var reason: String

    @OptionGroup(title: "Options of every command in a vault") var common: VaultOptions
    var reference: String? { ref }

    func validate() throws {
        guard keyWorker != nil || manager != nil || deputy != nil else {
            throw ValidationError("name a --key-worker, a --manager or a --deputy")
        }
        guard until == nil || deputy != nil else { throw ValidationError("--until belongs to --deputy") }
    }

    func run(in vault: OpenVault) throws {
        let reason = try vault.text(reason)
        try vault.answer(
            vault.session.assign(
                ref, keyWorker: keyWorker, manager: manager, deputy: deputy, until: until, reason: reason))
        vault.tell("changed who answers for the record", see: "care show \(ref)")
    }
}

/// `strongroom care close`
struct CareClose: VaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "close",
        abstract: "Close the care record and the adoption record together, for good.",
        discussion: """
            After the order and the signed file audit. There is no way back: both are sealed anew under the archive's \
            key, nobody reads them until a disclosure, which this version does not have, and a later concern makes a new \
            record.

              strongroom care close C-… --preview
              strongroom care close C-…
            """)

    @Argument(help: "The care record's reference, C-….")
    var ref: String

    @Flag(help: "Only show what closing would do.")
    var preview = false

    @Flag(help: "Do not ask for the reference again; for scripts.")
    var yes = false

    @OptionGroup(title: "Options of every command in a vault") var common: VaultOptions
    var reference: String? { ref }

    func run(in vault: OpenVault) throws {
        if !preview { try Confirmation.require(ref, for: "closing both records", yes: yes) }
        let certificate = try vault.answer(vault.session.close(ref, preview: preview))
        try vault.show(certificate, as: ClosureText.of(certificate))
        if preview {
            vault.tell("nothing was changed", next: "`strongroom care close \(ref)`")
        } else {
            vault.tell(
                "closed both records, sealed for the archive",
                next: "nothing; a later concern opens a new record in the new name")
        }
    }
}

/// A care record, for people.
enum CareLines {
    static func of(_ view: CareView) -> String {
        let child = view.particulars
        let other = child.other.sorted { $0.key < $1.key }.map { ($0.key, Optional($0.value)) }
        return Card(
            [
                ("record", view.reference), ("stage", StageText.of(view.stage)),
                ("name", child.given.isEmpty ? "not stated" : "\(child.given) \(child.family)"),
                ("born", child.born?.description ?? "not stated"),
            ] + other + [
                ("opened", view.openedOn), ("key worker", view.keyWorker ?? "nobody"), ("manager", view.manager),
                ("deputies", view.deputies.isEmpty ? nil : view.deputies.joined(separator: ", ")),
                ("plan", view.plan ?? "none recorded"),
                ("secure record", view.hasAdoptionRecord ? "detail is held on the secure record" : nil),
                ("waits for", WaitText.of(view.waitsFor, reference: view.reference)),
            ]
        ).text
    }
}

/// A stage in words.
enum StageText {
    static func of(_ stored: String) -> String {
        switch Stage(rawValue: stored) {
        case .awaitingClosure: "order made, awaiting closure"
        case .securityLifted: "security lifted, awaiting migration"
        case .some(let stage): stage.rawValue
        case nil: stored
        }
    }
}

/// What a record waits for, one thing a line.
enum WaitText {
    static func of(_ waits: [WaitLine], reference: String) -> String {
        guard !waits.isEmpty else { return "nothing" }
        return waits.map { "\($0.what) (\($0.who): `strongroom \($0.command)`)" }.joined(separator: "\n")
    }
}
