import Adoption
import ArgumentParser
import Strongroom
import WorkingDays

/// `strongroom plan …`
struct PlanNoun: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "The plan as the care record shows it: type and aim, and nothing more.",
        discussion: """
            The detailed adoption plan is a document of the adoption record: \
            `strongroom document add AR-… FILE --kind detailed-adoption-plan`.

              strongroom plan record C-… --aim adoption
            """,
        subcommands: [PlanRecord.self])
}

/// `strongroom plan record`
struct PlanRecord: VaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "record",
        abstract: "Record the plan's type and aim on the care record, or the new plan after a reversal.",
        discussion: """
            The key worker's. There is no field for a placement or a carer, on purpose.

              strongroom plan record C-… --aim adoption --type permanence

            When the plan to adopt is given up before an order, the new plan with the background to the decision:

              strongroom plan record C-… --reversal --from background.txt --aim long-term-fostering
            """)

    @Argument(help: "The care record's reference, C-….")
    var ref: String

    @Option(help: "What the plan aims at.")
    var aim: PlanAim?

    @Option(help: "What sort of plan it is.")
    var type = PlanType.permanence

    @Flag(help: "The plan to adopt is given up: record the new plan and the background to the decision.")
    var reversal = false

    @Option(
        help: ArgumentHelp(
            "With --reversal, the background: FILE, or - for standard input; without it, your editor opens.",
            valueName: "file"), completion: .file())
    var from: String?

    @Option(help: ArgumentHelp("The day, YYYY-MM-DD; without it, today.", valueName: "day"))
    var on: Day?

    @OptionGroup(title: "Options of every command in a vault") var common: VaultOptions
    var reference: String? { ref }

    func validate() throws {
        guard reversal || aim != nil else { throw ValidationError("name the plan's aim with --aim") }
        guard reversal || from == nil else {
            throw ValidationError(
                "a plan on the care record has a type and an aim, and no text; --from belongs to --reversal")
        }
    }

    func run(in vault: OpenVault) throws {
        let filed = try vault.answer(reversal ? recordReversal(in: vault) : recordPlan(in: vault))
        try vault.show(filed, as: filed.entry)
        vault.tell(
            reversal ? "recorded the new plan with its background" : "recorded the plan's type and aim",
            next: reversal
                ? "the administrator removes the migrated record with `strongroom reversal remove`"
                : "file the detailed plan on the adoption record",
            see: "care show \(ref)", warnings: filed.warnings)
    }

    private func recordPlan(in vault: OpenVault) throws -> Outcome<Filed> {
        try vault.session.recordPlan(ref, type: type, aim: aim ?? .undecided, on: on)
    }

    private func recordReversal(in vault: OpenVault) throws -> Outcome<Filed> {
        let background = try vault.mainText(from: from, about: "background to the decision")
        return try vault.session.recordReversalPlan(ref, background: background, aim: aim ?? .undecided, on: on)
    }
}
