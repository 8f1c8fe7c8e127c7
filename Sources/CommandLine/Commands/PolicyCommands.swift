import ArgumentParser
import Foundation
import Strongroom

/// `strongroom policy …`
struct PolicyNoun: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy",
        abstract: "Who may do what: the policies in force, why something was decided, and changing them.",
        discussion: """
            Rights live in the policies alone, which the vault pins. They are changed by two people: one proposes a set, \
            another approves it.

              strongroom policy show
              strongroom policy check ./policies
              strongroom policy explain 41
            """,
        subcommands: [
            PolicyCheck.self, PolicyShow.self, PolicyExplain.self, PolicyReplay.self, PolicyPropose.self,
            PolicyApprove.self,
        ])
}

/// `strongroom policy check`
struct PolicyCheck: Command {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check a directory of policies as a vault would before it takes them, and run its tests.",
        discussion: """
            Reads every file, validates strictly against the schema, looks for the forbids that no set may lack, and runs \
            the tables in DIR/tests. Ends with exit code 1 if anything is wrong, each thing with its place. Needs no vault.

              strongroom policy check ./policies
            """)

    @Argument(help: "The directory.", completion: .directory)
    var directory = "policies"

    @Flag(help: "Print the result as JSON, for programs.")
    var json = false

    func run(at desk: Desk) throws {
        let report = try PolicyReport(directory: URL(filePath: directory, directoryHint: .isDirectory))
        if json { desk.terminal.print(try JSONText.of(report)) }
        for warning in report.warnings { desk.terminal.say(PolicyWords.of(warning, as: "warning")) }
        for fault in report.faults { desk.terminal.say(PolicyWords.of(fault, as: "fault")) }
        for failure in report.failures {
            desk.terminal.say("failed: \(failure.file): \(failure.name): \(failure.message)".printableLines)
        }
        guard report.isSound else {
            throw Trouble(
                message: "`\(directory.printable)` could not come into force: \(PolicyWords.counts(report))",
                hint: "mend what is named above, and check again")
        }
        if !json {
            desk.terminal.print(
                "\(report.policyCount) policies valid, \(report.testCount) tests passed\n\(report.digest ?? "")")
        }
    }
}

/// `strongroom policy show`
struct PolicyShow: VaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show the policies in force, one of them, or the set that waits to be approved.",
        discussion: """
              strongroom policy show | less
              strongroom policy show closed-never-opens
              strongroom policy show --proposal
            """)

    @Argument(help: "One policy, by its @id.")
    var policy: String?

    @Flag(help: "Only the files, the policies' names and the digest.")
    var summary = false

    @Flag(help: "The set that waits to be approved, and what it would change.")
    var proposal = false

    @OptionGroup(title: "Options of every command in a vault") var common: VaultOptions

    func validate() throws {
        if proposal, summary || policy != nil { throw ValidationError("--proposal stands alone") }
    }

    func run(in vault: OpenVault) throws {
        let view = try vault.answer(vault.session.showPolicy())
        if proposal { return try show(view.proposal, in: vault) }
        guard let policy else {
            let text = PolicyWords.summary(view)
            return try vault.show(view, as: summary ? text : text + "\n\n" + view.source.printableLines)
        }
        let found = view.policies.filter { $0.id == policy || $0.name == policy }
        guard !found.isEmpty else {
            throw Misuse(
                message: "there is no policy `\(policy.printable)` in force",
                hint: "see `strongroom policy show --summary`")
        }
        try vault.show(found, as: found.map(PolicyWords.of).joined(separator: "\n\n"))
    }

    private func show(_ proposal: ProposalView?, in vault: OpenVault) throws {
        guard let proposal else { return try vault.show([String](), as: "no policy set waits to be approved") }
        let head = Card([("digest", proposal.digest), ("proposed by", "\(proposal.by), \(proposal.at)")]).text
        try vault.show(proposal, as: head + "\n\n" + PolicyWords.of(proposal.changes))
        vault.tell("a second person approves it", next: "`strongroom policy approve \(proposal.digest.prefix(12))`")
    }
}

