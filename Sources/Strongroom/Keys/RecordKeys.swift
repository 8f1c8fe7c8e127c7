import Foundation
import Sealing

/// A record's key of one epoch, opened.
struct OpenedRecordKey {
    let epoch: Int
    let key: RecordKey
}

/// Makes, opens and re-wraps the keys of records.
struct RecordKeys {
    let rows: KeyRows
    let roster: Roster
    let identity: Identity

    // MARK: making

    /// Gives a record a fresh key of the next epoch, wrapped to its holder and to recovery.
    @discardableResult
    func make(record: String, slot: KeySlot, holder: GroupManifest) throws -> OpenedRecordKey {
        let epoch = (try rows.currentEpoch(record, slot: slot) ?? -1) + 1
        let name = Name(record: record, slot: slot, epoch: epoch, made: KeyBirth(holder))
        let origin = try OriginatedSecret.fresh(for: name.subject, by: identity)
        try wrap(origin, name, to: holder)
        return OpenedRecordKey(epoch: epoch, key: try RecordKey(bytes: origin.secret))
    }

    private func wrap(_ origin: OriginatedSecret, _ name: Name, to holder: GroupManifest) throws {
        try wrap(
            origin, name, to: EncapsulationPublicKey(bytes: holder.publicKey), recipient: holder.group,
            recipientEpoch: holder.epoch)
        if let recovery = roster.recoveryCard { try wrap(origin, name, toRecovery: recovery) }
    }

    private func wrap(_ origin: OriginatedSecret, _ name: Name, toRecovery recovery: IdentityCard) throws {
        try wrap(origin, name, to: recovery.encapsulation, recipient: KeyRows.recovery, recipientEpoch: 0)
    }

    private func wrap(
        _ origin: OriginatedSecret, _ name: Name, to key: EncapsulationPublicKey, recipient: String,
        recipientEpoch: UInt32
    ) throws {
        try rows.insert(
            RecordKeyRow(
                record: name.record, slot: name.slot, epoch: name.epoch, made: name.made, recipient: recipient,
                recipientEpoch: recipientEpoch,
                sealed: try origin.sealed(to: key, subject: name.subject, label: VaultLabel.recordKey)))
    }

    // MARK: opening

    /// The key an entry was sealed with.
    func open(
        record: String, slot: KeySlot, epoch: Int, holder: String, with groupKey: EncapsulationPrivateKey
    ) throws -> OpenedRecordKey {
        guard let row = try rows.recordKey(record, slot: slot, epoch: epoch, recipient: holder) else {
            throw VaultFault.damaged("a record's key is missing")
        }
        let origin = try originated(row, with: groupKey)
        return OpenedRecordKey(epoch: epoch, key: try RecordKey(bytes: origin.secret))
    }

    /// The key new entries are sealed with.
    ///
    /// - Throws: ``VaultFault/rosterAltered(_:)`` if it was made by somebody who has no part in the group: a former
    ///   member with the disk could leave a key of their own there and wait.
    func current(
        record: String, slot: KeySlot, holder: GroupManifest, with groupKey: EncapsulationPrivateKey
    ) throws -> OpenedRecordKey {
        guard let epoch = try rows.currentEpoch(record, slot: slot),
            let row = try rows.recordKey(record, slot: slot, epoch: epoch, recipient: holder.group)
        else { throw VaultFault.damaged("a record has no key") }
        let origin = try originated(row, with: groupKey)
        guard roster.mayMakeKeys(origin.maker, for: holder) else {
            throw VaultFault.rosterAltered("a record's key was made by somebody who is not in its group")
        }
        guard row.made == KeyBirth(holder) else {
            throw VaultFault.rosterAltered("the record's key of the group's present epoch is missing")
        }
        return OpenedRecordKey(epoch: epoch, key: try RecordKey(bytes: origin.secret))
    }

    private func originated(_ row: RecordKeyRow, with key: EncapsulationPrivateKey) throws -> OriginatedSecret {
        try OriginatedSecret.open(
            row.sealed, with: key, subject: Name(row).subject, label: VaultLabel.recordKey, roster: roster)
    }

    // MARK: moving

    /// Wraps every epoch of a record's slot to the holder's new epoch, in place of the wraps before, and begins a new
    /// epoch for what is written from now on.
    func rewrap(
        record: String, slot: KeySlot, from before: (group: String, key: EncapsulationPrivateKey),
        to holder: GroupManifest, beginsEpoch: Bool
    ) throws {
        let old = try rows.recordKeys(record, recipient: before.group).filter { $0.slot == slot }
        guard let last = try rows.currentEpoch(record, slot: slot), old.map(\.epoch) == Array(0...last) else {
            throw VaultFault.damaged("a record's holder lacks one of its keys")
        }
        let origins = try old.map { (Name($0), try originated($0, with: before.key)) }
        if before.group != holder.group {
            try rows.deleteRecordKeys(record, slot: slot, recipient: before.group)
        }
        for (name, origin) in origins { try wrap(origin, name, to: holder) }
        if beginsEpoch { try make(record: record, slot: slot, holder: holder) }
    }

    /// Wraps to recovery whatever these rows hold, which `key` opens.
    func wrapToRecovery(_ held: [RecordKeyRow], with key: EncapsulationPrivateKey, recovery: IdentityCard) throws {
        for row in held { try wrap(try originated(row, with: key), Name(row), toRecovery: recovery) }
    }

    /// Opens every wrap to recovery and keeps none of what it opened.
    ///
    /// - Returns: how many there are.
    func tryAll(with recovery: EncapsulationPrivateKey) throws -> Int {
        let all = try rows.all(recipient: KeyRows.recovery)
        for row in all { _ = try originated(row, with: recovery) }
        return all.count
    }

    /// What a record's key is, as its maker signed it and every wrap is bound to.
    fileprivate struct Name {
        let record: String
        let slot: KeySlot
        let epoch: Int
        let made: KeyBirth

        var subject: String { "\(record) \(slot.rawValue) \(epoch) \(made.group) \(made.epoch)" }
    }
}

extension RecordKeys.Name {
    init(_ row: RecordKeyRow) {
        self.init(record: row.record, slot: row.slot, epoch: row.epoch, made: row.made)
    }
}

extension KeyBirth {
    init(_ holder: GroupManifest) { self.init(group: holder.group, epoch: holder.epoch) }
}
