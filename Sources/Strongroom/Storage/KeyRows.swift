import EncryptedStore
import Foundation

/// One wrap of one epoch of a record's key.
struct RecordKeyRow {
    let record: String
    let slot: KeySlot
    let epoch: Int
    /// The group, and its epoch, that the key was made under; bound by its maker's signature.
    let made: KeyBirth
    /// A group's identifier, or ``KeyRows/recovery``.
    let recipient: String
    let recipientEpoch: UInt32
    let sealed: Data
}

/// One wrap of one epoch of a group's private key.
struct GroupWrapRow {
    let group: String
    let epoch: UInt32
    /// A card's short identifier, ``KeyRows/office`` or ``KeyRows/recovery``.
    let recipient: String
    let sealed: Data
}

/// Under which epoch of which group a record's key was made.
///
/// Without it, deleting the newest key's row would have the next entry sealed under a key that someone who was put out
/// still holds.
struct KeyBirth: Hashable {
    let group: String
    let epoch: UInt32
}

/// Wrapped keys: the private halves of groups, the secrets groups share, and the keys of records.
struct KeyRows {
    static let recovery = "recovery"
    static let office = "office"

    let statements: any Statements

    // MARK: groups

    func groupWrap(_ group: String, epoch: UInt32, recipient: String) throws -> Data? {
        try statements.rows(
            "SELECT sealed FROM group_wrap WHERE group_id = ? AND epoch = ? AND recipient = ?",
            [.text(group), .integer(Int64(epoch)), .text(recipient)]
        ).first?.blob("sealed")
    }

    func insertGroupWrap(_ group: String, epoch: UInt32, recipient: String, sealed: Data) throws {
        try statements.run(
            "INSERT OR REPLACE INTO group_wrap (group_id, epoch, recipient, sealed) VALUES (?, ?, ?, ?)",
            [.text(group), .integer(Int64(epoch)), .text(recipient), .blob(sealed)])
    }

    /// Every wrap of a group but those of `kept`.
    func deleteGroupWraps(_ group: String, keeping kept: UInt32? = nil) throws {
        try statements.run(
            "DELETE FROM group_wrap WHERE group_id = ? AND epoch <> ?",
            [.text(group), .integer(kept.map(Int64.init) ?? -1)])
    }

    func deleteGroupWraps(_ group: String, recipient: String) throws {
        try statements.run(
            "DELETE FROM group_wrap WHERE group_id = ? AND recipient = ?", [.text(group), .text(recipient)])
    }

    func everyGroupWrap() throws -> [GroupWrapRow] {
        try statements.rows("SELECT * FROM group_wrap ORDER BY group_id, epoch, recipient", []).map {
            GroupWrapRow(
                group: try $0.text("group_id"), epoch: UInt32(try $0.integer("epoch")),
                recipient: try $0.text("recipient"), sealed: try $0.blob("sealed"))
        }
    }

    func everyGroupSecret() throws -> [(group: String, sealed: Data)] {
        try statements.rows("SELECT group_id, sealed FROM group_secret ORDER BY group_id, purpose", [])
            .map { (try $0.text("group_id"), try $0.blob("sealed")) }
    }

    func recordKeys(_ record: String) throws -> [RecordKeyRow] {
        try statements.rows("SELECT * FROM record_key WHERE record = ? ORDER BY slot, epoch", [.text(record)])
            .map(Self.row)
    }

    func groupEpochs(_ group: String, recipient: String) throws -> [UInt32] {
        try statements.rows(
            "SELECT epoch FROM group_wrap WHERE group_id = ? AND recipient = ? ORDER BY epoch",
            [.text(group), .text(recipient)]
        ).map { UInt32(try $0.integer("epoch")) }
    }

    /// The epochs of the archive that closed records are wrapped to.
    func closedEpochs(_ archive: String) throws -> [UInt32] {
        try statements.rows(
            "SELECT DISTINCT recipient_epoch AS epoch FROM record_key WHERE recipient = ? ORDER BY epoch",
            [.text(archive)]
        ).map { UInt32(try $0.integer("epoch")) }
    }

    /// Whether a record's key is wrapped to this epoch of a group.
    func holdsClosed(_ group: String, epoch: UInt32) throws -> Bool {
        try !statements.rows(
            "SELECT 1 AS one FROM record_key WHERE recipient = ? AND recipient_epoch = ? LIMIT 1",
            [.text(group), .integer(Int64(epoch))]
        ).isEmpty
    }

    func groupSecret(_ group: String, purpose: String) throws -> Data? {
        try statements.rows(
            "SELECT sealed FROM group_secret WHERE group_id = ? AND purpose = ?", [.text(group), .text(purpose)]
        ).first?.blob("sealed")
    }

    func groupSecretPurposes(_ group: String) throws -> [String] {
        try statements.rows("SELECT purpose FROM group_secret WHERE group_id = ?", [.text(group)])
            .map { try $0.text("purpose") }
    }

    func putGroupSecret(_ group: String, purpose: String, sealed: Data) throws {
        try statements.run(
            "INSERT OR REPLACE INTO group_secret (group_id, purpose, sealed) VALUES (?, ?, ?)",
            [.text(group), .text(purpose), .blob(sealed)])
    }

    // MARK: records

    func recordKeys(_ record: String, recipient: String) throws -> [RecordKeyRow] {
        try statements.rows(
            "SELECT * FROM record_key WHERE record = ? AND recipient = ? ORDER BY slot, epoch",
            [.text(record), .text(recipient)]
        ).map(Self.row)
    }

