import Adoption
import Foundation
import Sealing
import WorkingDays

/// A record's keys as one passage holds them.
struct RecordHold {
    let record: RecordRow
    let slot: KeySlot
    let holder: GroupManifest
    let groupKey: EncapsulationPrivateKey
}

extension Passage {
    // MARK: holding

    /// The hold this person has on a record by membership.
    ///
    /// - Throws: ``NotThere`` where there is no key for them, whatever a policy may say.
    func hold(_ record: RecordRow, slot: KeySlot = .main) throws -> RecordHold {
        let holder = try manifest(of: record, slot: slot)
        guard holder.isMember(me, on: today.description), let key = try groupKeys.asMember(of: holder) else {
            throw NotThere()
        }
        return RecordHold(record: record, slot: slot, holder: holder, groupKey: key)
    }

    /// The hold the administrators' office has, for re-wrapping and migrating, never for reading.
    func holdByOffice(_ record: RecordRow, slot: KeySlot = .main) throws -> RecordHold {
        let holder = try manifest(of: record, slot: slot)
        guard let key = try groupKeys.byOffice(holder) else { throw NotThere() }
        return RecordHold(record: record, slot: slot, holder: holder, groupKey: key)
    }

    func manifest(of record: RecordRow, slot: KeySlot) throws -> GroupManifest {
        try verifyBinding(of: record)
        let manifest = slot == .main ? roster.activeGroup(record.holder) : try restrictedManifest(of: record)
        guard let manifest else { throw NotThere() }
        return manifest
    }

    /// The group of a care record's second key, if it has one.
    func restrictedManifest(of record: RecordRow) throws -> GroupManifest? {
        guard let restricted = try keyRows.restrictedHolder(record.id) else { return nil }
        let manifest = roster.activeGroup(restricted.holder)
        guard manifest?.binding == GroupKeys.binding(record: record.id, salt: restricted.salt) else {
            throw VaultFault.rosterAltered("a record's second key is held by another record's group")
        }
        return manifest
    }

    func currentKey(_ hold: RecordHold) throws -> OpenedRecordKey {
        try recordKeys.current(
            record: hold.record.id, slot: hold.slot, holder: hold.holder, with: hold.groupKey)
    }

    func key(of row: EntryRow, _ hold: RecordHold) throws -> RecordKey {
        try recordKeys.open(
            record: row.record, slot: row.slot, epoch: row.keyEpoch, holder: hold.holder.group, with: hold.groupKey
        ).key
    }

    // MARK: sealing

    /// A new entry's content, said by the person who passes, now.
    func content(_ kind: EntryKind, of record: RecordRow, on day: Day? = nil) -> EntryContent {
        EntryContent(
            entry: Identifier.fresh(.entry), record: record.id, kind: kind, on: (day ?? today).description,
            at: now.text,
            author: me)
    }

    /// Signs, seals and stores an entry.
    @discardableResult
    func file(_ content: EntryContent, with hold: RecordHold, document: String? = nil) throws -> EntryRow {
        let key = try currentKey(hold)
        let signed = try SignedStatement(
            signing: CanonicalJSON.encode(content), previous: nil, by: identity, strength: .ordinary,
            label: VaultLabel.entry)
        let row = EntryRow(
            id: content.entry, record: hold.record.id, kind: content.kind, documentKind: content.documentKind,
            slot: hold.slot, keyEpoch: key.epoch, happenedOn: content.on, isSuperseded: false, document: document,
            sealed: try Self.seal(signed.encoded, entry: content.entry, record: hold.record.id, key: key.key))
        try entries.insert(row)
        return row
    }

    static func seal(_ signed: Data, entry: String, record: String, key: RecordKey) throws -> Data {
        try key.entryKey(Data(entry.utf8)).seal(signed, owner: owner(entry: entry, record: record))
    }

    static func owner(entry: String, record: String) -> Data { Data("\(record) \(entry)".utf8) }

    // MARK: opening

    /// Opens one entry and checks that its author signed exactly this.
    func open(_ row: EntryRow, _ hold: RecordHold) throws -> OpenedEntry {
        let key = try key(of: row, hold)
        let bytes: Data
        do {
            bytes = try key.entryKey(Data(row.id.utf8)).open(
                row.sealed, owner: Self.owner(entry: row.id, record: row.record))
        } catch {
            throw VaultFault.damaged("an entry does not open")
        }
        return OpenedEntry(row: row, content: try verified(bytes, of: row), signed: bytes)
    }

    private func verified(_ signed: Data, of row: EntryRow) throws -> EntryContent {
        guard let statement = try? SignedStatement(encoded: signed),
            let keys = roster.verificationKeys(ofCard: statement.signer),
            statement.verify(by: keys, atLeast: .ordinary, label: VaultLabel.entry)
        else { throw VaultFault.damaged("an entry is not signed by its author") }
        let content = try CanonicalJSON.decode(EntryContent.self, from: statement.body, what: "an entry does not parse")
        // The columns in the clear steer filing and migration, so they must say what was signed; closing empties the day.
        guard content.entry == row.id, content.record == row.record, content.kind == row.kind,
            content.documentKind == row.documentKind, row.happenedOn.isEmpty || content.on == row.happenedOn,
            roster.staff(ofAnyCard: statement.signer) == content.author
        else { throw VaultFault.damaged("an entry stands in another's place") }
        return content
    }

    /// The latest entry of one kind that still stands.
    func latest(_ kind: EntryKind, _ hold: RecordHold) throws -> OpenedEntry? {
        try entries.of(record: hold.record.id, kind: kind)
            .filter { !$0.isSuperseded && $0.slot == hold.slot }
            .map { try open($0, hold) }
            .max { $0.content.at < $1.content.at }
    }
}
