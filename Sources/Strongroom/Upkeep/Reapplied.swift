import Foundation
import Sealing
import TransparencyLog

/// What a restore did beside putting the backup in place.
public struct Reapplied: Sendable, Codable {
    /// How many records were removed again.
    public internal(set) var removed = 0
    /// How many records were closed again.
    public internal(set) var closed = 0
    /// Who had left since the backup, by short name.
    public internal(set) var ended: [String] = []
    /// Who had joined since, and is let in again.
    public internal(set) var added: [String] = []
    /// Whose card had been replaced since.
    public internal(set) var rekeyed: [String] = []
    /// How many groups lost or gained somebody, and have a new key.
    public internal(set) var renewedGroups = 0
    /// Whether recovery had been split anew since.
    public internal(set) var recoveryMoved = false
}

/// A list of removals that was opened, and what of it counts in the store that a backup holds.
struct OpenedRemovals {
    let people: PeopleListed
    let records: RecordsListed
    private let signers: (people: SignedStatement, records: SignedStatement)

    init(_ list: RemovalList, secrets: VaultSecrets, vault: String) throws {
        guard list.vault == vault else {
            throw VaultFault.unusable(
                "the list of removals is of another vault",
                hint: "give the one that lay beside this backup, or a later one")
        }
        guard let sealed = list.people else {
            throw VaultFault.unusable(
                "no administrator has written this list of removals yet", hint: "give the one beside the latest backup")
        }
        let people = try RemovalList.open(
            sealed, PeopleListed.self, VaultLabel.peopleListed, secrets: secrets, vault: vault)
        let records = try RemovalList.open(
            list.records, RecordsListed.self, VaultLabel.recordsListed, secrets: secrets, vault: vault)
        guard people.part.vault == vault, records.part.vault == vault, people.part.v == 1, records.part.v == 1 else {
            throw VaultFault.damaged("the list of removals")
        }
        (self.people, self.records) = (people.part, records.part)
        signers = (people.signed, records.signed)
    }

    /// Who may is believed of an administrator alone; what is gone, which can only take away, of anybody who works here.
    ///
    /// - Parameters:
    ///   - roster: the backup's.
    ///   - accepted: the short identifier of a card that the backup does not know, and that a person compared.
    /// - Throws: ``VaultFault/unusable(_:hint:)`` naming the card that has to be compared.
    func requireSigned(in roster: Roster, accepting accepted: String?) throws {
        let signer = try card(of: signers.people, in: roster, accepting: accepted) {
            $0.contains(.adoptionAdministrator)
        }
        guard signers.people.verify(by: signer.verification, label: VaultLabel.peopleListed) else {
            throw VaultFault.damaged("the list of removals is not signed by who it says")
        }
        let other = try people.staff.first { try IdentityCard(encoded: $0.card).fingerprint == signers.records.signer }
        let writer =
            try other.map { try IdentityCard(encoded: $0.card) }
            ?? card(of: signers.records, in: roster, accepting: accepted) { _ in true }
        guard signers.records.verify(by: writer.verification, label: VaultLabel.recordsListed) else {
            throw VaultFault.damaged("the list of removals is not signed by who it says")
        }
    }

    private func card(
        of signed: SignedStatement, in roster: Roster, accepting accepted: String?, _ mayBe: (Set<Role>) -> Bool
    ) throws -> IdentityCard {
        if let member = roster.staff(withCard: signed.signer).flatMap({ roster.members[$0] }), mayBe(member.roles) {
            return member.card
        }
        let listed = try people.staff.map { try IdentityCard(encoded: $0.card) }
        guard let card = listed.first(where: { $0.fingerprint == signed.signer }) else {
            throw VaultFault.unusable(
                "the list of removals is signed by somebody whom neither the backup nor the list knows",
                hint: "give another one")
        }
        guard card.keyID == accepted else {
            throw VaultFault.unusable(
                "the list of removals is signed with a card that was no administrator's in the backup: \(card.keyID)",
                hint: "compare it with that person's `strongroom identity show`, then add `--signer \(card.keyID)`")
        }
        return card
    }

    /// A list goes with a backup of its own history, and lacks nothing that is removed, closed or signed there already.
    func requireFollows(_ backup: LogHead, _ passage: Passage) throws {
        let removed = try passage.removed.all()
        let closed = try passage.records.closed().map(\.id)
        guard Set(removed).isSubset(of: records.removed), Set(closed).isSubset(of: records.closed.map(\.record)),
            people.statementCount >= passage.roster.verified.count
        else {
            throw VaultFault.unusable(
                "the list of removals is older than the backup",
                hint: "give the one beside this backup, or a later one")
        }
        guard try isOfOneHistory(backup, passage.logRows) else {
            throw VaultFault.unusable(
                "the list of removals is not of the history that this backup is of",
                hint: "give the one beside this backup; if it is, tell the auditor")
        }
    }

    /// Whether one head extends the other, as far as one of the two can tell.
    private func isOfOneHistory(_ backup: LogHead, _ log: LogRows) throws -> Bool {
        guard backup.origin == records.head.origin else {
            // Restored since: the backup must be of what a restore began from.
            return records.restored.contains { $0.origin == backup.origin && $0.size >= backup.size }
        }
        guard records.head.size <= backup.size else { return true }
        return try Data(MerkleTree.root(size: records.head.size, from: log).bytes) == records.head.root
    }
}
