import ArgumentParser
import Exchange
import Foundation
import Strongroom

/// `strongroom export …`
struct ExportNoun: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write back what was imported, row for row.",
        discussion: "  strongroom export ssda903 returns/out",
        subcommands: [ExportReturn.self])
}

/// `strongroom export ssda903`
struct ExportReturn: VaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "ssda903",
        abstract: "Write the imported SSDA903 return as new files, row for row.",
        discussion: """
            The adoption administrator's, and logged. The files join what the vault keeps apart: treat them as the \
            return itself, and destroy them when they are sent.

              strongroom export ssda903 returns/out
            """)

    @Argument(help: "The new folder.", completion: .directory)
    var directory: String

    @OptionGroup(title: "Options of every command in a vault") var common: VaultOptions

    func run(in vault: OpenVault) throws {
        let folder = URL(filePath: directory, directoryHint: .isDirectory)
        let count = try vault.terminal.during("exporting") { try vault.answer(vault.session.exportReturn(to: folder)) }
        try vault.show(["children": count], as: "\(count)")
        vault.tell(
            "wrote the return of \(count) children to `\(directory.printable)`, outside the vault",
            next: "destroy it when it is sent")
    }
}
