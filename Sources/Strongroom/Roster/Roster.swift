import Foundation
import Sealing

/// Who works here, with which keys, roles and memberships: the signed statements replayed from the root.
///
/// A statement counts only if the one before it, its signer's keys and its signer's right to make it all verify, so an
/// edited, added or missing row is found at the next act and nothing is wrapped to a key that a row merely claims.
struct Roster {
    struct Member {
        var card: IdentityCard
        var handle: Data
        var team: String?
        var roles: Set<Role>
        var isActive: Bool
    }

    private(set) var members: [String: Member] = [:]
    private(set) var groups: [String: GroupManifest] = [:]
    private(set) var endedGroups: Set<String> = []
    /// The cards that signed a group's current epoch, and so had its key in their hands.
    private var keyMakers: [String: Set<Data>] = [:]
    private(set) var recovery: RecoveryManifest?
    private(set) var recoveryCard: IdentityCard?
    /// Every policy set that was ever in force, the one that is last.
    private(set) var policyDigests: [Data] = []
    var policyDigest: Data? { policyDigests.last }
    /// The policy set that waits for a second person.
    private(set) var proposal: PolicyProposal?
    /// Each restore's new origin of the access log, in their order.
    private(set) var logBeginnings: [LogBeginning] = []
    private(set) var founder = ""
    private(set) var isPractice = false
    private(set) var head: Data?
    /// The digest of each statement already verified, so that a second look at the same rows costs a hash each.
    private(set) var verified: [Data] = []
    /// The verification keys of every card there ever was, so that what a former key signed can still be checked.
    /// Every role a person ever held.
    private var everyRole: [String: Set<Role>] = [:]
    private var everyCard: [Data: (staff: String, keys: VerificationKeys)] = [:]

    var rootFingerprint: Data? { verified.first }

    // MARK: reading

    func group(_ kind: GroupKind) -> GroupManifest? {
        groups.values.first { $0.kind == kind && !endedGroups.contains($0.group) }
    }

    func activeGroup(_ id: String) -> GroupManifest? {
        endedGroups.contains(id) ? nil : groups[id]
    }

    func staff(withCard fingerprint: Data) -> String? {
        members.first { $0.value.card.fingerprint == fingerprint && $0.value.isActive }?.key
    }

    func verificationKeys(ofCard fingerprint: Data) -> VerificationKeys? { everyCard[fingerprint]?.keys }

    /// The keys of one of a person's cards, past or present, by its short identifier.
    func verificationKeys(ofKeyID keyID: String, of staff: String) -> VerificationKeys? {
        everyCard.first { $0.value.staff == staff && $0.key.hexadecimal.hasPrefix(keyID) }?.value.keys
    }

    /// Whose card this is or was.
    func staff(ofAnyCard fingerprint: Data) -> String? { everyCard[fingerprint]?.staff }

    /// Whether this card's owner ever had a role that assigns people to records, or answers for one.
    func mayAssign(_ card: Data) -> Bool {
        !rolesEver(ofCard: card).isDisjoint(with: [.adoptionAdministrator, .teamManager, .socialWorker])
    }

    /// Whether this card's owner was ever an adoption administrator.
    func wasAdministrator(_ card: Data) -> Bool {
        rolesEver(ofCard: card).contains(.adoptionAdministrator)
    }

    private func rolesEver(ofCard card: Data) -> Set<Role> {
        everyCard[card].flatMap { everyRole[$0.staff] } ?? []
    }

    /// Whether a key made under this card may seal what is written for a group from now on: its members, the office and
    /// who made the group's key could open it anyhow; anybody else would be opening it for themselves.
    func mayMakeKeys(_ card: Data, for group: GroupManifest) -> Bool {
        if keyMakers[group.group]?.contains(card) ?? false { return true }
        guard let staff = staff(withCard: card) else { return false }
        return [group, self.group(.office)].contains { $0?.members.contains { $0.staff == staff } ?? false }
    }

    func active(_ role: Role) -> [String] {
        members.filter { $0.value.isActive && $0.value.roles.contains(role) }.keys.sorted()
    }

    func memberships(of staff: String) -> [GroupManifest] {
        groups.values
            .filter { manifest in
                !endedGroups.contains(manifest.group) && manifest.members.contains { $0.staff == staff }
            }
            .sorted { $0.group < $1.group }
    }

    // MARK: replaying

    /// Takes one more statement into the roster.
    ///
    /// - Throws: ``VaultFault/rosterAltered(_:)`` if it does not follow from what stands, is not signed as an act of
    ///   authority by someone who may make it, or is of another vault.
    mutating func take(_ encoded: Data, vault: String) throws {
        let statement: SignedStatement
        do {
            statement = try SignedStatement(encoded: encoded)
        } catch {
            throw VaultFault.rosterAltered("statement \(verified.count) does not parse")
        }
        let number = verified.count
        let body = try Self.body(of: statement, number: number)
        guard body.v == 1, body.vault == vault else {
            throw VaultFault.rosterAltered("statement \(number) is of another vault")
        }
        guard statement.previous == head else {
            throw VaultFault.rosterAltered("statement \(number) does not follow the one before it")
        }
        guard let keys = try signerKeys(of: statement, act: body.act),
            statement.verify(by: keys, label: VaultLabel.roster)
        else {
            throw VaultFault.rosterAltered("statement \(number) is not signed by a person who may make it")
        }
        if case .group(let manifest) = body.act {
            let isSameEpoch = groups[manifest.group]?.epoch == manifest.epoch
            keyMakers[manifest.group, default: []] = (isSameEpoch ? keyMakers[manifest.group] ?? [] : []).union([
                statement.signer
            ])
        }
        switch body.act {
        case .policiesProposed(let digest):
            proposal = PolicyProposal(digest: digest, by: staff(ofAnyCard: statement.signer) ?? "", at: body.at)
        case .policiesPinned(let digest):
            try pin(digest, by: statement.signer, number: number)
        default:
            try apply(body.act, number: number)
        }
        head = statement.digest
        verified.append(statement.digest)
    }

