import ArgumentParser
import Foundation
import Strongroom

/// `strongroom policy …`
struct PolicyNoun: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy",
        abstract: "Who may do what: the policies in force, and the filing convention.",
        discussion: """
            Rights live in the policies alone, which the vault pins when it is made.

              strongroom policy show
              strongroom policy check ./policies
            """,
        subcommands: [PolicyCheck.self, PolicyShow.self])
}

/// `strongroom policy check`
struct PolicyCheck: Command {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check a directory of policies as a vault would take it.",
        discussion: "  strongroom policy check ./policies")

    @Argument(help: "The directory.", completion: .directory)
    var directory = "policies"

    @Flag(help: "Print the result as JSON, for programs.")
    var json = false

    func run(at desk: Desk) throws {
        let profile = try PolicyProfile(directory: URL(filePath: directory, directoryHint: .isDirectory))
        let view = PolicyView(profile)
        desk.terminal.print(json ? try JSONText.of(view) : PolicyText.summary(view))
    }
}

/// `strongroom policy show`
struct PolicyShow: VaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show the policies in force, with their digest.",
        discussion: "  strongroom policy show | less")

    @Flag(help: "Only the files, the policies' names and the digest.")
    var summary = false

    @OptionGroup(title: "Options of every command in a vault") var common: VaultOptions

    func run(in vault: OpenVault) throws {
        let view = try vault.answer(vault.session.showPolicy())
        let text = PolicyText.summary(view)
        try vault.show(view, as: summary ? text : text + "\n\n" + view.source.printableLines)
    }
}

/// A policy set, for people.
enum PolicyText {
    static func summary(_ view: PolicyView) -> String {
        Card([
            ("digest", view.digest), ("files", view.files.joined(separator: "\n")),
            ("policies", "\(view.policies.count)\n" + view.policies.joined(separator: "\n")),
        ]).text
    }
}
