import Adoption
import Cedar
import EncryptedStore
public import Foundation
import Sealing

extension Session {
    /// Shows the policy set in force, and the one that waits for a second person.
    public func showPolicy() throws -> Outcome<PolicyView> {
        try read(Ask(.policyShow, on: .vault)) { passage in
            let profile = try passage.session.profile(passage.statements, roster: passage.roster)
            let proposal = try passage.roster.proposal.map { proposal in
                let candidate = try passage.session.profile(proposal.digest, passage.statements)
                return ProposalView(
                    digest: proposal.digest.hexadecimal, by: try passage.handle(proposal.by), at: proposal.at,
                    changes: PolicyChanges(from: profile, to: candidate), source: candidate.source)
            }
            return PolicyView(profile, proposal: proposal)
        }
    }

    /// Proposes a directory of policies as the next set, for a second person to approve. It takes the place of any
    /// proposal before it.
    ///
    /// Promises: when this returns the candidate's bytes, the signed proposal and its log entry are durable.
    ///
    /// - Throws: ``VaultFault/policies(_:)`` if the set could not come into force: it does not parse or validate, lacks a
    ///   required forbid, ends the rule of two people, or fails one of its own tests.
    public func proposePolicies(_ directory: URL, reason: String) throws -> Outcome<ProposedView> {
        try write(Ask(.policyPropose, on: .vault).because(reason)) { passage in
            try passage.requireReason(reason)
            let check = PolicyCheck(try PolicyFolder(directory))
            let candidate = try check.accepted()
            let inForce = try passage.session.profile(passage.statements, roster: passage.roster)
            guard candidate.digest != inForce.digest else {
                throw VaultFault.unusable("this very set is in force already", hint: "see `strongroom policy show`")
            }
            try passage.requireTwoPeople(under: candidate)
            try RosterRows(statements: passage.statements).insertPolicySet(candidate.digest, bytes: candidate.encoded)
            try passage.append(.policiesProposed(digest: candidate.digest))
            passage.policySet = candidate.digest
            return ProposedView(
                digest: candidate.digest.hexadecimal, inForce: inForce.digest.hexadecimal,
                policyCount: check.report.policyCount, testCount: check.report.testCount,
                changes: PolicyChanges(from: inForce, to: candidate),
                replay: try Replay(passage: passage, candidate: candidate).run(last: Replay.proposalCount))
        }
    }

    /// Puts the proposed policy set in force. Not for who proposed it: that is refused whatever the policies say, and the
    /// roster would not count it.
    ///
    /// Promises: when this returns, the next decision is made by the new set; the old one's bytes stay.
    ///
    /// - Parameter digest: the candidate's digest in base 16, or its first ``policyDigestPrefixLength`` digits or more.
    /// - Throws: ``VaultFault/policies(_:)`` if the set could not come into force any more.
    public func approvePolicies(_ digest: String) throws -> Outcome<ApprovedView> {
        try write(Ask(.policyApprove, on: .vault)) { passage in
            guard let proposal = passage.roster.proposal else {
                throw VaultFault.unusable(
                    "no policy set waits to be approved",
                    hint: "one person proposes it with `strongroom policy propose`")
            }
            let typed = digest.lowercased()
            guard typed.utf8.count >= Self.policyDigestPrefixLength, proposal.digest.hexadecimal.hasPrefix(typed) else {
                throw VaultFault.unusable(
                    "this is not the digest of the set that waits",
                    hint: "type \(Self.policyDigestPrefixLength) digits of it, see `strongroom policy show --proposal`")
            }
            guard proposal.by != passage.me else { throw Refusal(.samePerson) }
            let files = try passage.session.profile(proposal.digest, passage.statements).files
            let candidate = try PolicyCheck(files: files, tables: [:]).accepted()
            try passage.requireTwoPeople(under: candidate)
            let before = try passage.session.profile(passage.statements, roster: passage.roster)
            try passage.append(.policiesPinned(digest: candidate.digest))
            passage.policySet = candidate.digest
            return ApprovedView(digest: candidate.digest.hexadecimal, before: before.digest.hexadecimal)
        }
    }

    /// How many digits of a digest name it, at least.
    public static let policyDigestPrefixLength = 12

    /// Runs a directory of policies over the decisions that the log has facts of, and says which would be others.
    ///
    /// - Parameter last: only so many of the newest entries.
    /// - Throws: ``VaultFault/policies(_:)`` if the set could not come into force.
    public func replayPolicies(_ directory: URL, last: Int? = nil) throws -> Outcome<ReplayView> {
        try read(Ask(.policyReplay, on: .vault)) { passage in
            let candidate = try PolicyCheck(PolicyFolder(directory)).accepted()
            return try Replay(passage: passage, candidate: candidate).run(last: last)
        }
    }

    /// Says why an entry of the access log was decided as it was, with the text its policies had then.
    ///
    /// - Throws: ``VaultFault/unusable(_:hint:)`` if there is no such entry.
    public func explain(_ position: UInt64) throws -> Outcome<Explanation> {
        try read(Ask(.policyExplain, on: .vault)) { try $0.explain(position) }
    }
}

extension Passage {
    fileprivate func explain(_ position: UInt64) throws -> Explanation {
        guard position < (try logRows.head()?.size ?? 0) else {
            throw VaultFault.unusable("the access log has no entry \(position)", hint: "see `strongroom log show`")
        }
        let entry = try LoggedEntry.parse(logRows.entry(position))
        guard let digest = Data(hexadecimal: entry.policy_sha256) else {
            throw VaultFault.damaged("entry \(position) of the access log names no policy set")
        }
        let profile = try session.profile(digest, statements)
        var source = Explanation.Source.entry
        var reasons = entry.reason
        if entry.commit["reasons"] != nil, reasons.isEmpty {
            // A reference that leads nowhere has none, and is answered like one whose reasons are not to be had.
            let opened = try Openings(passage: self).open(entry, "reasons").map { String(decoding: $0, as: UTF8.self) }
            source = opened.map { $0.isEmpty ? .committed : .opened } ?? .committed
            reasons = opened.map { $0.split(separator: " ").map(String.init) } ?? []
        }
        let policies = Dictionary(profile.policies.policies.map { (AccessEntry.plain($0.id), $0) }) { first, _ in first
        }
        // A policy that failed is shown too: it is what must be mended.
        func policy(_ reason: String) -> Policy? {
            let isError = reason.hasPrefix(Verdict.errorPrefix)
            return policies[AccessEntry.plain(isError ? String(reason.dropFirst(Verdict.errorPrefix.count)) : reason)]
        }
        return Explanation(
            line: try LogLine(entry, in: self), policySet: entry.policy_sha256,
            isInForce: digest == roster.policyDigest, source: source,
            policies: reasons.compactMap(policy).map { PolicyLine($0) },
            others: reasons.filter { $0.hasPrefix(Verdict.errorPrefix) || policy($0) == nil })
    }
}
