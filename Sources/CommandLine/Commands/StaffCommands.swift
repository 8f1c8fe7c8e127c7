import ArgumentParser
import Foundation
import Sealing
import Strongroom

/// `strongroom staff …`
struct StaffNoun: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "staff",
        abstract: "The people of the vault: their keys, roles and teams.",
        discussion: """
            Everything here is signed by who does it and chained to the vault's root. Roles: adoption-administrator, \
            team-manager, team-administrator, social-worker, adopters-social-worker, reviewing-officer, archive-keeper, \
            disclosure-authoriser, auditor, general-authority. Key worker, manager and deputy are no roles but a person's \
            relation to one record: see `strongroom care assign`.

              strongroom staff add asha --card asha.card --role social-worker --team children
            """,
        subcommands: [
            StaffAdd.self, StaffList.self, StaffRole.self, StaffHandover.self, StaffRekey.self, StaffEnd.self,
        ])
}

/// `strongroom staff add`
struct StaffAdd: VaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Let a person into the vault, by the card they sent.",
        discussion: """
            Before you do, have them read the card's fingerprint to you: `strongroom identity show FILE.card`.

              strongroom staff add asha --card asha.card --role social-worker --team children
            """)

    @Argument(help: "Their short name: lower-case letters, digits, hyphens.")
    var handle: String

    @Option(help: ArgumentHelp("The card they sent.", valueName: "file"), completion: .file())
    var card: String

    @Option(help: "A role; may be repeated.")
    var role: [String]

    @Option(help: "Their team; without it, yours.")
    var team: String?

    @OptionGroup(title: "Options of every command in a vault") var common: VaultOptions

    func run(in vault: OpenVault) throws {
        let line = try vault.answer(
            vault.session.addStaff(handle, card: CardFile.read(card), roles: role, team: team))
        try vault.show(line, as: StaffText.table([line], in: vault))
        vault.tell(
            "added \(handle)", next: "they set STRONGROOM_VAULT and run `strongroom todo`", see: "staff list")
    }
}

/// `strongroom staff list`
struct StaffList: VaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Who works here, with roles and teams.",
        discussion: "  strongroom staff list")

    @OptionGroup(title: "Options of every command in a vault") var common: VaultOptions

    func run(in vault: OpenVault) throws {
        let lines = try vault.answer(vault.session.listStaff())
        try vault.show(lines, as: StaffText.table(lines, in: vault))
    }
}

/// `strongroom staff role`
struct StaffRole: VaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "role",
        abstract: "Give a person a role, or end one.",
        discussion: """
            The last adoption administrator, archive keeper or disclosure authoriser keeps the role until another has it.

              strongroom staff role asha --add reviewing-officer
            """)

    @Argument(help: "Their short name.")
    var handle: String

    @Option(help: ArgumentHelp("The role to give.", valueName: "role"))
    var add: String?

    @Option(help: ArgumentHelp("The role to end.", valueName: "role"))
    var end: String?

    @OptionGroup(title: "Options of every command in a vault") var common: VaultOptions

    func validate() throws {
        guard (add == nil) != (end == nil) else { throw ValidationError("name one role, with --add or with --end") }
    }

    func run(in vault: OpenVault) throws {
        let line = try vault.answer(vault.session.changeRole(handle, add: add, end: end))
        try vault.show(line, as: StaffText.table([line], in: vault))
        vault.tell("changed the roles of \(handle), from their next request on", see: "staff list")
    }
}

/// `strongroom staff handover`
struct StaffHandover: VaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "handover",
        abstract: "Pass all records one person answers for to another, privileged groups included, in one act.",
        discussion: """
            Works too when the first has already gone.

              strongroom staff handover asha ben --reason @reason.txt
            """)

    @Argument(help: "Who gives the records up.")
    var from: String

    @Argument(help: "Who takes them.")
    var to: String

    @Option(help: ArgumentHelp("Why: @FILE, or - for standard input.", valueName: "@file"))
    var reason: String

    @OptionGroup(title: "Options of every command in a vault") var common: VaultOptions

    func run(in vault: OpenVault) throws {
        let reason = try vault.text(reason)
        let count = try vault.answer(vault.session.handover(from: from, to: to, reason: reason))
        try vault.show(["records": count], as: "\(count)")
        vault.tell("handed \(count) records from \(from) to \(to)", next: "\(to) reads `strongroom todo`")
    }
}

/// `strongroom staff rekey`
struct StaffRekey: VaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "rekey",
        abstract: "Replace a lost identity or a forgotten passphrase by a new card of the same person.",
        discussion: """
            What is written from now on opens with none of the keys that were lost.

              strongroom staff rekey asha --card asha-new.card --reason @reason.txt
            """)

    @Argument(help: "Their short name.")
    var handle: String

    @Option(help: ArgumentHelp("The new card.", valueName: "file"), completion: .file())
    var card: String

    @Option(help: ArgumentHelp("Why: @FILE, or - for standard input.", valueName: "@file"))
    var reason: String

    @OptionGroup(title: "Options of every command in a vault") var common: VaultOptions

    func run(in vault: OpenVault) throws {
        let reason = try vault.text(reason)
        let line = try vault.answer(vault.session.rekey(handle, card: CardFile.read(card), reason: reason))
        try vault.show(line, as: StaffText.table([line], in: vault))
        vault.tell(
            "replaced the identity of \(handle)",
            next: "they destroy the old file; if it may be in other hands, `strongroom vault rotate`", see: "staff list"
        )
    }
}

/// `strongroom staff end`
struct StaffEnd: VaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "end",
        abstract: "End a leaver: no role, no group, no key of what is written from now on.",
        discussion: """
            Refused while they still have records (`strongroom staff handover` first) or are the last to hold a role the \
            vault needs.

              strongroom staff end asha --reason @reason.txt
            """)

    @Argument(help: "Their short name.")
    var handle: String

    @Option(help: ArgumentHelp("Why: @FILE, or - for standard input.", valueName: "@file"))
    var reason: String

    @OptionGroup(title: "Options of every command in a vault") var common: VaultOptions

    func run(in vault: OpenVault) throws {
        let reason = try vault.text(reason)
        try vault.answer(vault.session.endStaff(handle, reason: reason))
        vault.tell(
            "ended \(handle), from their next request on",
            next: "`strongroom vault rotate`, or an old keyring of theirs still opens the store's outer seal",
            see: "staff list")
    }
}

/// A card that somebody sent.
enum CardFile {
    static func read(_ path: String) throws -> IdentityCard {
        try IdentityFile.card(in: TextSource.bytes(ofFile: path))
    }
}

/// The staff list, for people.
enum StaffText {
    static func table(_ lines: [StaffLine], in vault: OpenVault) -> String {
        let rows = lines.map {
            [$0.handle, $0.roles.joined(separator: ", "), $0.team ?? "", $0.isActive ? "" : "left", $0.keyID]
        }
        return Table("name", "roles", "team", "", "key", rows: rows).text(styled: vault.terminal.isStyled)
    }
}
