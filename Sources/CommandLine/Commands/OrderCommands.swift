import ArgumentParser
import Strongroom
import WorkingDays

/// `strongroom order …`
struct OrderNoun: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "order",
        abstract: "The Adoption Order: record it, or withdraw one recorded by mistake.",
        discussion: """
            From the order on, both records await closure and take only what the file audit needs.

              strongroom order record C-… --on 2026-05-20
            """,
        subcommands: [OrderRecord.self, OrderWithdraw.self])
}

/// `strongroom order record`
struct OrderRecord: VaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "record",
        abstract: "Record the Adoption Order on both of the child's records.",
        discussion: "  strongroom order record C-… --on 2026-05-20")

    @Argument(help: "Either record's reference, C-… or AR-….")
    var ref: String

    @Option(help: ArgumentHelp("The day of the order, YYYY-MM-DD.", valueName: "day"))
    var on: Day

    @OptionGroup(title: "Options of every command in a vault") var common: VaultOptions
    var reference: String? { ref }

    func run(in vault: OpenVault) throws {
        let filed = try vault.answer(vault.session.recordOrder(ref, on: on))
        try vault.show(filed, as: filed.entry)
        vault.tell(
            "recorded the order; both records await closure", next: "`strongroom closure audit \(ref)`",
            see: "closure show \(ref)", warnings: filed.warnings)
    }
}

/// `strongroom order withdraw`
struct OrderWithdraw: VaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "withdraw",
        abstract: "Withdraw an order recorded by mistake, before closing: one person asks, another confirms.",
        discussion: """
            Both type the same command; the second is the manager or the administrator.

              strongroom order withdraw C-… --reason @reason.txt
            """)

    @Argument(help: "Either record's reference, C-… or AR-….")
    var ref: String

    @Option(help: ArgumentHelp("Why: @FILE, or - for standard input.", valueName: "@file"))
    var reason: String

    @OptionGroup(title: "Options of every command in a vault") var common: VaultOptions
    var reference: String? { ref }

    func run(in vault: OpenVault) throws {
        let reason = try vault.text(reason)
        let withdrawal = try vault.answer(vault.session.withdrawOrder(ref, reason: reason))
        try vault.show(["withdrawal": withdrawal], as: withdrawal.rawValue)
        switch withdrawal {
        case .asked:
            vault.tell(
                "asked for the order to be withdrawn",
                next: "a second person confirms with `strongroom order withdraw \(ref) --reason @FILE`")
        case .withdrawn:
            vault.tell("withdrew the order, both records are open again", see: "care show \(ref)")
        }
    }
}
