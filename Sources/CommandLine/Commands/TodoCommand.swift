import ArgumentParser
import Strongroom

/// `strongroom todo`
struct TodoCommand: VaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "todo",
        abstract: "What waits for you, with the command that does it.",
        discussion: "  strongroom todo")

    @OptionGroup(title: "Options of every command in a vault") var common: VaultOptions

    func run(in vault: OpenVault) throws {
        let lines = try vault.answer(vault.session.todo())
        let rows = lines.map { [$0.reference ?? "", $0.what, "strongroom \($0.command)"] }
        try vault.show(
            lines,
            as: Table("record", "waits for", "do it with", rows: rows)
                .text(styled: vault.terminal.isStyled, none: "nothing waits for you"))
    }
}
