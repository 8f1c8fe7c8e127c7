import ArgumentParser
import Strongroom

/// `strongroom closure …`
struct ClosureNoun: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "closure",
        abstract: "The file audit between the order and the closing.",
        discussion: """
            The audit checks that every document is where it belongs. It has nothing to do with the auditor of the \
            access log. Closing itself is `strongroom care close`.

              strongroom closure audit C-…
            """,
        subcommands: [ClosureAudit.self, ClosureShow.self])
}

/// `strongroom closure audit`
struct ClosureAudit: VaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Compute the file audit of both records; with --sign, sign it.",
        discussion: """
            Lists what is misfiled and what is missing. Move the one, add the other or say why there is none, then sign:

              strongroom closure audit C-… --sign --excuse later-life-letter=@why.txt
            """)

    @Argument(help: "The care record's reference, C-….")
    var ref: String

    @Option(
        help: ArgumentHelp(
            "KIND=@FILE: why there is no document of this kind; may be repeated.", valueName: "kind=@file"))
    var excuse: [String] = []

    @Flag(help: "Sign the audit; it must find nothing.")
    var sign = false

    @OptionGroup(title: "Options of every command in a vault") var common: VaultOptions
    var reference: String? { ref }

    func run(in vault: OpenVault) throws {
        let view = try vault.answer(vault.session.audit(ref, excuses: excuses(in: vault), sign: sign))
        try vault.show(view, as: ClosureText.of(view))
        let next =
            view.isSigned
            ? "`strongroom care close \(ref) --preview`"
            : view.isClean ? "the same with --sign" : "mend it, or --excuse it"
        vault.tell(
            view.isSigned ? "audited and signed" : "audited, nothing signed", next: next, see: "closure show \(ref)")
    }

    private func excuses(in vault: OpenVault) throws -> [String: String] {
        try excuse.reduce(into: [:]) { excuses, argument in
            guard let equals = argument.firstIndex(of: "="), equals != argument.startIndex else {
                throw Misuse(
                    message: "`\(argument.printable)` is not KIND=@FILE", hint: "as in `later-life-letter=@why.txt`")
            }
            excuses[String(argument[..<equals])] = try vault.text(String(argument[argument.index(after: equals)...]))
        }
    }
}

/// `strongroom closure show`
struct ClosureShow: VaultCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "What the closing still waits for.", discussion: "  strongroom closure show C-…")

    @Argument(help: "Either record's reference, C-… or AR-….")
    var ref: String

    @OptionGroup(title: "Options of every command in a vault") var common: VaultOptions
    var reference: String? { ref }

    func run(in vault: OpenVault) throws {
        let waits = try vault.answer(vault.session.showClosure(ref))
        try vault.show(waits, as: Card([("waits for", WaitText.of(waits, reference: ref))]).text)
    }
}

/// Audits and certificates, for people.
enum ClosureText {
    static func of(_ view: AuditView) -> String {
        var lines = ["\(view.documentCount) documents on both records"]
        lines += view.misfiled.map { "misfiled: \($0.kind) on the \($0.onRecord) record: \($0.why) (\($0.entry))" }
        lines += view.missing.map { "missing: \($0.kind), \($0.title): \($0.why)" }
        lines += view.excused.sorted { $0.key < $1.key }.map { "excused: \($0.key): \($0.value.printable)" }
        lines.append(view.isSigned ? "signed" : view.isClean ? "clean, not signed" : "not clean, not signed")
        return lines.joined(separator: "\n")
    }

    static func of(_ certificate: ClosingCertificate) -> String {
        let head = Card([
            (certificate.isPreview ? "would close" : "closed", certificate.closedOn), ("order", certificate.orderOn),
            ("file audit", certificate.auditSignedOn),
        ]).text
        let records = certificate.records.map { record in
            """
            \(record.kind) record: \(record.entryCount) entries, \(record.documentCount) documents, digest \(record.digest), \
            kept \(record.keptUntil.map { "until \($0)" } ?? "as long as the agency decides") (\(record.retention))
            """
        }
        return ([head] + records).joined(separator: "\n")
    }
}
