import Adoption
import Foundation
import Sealing

/// Makes groups, lets people in, and renews groups when someone leaves. Each change is one signed manifest and the
/// wraps that follow from it, in the passage's transaction.
extension Passage {
    /// Makes a group of people, its private half wrapped to each, and to the office where the office administers it.
    func makeGroup(
        _ kind: GroupKind, members: [GroupMember], binding: Data? = nil, name: Data? = nil
    ) throws -> (manifest: GroupManifest, key: EncapsulationPrivateKey) {
        let key = EncapsulationPrivateKey()
        let manifest = GroupManifest(
            group: Identifier.fresh(.group), kind: kind, epoch: 0, publicKey: key.publicKey.bytes, members: members,
            binding: binding, name: name)
        try append(.group(manifest))
        try wrap(key, of: manifest)
        return (manifest, key)
    }

    /// Lets one more person in under the same key; they can read what was there before.
    func join(_ member: GroupMember, to group: GroupManifest, key: EncapsulationPrivateKey) throws {
        let others = group.members.filter { $0.staff != member.staff }
        let manifest = GroupManifest(
            group: group.group, kind: group.kind, epoch: group.epoch, publicKey: group.publicKey,
            members: others + [member], binding: group.binding, name: group.name)
        try append(.group(manifest))
        try wrap(key, of: manifest, toMember: member.staff)
    }

    /// Gives a group a new epoch with these members alone: every record is re-wrapped to it, what is written from now on
    /// gets a new key, and the wraps before it are deleted.
    @discardableResult
    func renew(
        _ group: GroupManifest, members: [GroupMember], with old: EncapsulationPrivateKey
    ) throws -> (manifest: GroupManifest, key: EncapsulationPrivateKey) {
        let key = EncapsulationPrivateKey()
        let manifest = GroupManifest(
            group: group.group, kind: group.kind, epoch: group.epoch + 1, publicKey: key.publicKey.bytes,
            members: members, binding: group.binding, name: group.name)
        try append(.group(manifest))
        try wrap(key, of: manifest)
        for record in try records.held(by: group.group) {
            try recordKeys.rewrap(
                record: record.id, slot: .main, from: (group.group, old), to: manifest, beginsEpoch: true)
        }
        for record in try keyRows.records(restrictedTo: group.group) {
            try recordKeys.rewrap(
                record: record, slot: .restricted, from: (group.group, old), to: manifest, beginsEpoch: true)
        }
        for purpose in try keyRows.groupSecretPurposes(group.group) {
            let secret = try groupSecret(group.group, purpose: purpose, with: old)
            try putGroupSecret(secret, purpose: purpose, of: manifest)
        }
        try keyRows.deleteGroupWraps(group.group, keeping: manifest.epoch)
        return (manifest, key)
    }

    /// Begins a new epoch of the archive for records closed from now on; older epochs stay with those who hold them.
    func renewArchive(members: [GroupMember]) throws {
        guard let archive = roster.group(.archive) else {
            _ = try makeGroup(.archive, members: members)
            return
        }
        let key = EncapsulationPrivateKey()
        let manifest = GroupManifest(
            group: archive.group, kind: .archive, epoch: archive.epoch + 1, publicKey: key.publicKey.bytes,
            members: members, binding: nil, name: nil)
        try append(.group(manifest))
        try wrap(key, of: manifest)
        let kept = Set(members.compactMap { roster.members[$0.staff]?.card.keyID })
        for member in archive.members {
            guard let card = roster.members[member.staff]?.card, !kept.contains(card.keyID) else { continue }
            for epoch in try keyRows.groupEpochs(archive.group, recipient: card.keyID) {
                let others = try kept.contains {
                    try keyRows.groupWrap(archive.group, epoch: epoch, recipient: $0) != nil
                }
                // What closed under that epoch would be lost for ever with the one who leaves.
                if try !others && keyRows.holdsClosed(archive.group, epoch: epoch) { throw Refusal(.lastArchiveKeeper) }
            }
            try keyRows.deleteGroupWraps(archive.group, recipient: card.keyID)
        }
    }

