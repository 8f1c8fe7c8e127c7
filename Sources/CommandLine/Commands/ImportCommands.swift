import ArgumentParser
import Exchange
import Foundation
import Strongroom

/// `strongroom import …`
struct ImportNoun: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Take in a national return, and look at what was held for a person.",
        discussion: """
            The adoption administrator's. Nothing is guessed, merged or dropped.

              strongroom import ssda903 returns/2026
              strongroom import held
            """,
        subcommands: [ImportReturn.self, ImportHeld.self])
}

/// `strongroom import ssda903`
struct ImportReturn: VaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "ssda903",
        abstract: "Import the CSV tables of an SSDA903 return: each child a care record.",
        discussion: """
            All or nothing: a file that is broken, doubtful or changing refuses the whole return, with its line. Tables \
            are known by their columns; where two files hold one table, --use chooses. A valid adoption fact opens an \
            adoption record marked imported, held by the office. The same return again changes nothing.

              strongroom import ssda903 returns/2026 --use placed_for_adoption.csv
            """)

    @Argument(help: "The folder with the tables.", completion: .directory)
    var directory: String

    @Option(help: ArgumentHelp("The file to take where two hold the same table; may be repeated.", valueName: "file"))
    var use: [String] = []

    @Option(help: "The team of the new care records; without it, yours.")
    var team: String?

    @OptionGroup(title: "Options of every command in a vault") var common: VaultOptions

    func run(in vault: OpenVault) throws {
        let folder = URL(filePath: directory, directoryHint: .isDirectory)
        let taken = try vault.terminal.counting("importing") { progress in
            try vault.answer(vault.session.importReturn(at: folder, use: use, team: team, progress: progress))
        }
        try vault.show(Imported(taken), as: Imported(taken).text)
        let held = taken.result.held
        vault.tell(
            taken.result.isNothing ? "nothing was new" : "imported the return",
            next: held > 0 ? "look at what is held with `strongroom import held`" : nil, see: "todo")
    }
}

/// `strongroom import held`
struct ImportHeld: VaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "held",
        abstract: "What an import held for a person, row by row.",
        discussion: """
            A held row changed no stage. Look at it with whoever made the return, and let the next return say it right.

              strongroom import held
            """)

    @OptionGroup(title: "Options of every command in a vault") var common: VaultOptions

    func run(in vault: OpenVault) throws {
        let lines = try vault.answer(vault.session.heldRows())
        let rows = lines.map { [$0.reference ?? "", $0.identifier, $0.what] }
        try vault.show(
            lines,
            as: Table("record", "child", "held because", rows: rows)
                .text(styled: vault.terminal.isStyled, none: "nothing is held"))
    }
}

/// What an import found and changed, for people and for programs.
private struct Imported: Encodable {
    struct Count: Encodable {
        let name: String
        let count: Int
        let text: String
    }

    let contents: [Count]
    let findings: [Count]
    let result: IntakeResult
    let setAside: [String]

    init(_ taken: ImportReport) {
        contents = taken.report.contents.map { Count(name: $0.name, count: $0.count, text: $0.description) }
        findings = taken.report.findings.map { Count(name: $0.name, count: $0.count, text: $0.description) }
        result = taken.result
        setAside = taken.setAside
    }

    var text: String {
        let changes: [(Int, String)] = [
            (result.careOpened, "care records opened"), (result.careUpdated, "care records updated"),
            (result.adoptionOpened, "adoption records opened, held by the office"),
            (result.adoptionUpdated, "adoption records updated"), (result.awaitingClosure, "records await closure"),
            (result.held, "rows held for a person"), (result.recognisedClosed, "closed children recognised, held"),
            (result.unchanged, "children unchanged"),
        ]
        return
            (contents.map(\.text) + findings.map { "found: \($0.text)" }
            + changes.filter { $0.0 > 0 }.map { "changed: \($0.0) \($0.1)" }
            + setAside.map { "set aside: \($0.printable)" }).joined(separator: "\n")
    }
}
