import ArgumentParser
import Strongroom

/// `strongroom reversal …`
struct ReversalNoun: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reversal",
        abstract: "The plan to adopt is given up before an order: four acts, in this order.",
        discussion: """
              strongroom reversal lift-security AR-… --to tao --reason @reason.txt    administrator
              strongroom reversal migrate AR-…                                        team administrator
              strongroom plan record C-… --reversal --from background.txt             key worker
              strongroom reversal remove AR-…                                         administrator
            """,
        subcommands: [ReversalLift.self, ReversalMigrate.self, ReversalRemove.self])
}

/// `strongroom reversal lift-security`
struct ReversalLift: VaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "lift-security",
        abstract: "Open the adoption record to one named team administrator, and to nobody else.",
        discussion: "  strongroom reversal lift-security AR-… --to tao --reason @reason.txt")

    @Argument(help: "The PIN, AR-…: the record's reference, not a passcode.")
    var pin: String

    @Option(help: ArgumentHelp("The team administrator's short name.", valueName: "name"))
    var to: String

    @Option(help: ArgumentHelp("Why: @FILE, or - for standard input.", valueName: "@file"))
    var reason: String

    @OptionGroup(title: "Options of every command in a vault") var common: VaultOptions
    var reference: String? { pin }

    func run(in vault: OpenVault) throws {
        let reason = try vault.text(reason)
        let filed = try vault.answer(vault.session.liftSecurity(pin, to: to, reason: reason))
        vault.tell(
            "lifted the security, to \(to) alone", next: "\(to) runs `strongroom reversal migrate \(pin)`",
            see: "adoption show \(pin)", warnings: filed.warnings)
    }
}

/// `strongroom reversal migrate`
struct ReversalMigrate: VaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate",
        abstract: "Carry everything to the open care record, counted and digested.",
        discussion: """
            Nothing is dropped. Kinds that never stand on a care record are held until the administrator confirms each, \
            and then lie restricted to key worker, manager and administrator.

              strongroom reversal migrate AR-… --preview
              strongroom reversal migrate AR-…
              strongroom reversal migrate AR-… --confirm e_… --confirm e_…
            """)

    @Argument(help: "The PIN, AR-…: the record's reference, not a passcode.")
    var pin: String

    @Option(help: ArgumentHelp("Confirm one held entry, e_…; may be repeated.", valueName: "entry"))
    var confirm: [String] = []

    @Flag(help: "Confirm every held entry.")
    var confirmAll = false

    @Flag(help: "Only show what would be carried where.")
    var preview = false

    @Flag(help: "Do not ask for the reference again; for scripts.")
    var yes = false

    @OptionGroup(title: "Options of every command in a vault") var common: VaultOptions
    var reference: String? { pin }

    func run(in vault: OpenVault) throws {
        // Nothing is lost by a migration, so a script that looked at the preview need not say it twice.
        if !preview, Keyboard.isThere { try Confirmation.require(pin, for: "migrating", yes: yes) }
        let view = try vault.terminal.during("migrating") {
            try vault.answer(
                vault.session.migrate(pin, confirm: confirm, confirmAll: confirmAll, preview: preview))
        }
        try vault.show(view, as: ReversalText.of(view))
        if preview {
            vault.tell("nothing was changed", next: "`strongroom reversal migrate \(pin)`")
        } else {
            vault.tell(
                "migrated to the care record",
                next: view.held > 0
                    ? "the administrator confirms each held entry with `strongroom reversal migrate \(pin) --confirm ENTRY`"
                    : "the key worker runs `strongroom plan record --reversal` on the care record",
                see: "adoption show \(pin)")
        }
    }
}

/// `strongroom reversal remove`
struct ReversalRemove: VaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Remove the migrated adoption record: its keys and bytes are destroyed, its PIN never used again.",
        discussion: """
            Refused before the new plan stands on the care record and counts and digests agree.

              strongroom reversal remove AR-… --preview
              strongroom reversal remove AR-…
            """)

    @Argument(help: "The PIN, AR-…: the record's reference, not a passcode.")
    var pin: String

    @Flag(help: "Only show what would be removed.")
    var preview = false

    @Flag(help: "Do not ask for the reference again; for scripts.")
    var yes = false

    @OptionGroup(title: "Options of every command in a vault") var common: VaultOptions
    var reference: String? { pin }

    func run(in vault: OpenVault) throws {
        if !preview { try Confirmation.require(pin, for: "removing the record", yes: yes) }
        let view = try vault.answer(vault.session.remove(pin, preview: preview))
        try vault.show(view, as: ReversalText.of(view))
        if preview {
            vault.tell("nothing was changed", next: "`strongroom reversal remove \(pin)`")
        } else {
            vault.tell("removed the adoption record", next: view.olderBackupsStillOpen ? "destroy older backups" : nil)
        }
    }
}

/// Migrations and removals, for people; the last line says it all.
enum ReversalText {
    static func of(_ view: MigrationView) -> String {
        let table = Table("entry", "kind", "outcome", rows: view.items.map { [$0.entry, $0.kind, $0.outcome] })
        return """
            \(table.text(none: "no entries"))
            \(view.isPreview ? "would be: " : "")\(view.total) entries: \(view.moved) moved, \(view.matched) matched, \
            \(view.restricted) restricted, \(view.held) held
            """
    }

    static func of(_ view: RemovalView) -> String {
        """
        \(view.isPreview ? "would remove " : "")\(view.entryCount) entries, \(view.migratedCount) migrated, digests \
        \(view.digestsAgree ? "agree" : "disagree")
        """
    }
}
