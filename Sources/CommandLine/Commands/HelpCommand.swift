import ArgumentParser

/// `strongroom help`
struct HelpCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "help",
        abstract: "Pages that teach each task in the procedure's order.",
        discussion: """
              strongroom help                  lists the pages
              strongroom help key-worker       a role, from morning to closing
              strongroom help care open        the same as strongroom care open --help
            """)

    @Argument(help: "A page, or a command.")
    var task: [String] = []

    func run(at desk: Desk) throws {
        guard let first = task.first else { return desk.terminal.print(HelpPages.list) }
        if task.count == 1, let page = HelpPages.page(first) { return desk.terminal.print(page.text) }
        guard let message = CommandHelp.message(about: task) else {
            throw Misuse(
                message: "there is no page and no command `\(task.joined(separator: " ").printable)`",
                hint: "`strongroom help` lists the pages")
        }
        desk.terminal.print(message)
    }
}

/// What the commands say of themselves.
package enum CommandHelp {
    /// What `--help` of the command of these words says; nil where there is none.
    package static func message(about words: [String]) -> String? {
        command(words).map { RootCommand.helpMessage(for: $0) }
    }

    private static func command(_ words: [String]) -> (any ParsableCommand.Type)? {
        var current: any ParsableCommand.Type = RootCommand.self
        for word in words {
            let all =
                current.configuration.subcommands + current.configuration.groupedSubcommands.flatMap(\.subcommands)
            guard let next = all.first(where: { $0.configuration.commandName == word }) else { return nil }
            current = next
        }
        return current
    }
}
