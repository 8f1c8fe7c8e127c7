import Strongroom

/// Policies, for people.
enum PolicyWords {
    static func summary(_ view: PolicyView) -> String {
        Card([
            ("digest", view.digest), ("files", view.files.joined(separator: "\n")),
            ("policies", "\(view.policies.count)\n" + view.policies.map(\.name).joined(separator: "\n")),
            (
                "waits",
                view.proposal.map { "\($0.digest), proposed by \($0.by); see `strongroom policy show --proposal`" }
            ),
        ]).text
    }

    static func of(_ policy: PolicyLine) -> String {
        Card(
            [("policy", policy.name), ("effect", policy.effect)]
                + policy.annotations.filter { $0.key != "id" }.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        ).text + "\n\n" + policy.text.printableLines
    }

    static func of(_ fault: PolicyFault, as word: String) -> String {
        let indented = fault.snippet.map { "\n    " + $0.printableLines.replacing("\n", with: "\n    ") } ?? ""
        return "\(word): \(fault.description.printableLines)\(indented)"
    }

    static func counts(_ report: PolicyReport) -> String {
        func some(_ count: Int, _ one: String, _ many: String) -> String? {
            count == 0 ? nil : "\(count) \(count == 1 ? one : many)"
        }
        return [
            some(report.faults.count, "fault, and no test was run", "faults, and no test was run"),
            some(report.failures.count, "failing test", "failing tests of \(report.testCount)"),
        ].compactMap { $0 }.joined(separator: ", ")
    }

    static func of(_ changes: PolicyChanges) -> String {
        let every =
            (changes.added + changes.changed).map { policy in
                let word = policy.before == nil ? "adds" : "changes"
                return "\(word) \(policy.name.printable)\n" + difference(policy.before, policy.text)
            }
            + changes.removed.map { "removes \($0.name.printable)\n" + difference($0.text, nil) }
            + changes.files.map { "changes \($0.printable)" }
        return every.isEmpty ? "changes no policy" : every.joined(separator: "\n\n")
    }

    /// The lines of a policy that go, with `-`, that come, with `+`, and that stay.
    private static func difference(_ before: String?, _ after: String?) -> String {
        func lines(_ text: String?) -> [Substring] {
            text?.split(separator: "\n", omittingEmptySubsequences: false) ?? []
        }
        let old = lines(before)
        var rest = lines(after)[...]
        let changes = lines(after).difference(from: old)
        let removed = Set(changes.removals.map(place))
        let added = Set(changes.insertions.map(place))
        var told: [String] = []
        func come() {
            while let line = rest.first, added.contains(rest.startIndex) {
                told.append("+ \(line)")
                rest = rest.dropFirst()
            }
        }
        for (number, line) in old.enumerated() {
            if removed.contains(number) {
                told.append("- \(line)")
            } else {
                come()
                told.append("  \(line)")
                rest = rest.dropFirst()
            }
        }
        come()
        return told.joined(separator: "\n").printableLines
    }

    private static func place(_ change: CollectionDifference<Substring>.Change) -> Int {
        switch change {
        case .insert(let offset, _, _), .remove(let offset, _, _): offset
        }
    }

    static func of(_ found: Explanation) -> String {
        let line = found.line
        let head = Card([
            ("entry", "\(line.position), \(line.time)"), ("by", line.actor), ("act", line.act),
            ("decision", line.decision), ("about", line.alias.isEmpty ? nil : line.alias),
            ("policy set", found.policySet + (found.isInForce ? ", in force" : ", no longer in force")),
            ("because", why(found)),
        ]).text
        return ([head] + found.policies.map(of)).joined(separator: "\n\n")
    }

    /// How the log writes that a policy failed.
    private static let errorPrefix = "error:"

    private static func why(_ found: Explanation) -> String {
        if found.source == .committed {
            return """
                only committed to: why an act on a record was denied is sealed to the administrators' office,
                gone once the record is closed or removed, and never was where the reference led nowhere
                """
        }
        let failed = found.others.filter { $0.hasPrefix(errorPrefix) }.map { String($0.dropFirst(errorPrefix.count)) }
        let named =
            found.policies.map(\.name).filter { !failed.contains($0) }
            + found.others.filter { !$0.hasPrefix(errorPrefix) }
            + failed.map { "\($0) could not be evaluated, and so nothing was allowed: have it mended" }
        if named.isEmpty { return found.line.decision == "deny" ? "no policy permits it" : "no policy was asked" }
        let opened = found.source == .opened ? ["(opened from what the entry commits to)"] : []
        return (named + opened).joined(separator: "\n")
    }

    static func of(_ found: ReplayView, styled: Bool) -> String {
        let rows = found.changes.map { change in
            [
                "\(change.position)", change.act, "\(change.then) -> \(change.now)",
                (change.thenBy.isEmpty ? "nothing" : change.thenBy.joined(separator: " ")),
                (change.nowBy.isEmpty ? "nothing" : change.nowBy.joined(separator: " ")),
            ]
        }
        let table = Table("entry", "act", "decision", "then by", "now by", rows: rows)
        return """
            \(found.replayedCount) decisions made again, of \(found.factsCount) with facts in \(found.entryCount) entries; \
            \(found.unopenedCount) could not be opened
            \(rows.isEmpty ? "none would be another" : "\(rows.count) would be another:")
            """ + (rows.isEmpty ? "" : "\n" + table.text(styled: styled))
    }
}
