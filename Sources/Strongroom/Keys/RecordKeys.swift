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
        let origin = try OriginatedSecret.fresh(for: Self.subject(record, slot, epoch), by: identity)
        try wrap(origin, record: record, slot: slot, epoch: epoch, holder: holder)
        return OpenedRecordKey(epoch: epoch, key: try RecordKey(bytes: origin.secret))
    }

    private func wrap(
        _ origin: OriginatedSecret, record: String, slot: KeySlot, epoch: Int, holder: GroupManifest
    ) throws {
        try rows.insert(
            RecordKeyRow(
                record: record, slot: slot, epoch: epoch, recipient: holder.group, recipientEpoch: holder.epoch,
                sealed: try origin.sealed(
                    to: EncapsulationPublicKey(bytes: holder.publicKey), subject: Self.subject(record, slot, epoch),
                    label: VaultLabel.recordKey)))
        if let recovery = roster.recoveryCard {
            try wrapToRecovery(origin, record: record, slot: slot, epoch: epoch, recovery: recovery)
        }
    }

    private func wrapToRecovery(
        _ origin: OriginatedSecret, record: String, slot: KeySlot, epoch: Int, recovery: IdentityCard
    ) throws {
        try rows.insert(
            RecordKeyRow(
                record: record, slot: slot, epoch: epoch, recipient: KeyRows.recovery, recipientEpoch: 0,
                sealed: try origin.sealed(
                    to: recovery.encapsulation, subject: Self.subject(record, slot, epoch),
                    label: VaultLabel.recordKey)))
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
        return OpenedRecordKey(epoch: epoch, key: try RecordKey(bytes: origin.secret))
    }

    private func originated(_ row: RecordKeyRow, with key: EncapsulationPrivateKey) throws -> OriginatedSecret {
        try OriginatedSecret.open(
            row.sealed, with: key, subject: Self.subject(row.record, row.slot, row.epoch), label: VaultLabel.recordKey,
            roster: roster)
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
        let origins = try old.map { ($0.epoch, try originated($0, with: before.key)) }
        if before.group != holder.group {
            try rows.deleteRecordKeys(record, slot: slot, recipient: before.group)
        }
        for (epoch, origin) in origins {
            try wrap(origin, record: record, slot: slot, epoch: epoch, holder: holder)
        }
        if beginsEpoch { try make(record: record, slot: slot, holder: holder) }
    }

    /// Adds recovery's wrap to every epoch a holder can open.
    func wrapToRecovery(holder: String, with key: EncapsulationPrivateKey, recovery: IdentityCard) throws {
        for row in try rows.all(recipient: holder) {
            try wrapToRecovery(
                try originated(row, with: key), record: row.record, slot: row.slot, epoch: row.epoch, recovery: recovery
            )
        }
    }

    static func subject(_ record: String, _ slot: KeySlot, _ epoch: Int) -> String {
        "\(record) \(slot.rawValue) \(epoch)"
    }
}
