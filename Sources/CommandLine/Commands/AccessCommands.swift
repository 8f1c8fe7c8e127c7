import ArgumentParser
import Strongroom
import WorkingDays

/// `strongroom access …`
struct AccessNoun: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "access",
        abstract: "The privileged group of one adoption record: who is in, since when, until when.",
        discussion: """
            The adoption administrator's. Not in the group means no key: there is nothing to open, whoever knows the PIN.

              strongroom access grant AR-… asha --reason @reason.txt
            """,
        subcommands: [AccessGrant.self, AccessRevoke.self, AccessList.self])
}

/// `strongroom access grant`
struct AccessGrant: VaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "grant",
        abstract: "Let one person into one adoption record, from today, for a reason.",
        discussion: """
            For one record and one person at a time. A grant with an end runs out by itself.

              strongroom access grant AR-… nell --until 2026-06-05 --reason @reason.txt
            """)

    @Argument(help: "The PIN, AR-…: the record's reference, not a passcode.")
    var pin: String

    @Argument(help: "The person's short name.")
    var handle: String

    @Option(help: ArgumentHelp("The last day, YYYY-MM-DD; without it, until revoked.", valueName: "day"))
    var until: Day?

    @Option(help: ArgumentHelp("Why: @FILE, or - for standard input.", valueName: "@file"))
    var reason: String

    @OptionGroup(title: "Options of every command in a vault") var common: VaultOptions
    var reference: String? { pin }

    func run(in vault: OpenVault) throws {
        let reason = try vault.text(reason)
        try vault.answer(vault.session.grant(pin, to: handle, until: until, reason: reason))
        vault.tell(
            "let \(handle) into \(pin)\(until.map { " until \($0)" } ?? "")",
            next: "they run `strongroom adoption show \(pin)`", see: "access list \(pin)")
    }
}

/// `strongroom access revoke`
struct AccessRevoke: VaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke",
        abstract: "Put one person out of an adoption record's group.",
        discussion: """
            It bites at their next request, and what is written from now on opens with no key they ever had. What they \
            read before, they have read.

              strongroom access revoke AR-… nell --reason @reason.txt
            """)

    @Argument(help: "The PIN, AR-…: the record's reference, not a passcode.")
    var pin: String

    @Argument(help: "The person's short name.")
    var handle: String

    @Option(help: ArgumentHelp("Why: @FILE, or - for standard input.", valueName: "@file"))
    var reason: String

    @OptionGroup(title: "Options of every command in a vault") var common: VaultOptions
    var reference: String? { pin }

    func run(in vault: OpenVault) throws {
        let reason = try vault.text(reason)
        let filed = try vault.answer(vault.session.revoke(pin, from: handle, reason: reason))
        vault.tell("put \(handle) out of \(pin)", see: "access list \(pin)", warnings: filed.warnings)
    }
}

/// `strongroom access list`
struct AccessList: VaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Who is in an adoption record's group.",
        discussion: "  strongroom access list AR-…")

    @Argument(help: "The PIN, AR-…: the record's reference, not a passcode.")
    var pin: String

    @OptionGroup(title: "Options of every command in a vault") var common: VaultOptions
    var reference: String? { pin }

    func run(in vault: OpenVault) throws {
        let members = try vault.answer(vault.session.listAccess(pin))
        let rows = members.map { [$0.handle, $0.since, $0.until ?? "", $0.isCurrent ? "" : "run out"] }
        try vault.show(
            members,
            as: Table("name", "since", "until", "", rows: rows)
                .text(styled: vault.terminal.isStyled, none: "nobody: held by the administrators' office"))
    }
}