    func recordKey(_ record: String, slot: KeySlot, epoch: Int, recipient: String) throws -> RecordKeyRow? {
        try statements.rows(
            "SELECT * FROM record_key WHERE record = ? AND slot = ? AND epoch = ? AND recipient = ?",
            [.text(record), .text(slot.rawValue), .integer(Int64(epoch)), .text(recipient)]
        ).first.map(Self.row)
    }

    func currentEpoch(_ record: String, slot: KeySlot) throws -> Int? {
        try statements.rows(
            "SELECT max(epoch) AS epoch FROM record_key WHERE record = ? AND slot = ?",
            [.text(record), .text(slot.rawValue)]
        )[0].optionalInteger("epoch").map { Int($0) }
    }

    func insert(_ key: RecordKeyRow) throws {
        try statements.run(
            """
            INSERT OR REPLACE INTO record_key
                (record, slot, epoch, made_group, made_epoch, recipient, recipient_epoch, sealed)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .text(key.record), .text(key.slot.rawValue), .integer(Int64(key.epoch)), .text(key.made.group),
                .integer(Int64(key.made.epoch)), .text(key.recipient), .integer(Int64(key.recipientEpoch)),
                .blob(key.sealed),
            ])
    }

    func deleteRecordKeys(_ record: String) throws {
        try statements.run("DELETE FROM record_key WHERE record = ?", [.text(record)])
    }

    func deleteRecordKeys(_ record: String, slot: KeySlot, recipient: String) throws {
        try statements.run(
            "DELETE FROM record_key WHERE record = ? AND slot = ? AND recipient = ?",
            [.text(record), .text(slot.rawValue), .text(recipient)])
    }

    // MARK: recovery

    /// Drops every wrap to the recovery key there was.
    func deleteRecoveryWraps() throws {
        try statements.run("DELETE FROM record_key WHERE recipient = ?", [.text(Self.recovery)])
        try statements.run("DELETE FROM group_wrap WHERE recipient = ?", [.text(Self.recovery)])
    }

    /// Recovery's wraps of the keys of closed records.
    func closedRecoveryKeys() throws -> [RecordKeyRow] {
        try statements.rows(
            """
            SELECT record_key.* FROM record_key JOIN record ON record.id = record
            WHERE recipient = ? AND stage = 'closed'
            """, [.text(Self.recovery)]
        ).map(Self.row)
    }

    /// What a holder can open of the keys that recovery has no wrap of.
    func unreachedKeys(of holder: String, epoch: UInt32) throws -> [RecordKeyRow] {
        try statements.rows(
            """
            SELECT * FROM record_key AS held WHERE recipient = ? AND recipient_epoch = ? AND NOT EXISTS
                (SELECT 1 FROM record_key AS reached WHERE reached.record = held.record AND reached.slot = held.slot
                    AND reached.epoch = held.epoch AND reached.recipient = ?)
            """, [.text(holder), .integer(Int64(epoch)), .text(Self.recovery)]
        ).map(Self.row)
    }

    /// How many records, closed ones or the others, have a key that recovery has no wrap of.
    func unreachedCount(closed: Bool) throws -> Int {
        let row = try statements.rows(
            """
            SELECT count(DISTINCT held.record) AS n FROM record_key AS held JOIN record ON record.id = held.record
            WHERE (stage = 'closed') = ? AND NOT EXISTS
                (SELECT 1 FROM record_key AS reached WHERE reached.record = held.record AND reached.slot = held.slot
                    AND reached.epoch = held.epoch AND reached.recipient = ?)
            """, [.integer(closed ? 1 : 0), .text(Self.recovery)])[0]
        return Int(try row.integer("n"))
    }

    func all(recipient: String) throws -> [RecordKeyRow] {
        try statements.rows("SELECT * FROM record_key WHERE recipient = ?", [.text(recipient)]).map(Self.row)
    }

    func restrictedHolder(_ record: String) throws -> (holder: String, salt: Data)? {
        try statements.rows("SELECT holder, holder_salt FROM restricted_holder WHERE record = ?", [.text(record)])
            .first.map { (try $0.text("holder"), try $0.blob("holder_salt")) }
    }

    func putRestrictedHolder(_ record: String, holder: String, salt: Data) throws {
        try statements.run(
            "INSERT INTO restricted_holder (record, holder, holder_salt) VALUES (?, ?, ?)",
            [.text(record), .text(holder), .blob(salt)])
    }

    func deleteRestrictedHolder(_ record: String) throws {
        try statements.run("DELETE FROM restricted_holder WHERE record = ?", [.text(record)])
    }

    func records(restrictedTo group: String) throws -> [String] {
        try statements.rows("SELECT record FROM restricted_holder WHERE holder = ?", [.text(group)])
            .map { try $0.text("record") }
    }

    private static func row(_ row: StoredRow) throws -> RecordKeyRow {
        guard let slot = KeySlot(rawValue: try row.text("slot")) else { throw VaultFault.damaged("a key of no slot") }
        return RecordKeyRow(
            record: try row.text("record"), slot: slot, epoch: Int(try row.integer("epoch")),
            made: KeyBirth(group: try row.text("made_group"), epoch: UInt32(try row.integer("made_epoch"))),
            recipient: try row.text("recipient"), recipientEpoch: UInt32(try row.integer("recipient_epoch")),
            sealed: try row.blob("sealed"))
    }
}
