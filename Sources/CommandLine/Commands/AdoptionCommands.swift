import Adoption
import ArgumentParser
import Strongroom
import WorkingDays

/// `strongroom adoption …`
struct AdoptionNoun: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "adoption",
        abstract: "The adoption record: the second, sealed record of the same child.",
        discussion: """
            It is named by its PIN, AR-…: a reference, not a passcode. Knowing it opens nothing; being in its privileged \
            group does, and only the administrator lets people in: `strongroom access grant`.

              strongroom adoption notify C-… --forum review --on 2026-02-03     key worker
              pin=$(strongroom adoption create C-… --spa-on 2026-03-10)         administrator
              strongroom adoption show $pin
            """,
        subcommands: [AdoptionNotify.self, AdoptionCreate.self, AdoptionShow.self, AdoptionNote.self])
}

/// `strongroom adoption notify`
struct AdoptionNotify: VaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "notify",
        abstract: "Notify the adoption administrator of the intention to pursue adoption.",
        discussion: """
            The key worker's, after the child's review or the panel; for a relinquished child, the parents' request \
            stands where the review's decision stands.

              strongroom adoption notify C-… --forum review --on 2026-02-03
            """)

    @Argument(help: "The care record's reference, C-….")
    var ref: String

    @Option(help: "Where the intention was formed.")
    var forum: Forum

    @Option(help: ArgumentHelp("The day of it, YYYY-MM-DD.", valueName: "day"))
    var on: Day

    @OptionGroup(title: "Options of every command in a vault") var common: VaultOptions
    var reference: String? { ref }

    func run(in vault: OpenVault) throws {
        let filed = try vault.answer(vault.session.notifyIntention(ref, forum: forum, on: on))
        try vault.show(filed, as: filed.entry)
        vault.tell(
            "notified the intention", next: "the administrator runs `strongroom adoption create \(ref)`",
            see: "care show \(ref)", warnings: filed.warnings)
    }
}

/// `strongroom adoption create`
struct AdoptionCreate: VaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Create the adoption record; prints its PIN, AR-….",
        discussion: """
            The adoption administrator's, once for each child. The PIN is a reference, not a passcode. Key worker and \
            manager are sent a notice with it, the security arrangements and the filing convention. Then let the \
            privileged group in, person by person.

              pin=$(strongroom adoption create C-… --spa-on 2026-03-10)
              strongroom access grant $pin asha --reason @reason.txt

            The record should stand by the day of the decision that the child should be placed for adoption (SPA). If \
            the day is not known yet, leave it out and record it later with `strongroom adoption note PIN --decision DAY`.
            """)

    @Argument(help: "The care record's reference, C-….")
    var ref: String

    @Option(help: ArgumentHelp("The day of the SPA decision, YYYY-MM-DD, if it is made.", valueName: "day"))
    var spaOn: Day?

    @Option(help: ArgumentHelp("The day the record is opened, YYYY-MM-DD; without it, today.", valueName: "day"))
    var on: Day?

    @OptionGroup(title: "Options of every command in a vault") var common: VaultOptions
    var reference: String? { ref }

    func run(in vault: OpenVault) throws {
        let created = try vault.answer(vault.session.createAdoption(ref, decisionOn: spaOn, on: on))
        try vault.show(created, as: created.pin)
        let count = created.notified.count
        let sent =
            switch count {
            case 0: "nobody to notify: no key worker and no manager is assigned"
            case 1: "one notice sent, to \(created.notified[0])"
            case 2: "two notices sent, to \(created.notified.joined(separator: " and "))"
            default: "\(count) notices sent, to \(created.notified.joined(separator: ", "))"
            }
        vault.tell(
            "created the adoption record; its PIN, printed above, is a reference, not a passcode; \(sent)",
            next: "`strongroom access grant \(created.pin) NAME --reason @FILE` for each member of its group",
            see: "adoption show \(created.pin)", warnings: created.warnings)
    }
}