/// `strongroom policy explain`
struct PolicyExplain: VaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Say why an entry of the access log was decided as it was: the policies, with their text.",
        discussion: """
            The text is that of the policy set which decided, whatever is in force today. Why an act on a record was \
            denied is only committed to in the log; the administrator can open it while its record is open.

              strongroom log show --last 5
              strongroom policy explain 41
            """)

    @Argument(help: "The entry's number, as `strongroom log show` lists it.")
    var entry: UInt64

    @OptionGroup(title: "Options of every command in a vault") var common: VaultOptions

    func run(in vault: OpenVault) throws {
        let found = try vault.answer(vault.session.explain(entry))
        try vault.show(found, as: PolicyWords.of(found))
    }
}

/// `strongroom policy replay`
struct PolicyReplay: VaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Run a directory of policies over the decisions of the past, and list what would change.",
        discussion: """
            Changes nothing. The log keeps what each decision was made on, sealed to the administrators' office; of a \
            closed or removed record it is gone.

              strongroom policy replay ./policies
            """)

    @Argument(help: "The directory.", completion: .directory)
    var directory: String

    @Option(help: ArgumentHelp("Only the last N entries.", valueName: "n"))
    var last: Int?

    @OptionGroup(title: "Options of every command in a vault") var common: VaultOptions

    func validate() throws {
        if let last, last < 1 { throw ValidationError("--last is 1 or more") }
    }

    func run(in vault: OpenVault) throws {
        let place = URL(filePath: directory, directoryHint: .isDirectory)
        let found = try vault.terminal.during("deciding again") {
            try vault.answer(vault.session.replayPolicies(place, last: last))
        }
        try vault.show(found, as: PolicyWords.of(found, styled: vault.terminal.isStyled))
    }
}

/// `strongroom policy propose`
struct PolicyPropose: VaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "propose",
        abstract: "Propose a directory of policies as the next set; a second person approves it.",
        discussion: """
            Refused unless it passes `strongroom policy check`. Prints what it would change: policies, and decisions of \
            the past. A later proposal takes its place.

              strongroom policy propose ./policies --reason @reason.txt
            """)

    @Argument(help: "The directory.", completion: .directory)
    var directory: String

    @Option(help: ArgumentHelp("Why: @FILE, or - for standard input.", valueName: "@file"))
    var reason: String

    @OptionGroup(title: "Options of every command in a vault") var common: VaultOptions

    func run(in vault: OpenVault) throws {
        let reason = try vault.text(reason)
        let place = URL(filePath: directory, directoryHint: .isDirectory)
        let found = try vault.terminal.during("checking") {
            try vault.answer(vault.session.proposePolicies(place, reason: reason))
        }
        let head = Card([
            ("proposed", found.digest), ("in force", found.inForce),
            ("checked", "\(found.policyCount) policies valid, \(found.testCount) tests passed"),
        ]).text
        try vault.show(
            found,
            as: [
                head, PolicyWords.of(found.changes), PolicyWords.of(found.replay, styled: vault.terminal.isStyled),
            ].joined(separator: "\n\n"))
        vault.tell(
            "proposed, nothing decides by it yet",
            next: "another person approves it with `strongroom policy approve \(found.digest.prefix(12))`",
            see: "policy show --proposal",
            warnings: found.testCount == 0 ? ["the set has no tests of its own"] : [])
    }
}

/// `strongroom policy approve`
struct PolicyApprove: VaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "approve",
        abstract: "Put the proposed policy set in force; never by who proposed it.",
        discussion: """
            Read it first; then type its digest, or the first twelve digits of it. The next request is decided by it.

              strongroom policy show --proposal
              strongroom policy approve 9f2c6a01b7de
            """)

    @Argument(help: "The digest of the set, twelve digits of it or more.")
    var digest: String

    @OptionGroup(title: "Options of every command in a vault") var common: VaultOptions

    func run(in vault: OpenVault) throws {
        let found = try vault.answer(vault.session.approvePolicies(digest))
        try vault.show(found, as: found.digest)
        vault.tell(
            "approved: from now on every request is decided by this set", next: "keep its files", see: "policy show")
    }
}
