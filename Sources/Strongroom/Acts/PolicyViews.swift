import Cedar
import Foundation

/// One policy, for people.
public struct PolicyLine: Sendable, Codable, Hashable {
    /// Its `@id`, or its file and place where it has none.
    public let id: String
    /// The file and the `@id`: the name under which the log speaks of it.
    public let name: String
    /// permit or forbid.
    public let effect: String
    /// What it says of itself: `reason`, `refusal` and whatever else stands there.
    public let annotations: [String: String]
    /// Its text.
    public let text: String
    /// Its text in the set before, where it is another.
    public let before: String?

    init(_ policy: Policy, before: String? = nil) {
        id = policy.annotations["id"] ?? policy.id
        name = policy.id
        effect = policy.effect.rawValue
        annotations = policy.annotations
        text = policy.sourceText
        self.before = before
    }
}

/// What one policy set has and another does not.
public struct PolicyChanges: Sendable, Codable {
    /// Policies that come.
    public let added: [PolicyLine]
    /// Policies that go.
    public let removed: [PolicyLine]
    /// Policies whose text changes, as they would be.
    public let changed: [PolicyLine]
    /// Files beside the policies that differ: the schema, the filing convention.
    public let files: [String]

    init(from old: PolicyProfile, to new: PolicyProfile) {
        let before = Dictionary(old.policies.policies.map { ($0.id, $0.sourceText) }) { $1 }
        let after = Set(new.policies.policies.map(\.id))
        added = new.policies.policies.filter { before[$0.id] == nil }.map { PolicyLine($0) }
        removed = old.policies.policies.filter { !after.contains($0.id) }.map { PolicyLine($0) }
        changed = new.policies.policies.compactMap { policy in
            guard let text = before[policy.id], !text.utf8.elementsEqual(policy.sourceText.utf8) else { return nil }
            return PolicyLine(policy, before: text)
        }
        files = Set(old.files.keys).union(new.files.keys).filter { name in
            !name.hasSuffix(".cedar") && old.files[name] != new.files[name]
        }.sorted()
    }
}

/// A policy set that waits for a second person.
public struct ProposalView: Sendable, Codable {
    /// SHA-256 over all its files.
    public let digest: String
    /// Who proposed it.
    public let by: String
    /// When, in vault time, UTC.
    public let at: String
    /// What it would change.
    public let changes: PolicyChanges
    /// Its files' text.
    public let source: String
}

/// The policy set in force.
public struct PolicyView: Sendable, Codable {
    /// SHA-256 over all its files.
    public let digest: String
    /// Its files.
    public let files: [String]
    /// Its policies.
    public let policies: [PolicyLine]
    /// The policies' text.
    public let source: String
    /// The set that waits for a second person, if one does.
    public let proposal: ProposalView?

    init(_ profile: PolicyProfile, proposal: ProposalView?) {
        digest = profile.digest.hexadecimal
        files = profile.files.keys.sorted()
        policies = profile.policies.policies.map { PolicyLine($0) }
        source = profile.source
        self.proposal = proposal
    }
}

extension PolicyProfile {
    /// The policies' files one after the other, each under its name.
    var source: String {
        files.filter { $0.key.hasSuffix(".cedar") }.sorted { $0.key < $1.key }
            .map { "// \($0.key)\n" + String(decoding: $0.value, as: UTF8.self) }.joined(separator: "\n")
    }
}

/// Why an entry of the access log was decided as it was.
public struct Explanation: Sendable, Codable {
    /// Where the reasons come from.
    public enum Source: String, Sendable, Codable {
        /// The entry says them.
        case entry
        /// The entry commits to them, and the office's key opened them.
        case opened
        /// The entry commits to them, and they were not to be opened: not by this person, not for a reference that leads
        /// nowhere, not any more.
        case committed
    }

    /// The entry.
    public let line: LogLine
    /// The digest of the policy set that decided.
    public let policySet: String
    /// Whether that set still decides.
    public let isInForce: Bool
    /// Where the reasons come from.
    public let source: Source
    /// The policies that decided, with their text in that set.
    public let policies: [PolicyLine]
    /// What else is among the reasons: a rule of the domain, a policy that could not be evaluated.
    public let others: [String]
}

/// One decision that a candidate would make in another way.
public struct ReplayedChange: Sendable, Codable {
    /// The entry.
    public let position: UInt64
    /// What was asked for.
    public let act: String
    /// allow or deny, as the policies said then.
    public let then: String
    /// By which policies.
    public let thenBy: [String]
    /// allow or deny, as the candidate would say.
    public let now: String
    /// By which policies.
    public let nowBy: [String]
}

/// What a candidate would have decided in another way.
public struct ReplayView: Sendable, Codable {
    /// The candidate.
    public let digest: String
    /// How many entries were looked at.
    public let entryCount: UInt64
    /// How many of them are decisions whose facts the log committed to.
    public let factsCount: Int
    /// How many of those could not be opened: of a record closed or removed since, of a reference that led nowhere, or
    /// sealed to a former key of the office.
    public let unopenedCount: Int
    /// How many decisions were made again.
    public let replayedCount: Int
    /// Those that would be another, the oldest first.
    public let changes: [ReplayedChange]
}

/// What proposing a policy set did.
public struct ProposedView: Sendable, Codable {
    /// The candidate's digest, which the second person types.
    public let digest: String
    /// The set in force.
    public let inForce: String
    /// How many policies and tests it has.
    public let policyCount: Int
    /// How many cases of its tables it passed.
    public let testCount: Int
    /// What it changes.
    public let changes: PolicyChanges
    /// What it would have decided in another way.
    public let replay: ReplayView
}

/// What approving a policy set did.
public struct ApprovedView: Sendable, Codable {
    /// The set in force from here on.
    public let digest: String
    /// The set before it.
    public let before: String
}