/// `strongroom adoption show`
struct AdoptionShow: VaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show an adoption record's structure, its group, and what it waits for.",
        discussion: """
            What it says is in its entries: `strongroom entry list PIN`.

              strongroom adoption show AR-…
            """)

    @Argument(help: "The PIN, AR-…: the record's reference, not a passcode.")
    var pin: String

    @OptionGroup(title: "Options of every command in a vault") var common: VaultOptions
    var reference: String? { pin }

    func run(in vault: OpenVault) throws {
        let view = try vault.answer(vault.session.showAdoption(pin))
        try vault.show(view, as: AdoptionLines.of(view))
    }
}

/// `strongroom adoption note`
struct AdoptionNote: VaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "note",
        abstract: "Write a note or visit in full detail on the adoption record, or record the SPA decision's day.",
        discussion: """
            A note leaves a signpost on the care record: the day, and that detail is held on the secure record.

              strongroom adoption note AR-… --from visit.txt --visit --on 2026-05-11
              strongroom adoption note AR-… --decision 2026-03-10
            """)

    @Argument(help: "The PIN, AR-…: the record's reference, not a passcode.")
    var pin: String

    @Option(
        help: ArgumentHelp(
            "The text: FILE, or - for standard input; without it, your editor opens.", valueName: "file"),
        completion: .file())
    var from: String?

    @Flag(help: "It records a visit.")
    var visit = false

    @Option(help: ArgumentHelp("The day it happened, YYYY-MM-DD; without it, today.", valueName: "day"))
    var on: Day?

    @Flag(help: "Leave no signpost on the care record.")
    var noSignpost = false

    @Option(help: ArgumentHelp("Record the day of the SPA decision instead of a note.", valueName: "day"))
    var decision: Day?

    @OptionGroup(title: "Options of every command in a vault") var common: VaultOptions
    var reference: String? { pin }

    func validate() throws {
        guard decision == nil || (from == nil && !visit && on == nil && !noSignpost) else {
            throw ValidationError("--decision stands alone")
        }
    }

    func run(in vault: OpenVault) throws {
        if let decision { return try record(decision, in: vault) }
        let text = try vault.mainText(from: from, about: "note")
        let filed = try vault.answer(
            vault.session.note(pin, text: text, visit: visit, on: on, signpost: !noSignpost))
        try vault.show(filed, as: filed.entry)
        let signpost =
            noSignpost
            ? "no signpost" : filed.signpost == nil ? "the key worker is asked for the signpost" : "signpost left"
        vault.tell(
            "\(visit ? "recorded the visit" : "wrote the note") on the adoption record, \(signpost)",
            next: "`strongroom entry correct` if something is wrong", see: "entry read \(pin) \(filed.entry)",
            warnings: filed.warnings)
    }

    private func record(_ day: Day, in vault: OpenVault) throws {
        let filed = try vault.answer(vault.session.recordDecision(pin, on: day))
        try vault.show(filed, as: filed.entry)
        vault.tell(
            "recorded the SPA decision of \(day)", next: "what the record waits for", see: "adoption show \(pin)",
            warnings: filed.warnings)
    }
}

/// An adoption record, for people.
enum AdoptionLines {
    static func of(_ view: AdoptionView) -> String {
        let members = view.members.map { member in
            "\(member.handle), since \(member.since)\(member.until.map { " until \($0)" } ?? "")"
                + (member.isCurrent ? "" : " (run out)")
        }
        let notices = view.notices.map { notice in
            "to \(notice.handle), sent \(notice.sentOn), \(notice.isRead ? "read" : "not opened yet")"
        }
        return Card([
            ("PIN", "\(view.pin) (a reference, not a passcode)"), ("classification", view.classification),
            ("stage", StageText.of(view.stage)), ("care record", view.careReference), ("opened", view.openedOn),
            ("imported", view.isImported ? "from a national return" : nil), ("intention", view.intention ?? "none"),
            ("SPA decision", view.decisionOn ?? "not recorded"), ("order", view.orderOn),
            (
                "group",
                members.isEmpty ? "nobody yet: held by the administrators' office" : members.joined(separator: "\n")
            ),
            ("notices", notices.isEmpty ? nil : notices.joined(separator: "\n")), ("entries", "\(view.entryCount)"),
            ("waits for", WaitText.of(view.waitsFor, reference: view.pin)),
        ]).text
    }
}
