import CommandLine
import Testing

@Suite struct HelpPagesTests {
    private static let lineLimit = 40
    private static let columnLimit = 120

    @Test(arguments: HelpPages.all) func `a page fits a screen`(page: HelpPage) {
        let lines = page.text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count <= Self.lineLimit)
        #expect(lines.allSatisfy { $0.count <= Self.columnLimit })
    }

    @Test(arguments: HelpPages.all) func `every command on a page exists, with its options`(page: HelpPage) {
        for command in Self.commands(on: page.text) {
            let name = command.prefix {
                !$0.hasPrefix("-") && $0.allSatisfy { $0.isLowercase || $0 == "-" || $0.isNumber }
            }
            let isPage = name.first == "help" && HelpPages.all.contains { $0.name == name.last ?? "" }
            let message =
                isPage ? "" : CommandHelp.message(about: name.prefix(Self.depth(of: name)).map(String.init)) ?? ""
            #expect(isPage || !message.isEmpty, "no `\(command.joined(separator: " "))`")
            for option in command where option.hasPrefix("--") {
                #expect(message.contains(option), "no \(option) in `\(command.joined(separator: " "))`")
            }
        }
    }

    @Test(arguments: HelpPages.all) func `a page that names a PIN says that it is no passcode`(page: HelpPage) {
        if page.text.contains("PIN, AR-") { #expect(page.text.contains("not a passcode")) }
    }

    @Test func `the list names every page`() {
        #expect(HelpPages.all.allSatisfy { HelpPages.list.contains($0.name) })
    }

    /// The words of each `strongroom …` up to two blanks, which begin a remark, or to what a shell would end it at.
    private static func commands(on text: String) -> [[Substring]] {
        text.split(separator: "strongroom ").dropFirst().map { rest in
            let line = rest.prefix { $0 != "\n" && $0 != ";" && $0 != ")" && $0 != "`" }
            let command = line.firstRange(of: "  ").map { line[..<$0.lowerBound] } ?? line
            return command.split(separator: " ")
        }
    }

    /// How many words name a command: one for those without a verb.
    private static func depth(of name: some Collection<Substring>) -> Int {
        ["todo", "shell", "help"].contains(name.first ?? "") ? 1 : 2
    }
}
