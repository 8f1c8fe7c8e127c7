import ArgumentParser
import Strongroom

/// `strongroom inbox …`
struct InboxNoun: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inbox",
        abstract: "Messages sealed to you: of new adoption records, signposts asked for, lifted security.",
        discussion: """
            Reading one is the receipt: it stands in the access log.

              strongroom inbox list
              strongroom inbox read n_…
            """,
        subcommands: [InboxList.self, InboxRead.self])
}

/// `strongroom inbox list`
struct InboxList: VaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Your messages, without their text.", discussion: "  strongroom inbox list")

    @OptionGroup(title: "Options of every command in a vault") var common: VaultOptions

    func run(in vault: OpenVault) throws {
        let notices = try vault.answer(vault.session.listInbox())
        let rows = notices.map { [$0.id, $0.sentOn, $0.isRead ? "read" : "new"] }
        try vault.show(
            notices,
            as: Table("message", "sent", "", rows: rows).text(styled: vault.terminal.isStyled, none: "no messages"))
    }
}

/// `strongroom inbox read`
struct InboxRead: VaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "read", abstract: "Read one message; that you did is logged.",
        discussion: "  strongroom inbox read n_…")

    @Argument(help: "The message, n_….")
    var id: String

    @OptionGroup(title: "Options of every command in a vault") var common: VaultOptions

    func run(in vault: OpenVault) throws {
        let notice = try vault.answer(vault.session.readNotice(id))
        try vault.show(notice, as: "\(notice.sentOn)\n\n\(notice.text.printableLines)")
        vault.tell("read the message, which is your receipt", see: "todo")
    }
}
