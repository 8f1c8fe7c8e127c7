import Foundation
import Sealing

/// What one signed statement of the roster says. The case names are a stored format and never change.
///
/// Nothing here names a child or a record: a group's record is bound by a salted digest whose salt lies with the record.
enum RosterAct: Codable, Hashable {
    /// The first statement: who founded the vault. Its digest is the root fingerprint.
    case founded(staff: String, card: Data, handle: Data, practice: Bool)
    /// A policy set that waits for a second person; it takes the place of any that waited before.
    case policiesProposed(digest: Data)
    /// The policy set that decides from here on: the founding's, or one that another person proposed.
    case policiesPinned(digest: Data)
    case staffAdded(staff: String, card: Data, handle: Data, team: String?)
    case staffRekeyed(staff: String, card: Data)
    case staffEnded(staff: String)
    case roleGranted(staff: String, role: String)
    case roleEnded(staff: String, role: String)
    case group(GroupManifest)
    case groupEnded(group: String)
    case recovery(RecoveryManifest)
    /// After a restore: the access log goes on under another key and origin.
    case logBegun(LogBeginning)
}

extension RosterAct {
    /// Whether it is about the policies, which recovery has no word in.
    var isOnPolicies: Bool {
        switch self {
        case .policiesProposed, .policiesPinned: true
        default: false
        }
    }
}

/// A policy set that waits for a second person.
struct PolicyProposal: Hashable {
    let digest: Data
    /// Who proposed it.
    let by: String
    let at: String
}

/// What a group is for.
enum GroupKind: String, Codable {
    /// The adoption administrators: grants and revokes, and can open what its groups can.
    case office
    /// One team's care records.
    case team
    /// The people let into one adoption record.
    case privileged
    /// The second key of one care record: its key worker, its manager and the office.
    case restricted
    /// The archive keepers: holds closed records.
    case archive
}

/// One epoch of one group: its public key and the people its private half is wrapped to.
struct GroupManifest: Codable, Hashable {
    let group: String
    let kind: GroupKind
    let epoch: UInt32
    let publicKey: Data
    let members: [GroupMember]
    /// SHA-256 of a salt and the record's identifier; nil for a standing group.
    let binding: Data?
    /// The sealed name of a team.
    let name: Data?

    /// Whether this manifest may stand after `before`: a newcomer joins under the same key, anything else needs a new epoch.
    func follows(_ before: GroupManifest) -> Bool {
        guard kind == before.kind, binding == before.binding else { return false }
        if epoch == before.epoch { return publicKey == before.publicKey && members.count >= before.members.count }
        return epoch > before.epoch && publicKey != before.publicKey
    }

    func isMember(_ staff: String, on day: String) -> Bool {
        members.contains { $0.staff == staff && $0.isCurrent(on: day) }
    }
}

/// One person's dated place in a group.
struct GroupMember: Codable, Hashable {
    let staff: String
    let since: String
    /// The last day, included; nil without an end.
    let until: String?

    func isCurrent(on day: String) -> Bool { until.map { day <= $0 } ?? true }
}

/// The recovery key's public half, how many custodians it takes, and by what their pages are known again.
struct RecoveryManifest: Codable, Hashable {
    /// The card that recovery's seed makes.
    let card: Data
    let threshold: Int
    let count: Int
    /// The id of the set that the shares belong to; nil for a split made before it was kept.
    let set: Data?
    /// Each share's commitment, in the order of their numbers; nil likewise.
    let shares: [Data]?

    init(card: IdentityCard, shares: [RecoveryShare]) throws {
        guard let first = shares.first else { throw VaultFault.damaged("a split without shares") }
        self.card = card.encoded
        threshold = first.threshold
        count = first.count
        set = first.setID
        self.shares = shares.map(\.commitment)
    }
}

/// The signed bytes of a statement.
struct RosterBody: Codable {
    let v: Int
    let vault: String
    let at: String
    let nonce: Data
    let act: RosterAct

    init(vault: String, at: String, act: RosterAct) {
        v = 1
        self.vault = vault
        self.at = at
        nonce = randomBytes(16)
        self.act = act
    }
}
