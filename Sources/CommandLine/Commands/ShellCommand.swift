import ArgumentParser
import Foundation
import Strongroom

/// `strongroom shell`
struct ShellCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "shell",
        abstract: "Unlock once, then type commands without `strongroom` before them.",
        discussion: """
            It locks itself after ten idle minutes and asks for the passphrase again. The vault is opened anew for each \
            command, and so is every decision: who lost a right a moment ago does not have it here either.

              strongroom shell
              practice> todo
              practice> exit
            """)

    @OptionGroup(title: "Options of every command in a vault") var common: VaultOptions

    func run(at desk: Desk) throws {
        let directory = try common.directory(at: desk)
        let face = try VaultPlace.face(of: directory)
        if face.isPractice { desk.terminal.say("practice vault") }
        let path = try common.who.path(at: desk)
        var environment = desk.environment
        environment[Desk.Variable.vault.rawValue] = directory.path(percentEncoded: false)
        environment[Desk.Variable.identity.rawValue] = path
        let inner = Desk(terminal: desk.terminal, environment: environment)
        inner.isShell = true
        let prompt = face.isPractice ? "practice> " : "strongroom> "
        try ShellLoop(desk: inner, who: common.who, path: path, prompt: prompt).run()
    }
}