    /// Renews the office, and with it every group it could open.
    func renewOffice(members: [GroupMember]) throws {
        guard let office = roster.group(.office), let old = try groupKeys.asMember(of: office) else { throw NotThere() }
        let others = roster.groups.values
            .filter { $0.kind != .office && $0.kind != .archive && roster.activeGroup($0.group) != nil }
            .sorted { $0.group < $1.group }
        let keys = try others.map { group in
            guard let sealed = try keyRows.groupWrap(group.group, epoch: group.epoch, recipient: KeyRows.office) else {
                throw VaultFault.damaged("the office's wrap of a group is missing")
            }
            return try groupKeys.open(sealed, group: group, epoch: group.epoch, with: old)
        }
        try renew(office, members: members, with: old)
        for (group, key) in zip(others, keys) { try renew(group, members: group.members, with: key) }
    }

    func endGroup(_ group: String) throws {
        try append(.groupEnded(group: group))
        try keyRows.deleteGroupWraps(group)
    }

    // MARK: wraps

    private func wrap(_ key: EncapsulationPrivateKey, of manifest: GroupManifest) throws {
        for member in manifest.members { try wrap(key, of: manifest, toMember: member.staff) }
        switch manifest.kind {
        case .office, .archive:
            if let recovery = roster.recoveryCard {
                try wrap(key, of: manifest, to: recovery.encapsulation, recipient: KeyRows.recovery)
            }
        case .team, .privileged, .restricted:
            try wrap(key, of: manifest, to: opener(), recipient: KeyRows.office)
        }
    }

    private func wrap(_ key: EncapsulationPrivateKey, of manifest: GroupManifest, toMember staff: String) throws {
        guard let member = roster.members[staff], member.isActive else {
            throw VaultFault.rosterAltered("a group names somebody who is not here")
        }
        try wrap(key, of: manifest, to: member.card.encapsulation, recipient: member.card.keyID)
    }

    func wrap(
        _ key: EncapsulationPrivateKey, of manifest: GroupManifest, to recipient: EncapsulationPublicKey,
        recipient name: String
    ) throws {
        try keyRows.insertGroupWrap(
            manifest.group, epoch: manifest.epoch, recipient: name,
            sealed: try Envelope.seal(
                key.seed, to: recipient, label: VaultLabel.groupPrivate,
                context: GroupKeys.context(manifest.group, manifest.epoch)))
    }

    // MARK: secrets a group shares

    /// A secret that every member of a group can open, such as the key its search words are tokens under.
    func groupSecret(
        _ group: String, purpose: String, with key: EncapsulationPrivateKey
    ) throws -> OriginatedSecret {
        guard let sealed = try keyRows.groupSecret(group, purpose: purpose) else {
            throw VaultFault.damaged("a group's shared secret is missing")
        }
        let secret = try OriginatedSecret.open(
            sealed, with: key, subject: "\(group) \(purpose)", label: VaultLabel.groupSecret, roster: roster)
        guard roster.wasAdministrator(secret.maker) else {
            throw VaultFault.rosterAltered("a group's shared secret was made by nobody of the office")
        }
        return secret
    }

    func putGroupSecret(_ secret: OriginatedSecret, purpose: String, of group: GroupManifest) throws {
        try keyRows.putGroupSecret(
            group.group, purpose: purpose,
            sealed: try secret.sealed(
                to: EncapsulationPublicKey(bytes: group.publicKey), subject: "\(group.group) \(purpose)",
                label: VaultLabel.groupSecret))
    }

    func makeGroupSecret(purpose: String, of group: GroupManifest) throws {
        let secret = try OriginatedSecret.fresh(for: "\(group.group) \(purpose)", by: identity)
        try putGroupSecret(secret, purpose: purpose, of: group)
    }
}

/// What the shared secrets of groups are for.
enum GroupPurpose {
    /// A team's search words.
    static let search = "search"
    /// The office's recognition of a return's children, and of those whose records are closed.
    static let returnSubjects = "return-subjects"
    static let closedSubjects = "closed-subjects"
}