    static func body(of statement: SignedStatement, number: Int) throws -> RosterBody {
        do {
            return try JSONDecoder().decode(RosterBody.self, from: statement.body)
        } catch {
            throw VaultFault.rosterAltered("statement \(number) does not parse")
        }
    }

    /// The keys the statement must verify under, or nil where its signer has no right to it.
    private func signerKeys(of statement: SignedStatement, act: RosterAct) throws -> VerificationKeys? {
        if case .founded(_, let card, _, _) = act {
            guard verified.isEmpty else { return nil }
            let founder = try Self.card(card)
            return founder.fingerprint == statement.signer ? founder.verification : nil
        }
        if let recoveryCard, statement.signer == recoveryCard.fingerprint {
            return act.isOnPolicies ? nil : recoveryCard.verification
        }
        guard let signer = staff(withCard: statement.signer), let member = members[signer] else { return nil }
        if member.roles.contains(.adoptionAdministrator) { return member.card.verification }
        switch act {
        case .policiesPinned:
            return member.roles.contains(.disclosureAuthoriser) ? member.card.verification : nil
        // Ending a record's own group is part of closing, a member's act; a migration begins a restricted group, and
        // only the office ever changes one.
        case .groupEnded(let id):
            let isOwn = groups[id].map { $0.kind == .privileged || $0.kind == .restricted } ?? false
            return isOwn && groups[id]?.members.contains { $0.staff == signer } ?? false
                ? member.card.verification : nil
        case .group(let manifest):
            let isFirst = groups[manifest.group] == nil && manifest.epoch == 0
            return manifest.kind == .restricted && isFirst ? member.card.verification : nil
        default: return nil
        }
    }

    /// Two people change the policies, whatever the policies say: who pins a set is not who proposed it, whichever card
    /// either signed with. Only the founding pins one that nobody proposed.
    private mutating func pin(_ digest: Data, by signer: Data, number: Int) throws {
        if policyDigest != nil {
            guard let proposal, proposal.digest == digest, proposal.by != staff(ofAnyCard: signer) else {
                throw VaultFault.rosterAltered("statement \(number) puts policies in force without a second person")
            }
        }
        policyDigests.append(digest)
        proposal = nil
    }

    private mutating func apply(_ act: RosterAct, number: Int) throws {
        func know(_ staff: String, _ encoded: Data) throws -> IdentityCard {
            let card = try Self.card(encoded)
            guard everyCard[card.fingerprint] == nil else {
                throw VaultFault.rosterAltered("statement \(number) repeats a card")
            }
            everyCard[card.fingerprint] = (staff, card.verification)
            return card
        }
        func requireMember(_ staff: String) throws {
            guard members[staff] != nil else { throw VaultFault.rosterAltered("statement \(number) names nobody") }
        }
        switch act {
        case .founded(let staff, let card, let handle, let practice):
            founder = staff
            everyRole[staff] = [.adoptionAdministrator]
            isPractice = practice
            members[staff] = Member(
                card: try know(staff, card), handle: handle, team: nil, roles: [.adoptionAdministrator], isActive: true)
        case .policiesProposed, .policiesPinned:
            preconditionFailure("taken with their signer")
        case .staffAdded(let staff, let card, let handle, let team):
            guard members[staff] == nil else { throw VaultFault.rosterAltered("statement \(number) repeats a person") }
            members[staff] = Member(card: try know(staff, card), handle: handle, team: team, roles: [], isActive: true)
        case .staffRekeyed(let staff, let card):
            try requireMember(staff)
            members[staff]?.card = try know(staff, card)
        case .staffEnded(let staff):
            try requireMember(staff)
            members[staff]?.isActive = false
            members[staff]?.roles = []
        case .roleGranted(let staff, let role):
            try requireMember(staff)
            guard let role = Role(rawValue: role) else {
                throw VaultFault.rosterAltered("statement \(number) names no role")
            }
            members[staff]?.roles.insert(role)
            everyRole[staff, default: []].insert(role)
        case .roleEnded(let staff, let role):
            try requireMember(staff)
            if let role = Role(rawValue: role) { members[staff]?.roles.remove(role) }
        case .group(let manifest):
            let before = groups[manifest.group]
            guard before.map(manifest.follows) ?? true, !endedGroups.contains(manifest.group) else {
                throw VaultFault.rosterAltered("statement \(number) turns a group back")
            }
            groups[manifest.group] = manifest
        case .groupEnded(let group):
            guard groups[group] != nil else { throw VaultFault.rosterAltered("statement \(number) ends no group") }
            endedGroups.insert(group)
        case .recovery(let manifest):
            recoveryCard = try know("", manifest.card)
            recovery = manifest
        case .logBegun(let beginning):
            guard logBeginnings.last.map(beginning.follows) ?? true else {
                throw VaultFault.rosterAltered("statement \(number) goes on with another log")
            }
            logBeginnings.append(beginning)
        }
    }

    private static func card(_ encoded: Data) throws -> IdentityCard {
        do {
            return try IdentityCard(encoded: encoded)
        } catch {
            throw VaultFault.rosterAltered("a card does not parse")
        }
    }
}
