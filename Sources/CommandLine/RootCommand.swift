import ArgumentParser

/// The root of the command line.
struct RootCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "strongroom",
        abstract: "Keeps children's care records and their sealed adoption records.",
        discussion: """
            A child considered for adoption has two records: the care record (C-…), readable with the appropriate \
            authority, and the adoption record (AR-…), which only its privileged group opens. An adoption record's \
            reference is called its PIN: it is a reference, not a passcode, and opens nothing by itself.

            Name the vault and your identity once, then work:

              export STRONGROOM_VAULT=/srv/vault STRONGROOM_IDENTITY=~/me
              strongroom todo

            `strongroom help` lists pages that teach each task in the procedure's order.
            Exit codes: 0 done, 1 fault, 2 usage, 3 denied or not found, 4 refused by a rule.
            """,
        version: "0.1.0",
        groupedSubcommands: [
            CommandGroup(
                name: "Every day", subcommands: [TodoCommand.self, InboxNoun.self, ShellCommand.self, HelpCommand.self]),
            CommandGroup(
                name: "Records",
                subcommands: [
                    CareNoun.self, PlanNoun.self, AdoptionNoun.self, AccessNoun.self, DocumentNoun.self, EntryNoun.self,
                    OrderNoun.self, ClosureNoun.self, ReversalNoun.self,
                ]),
            CommandGroup(
                name: "Vault and people",
                subcommands: [
                    VaultNoun.self, IdentityNoun.self, StaffNoun.self, RecoveryNoun.self, PolicyNoun.self, LogNoun.self,
                    ImportNoun.self, ExportNoun.self,
                ]),
        ])
}
