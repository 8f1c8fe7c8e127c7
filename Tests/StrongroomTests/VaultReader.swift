import EncryptedStore
import Foundation
import Sealing
import StrongroomTesting

/// A second implementation, as small as it can be: reads a store with nothing but the format pages, the room
/// of the ciphers, and a member's own keys.
struct VaultReader {
    private let store: RawStore

    init(_ vault: TestVault) { store = RawStore(vault) }

    /// For each table, its columns in order.
    func columns() throws -> [String: String] {
        let tables = try store.rows("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
            .map { try $0.text("name") }
        return try Dictionary(
            uniqueKeysWithValues: tables.map { table in
                let columns = try store.rows("SELECT name FROM pragma_table_info(?) ORDER BY cid", [.text(table)])
                return (table, try columns.map { try $0.text("name") }.joined(separator: " "))
            })
    }

    /// For each act of the roster, the fields that it was seen with.
    func rosterFields() throws -> [String: Set<String>] {
        var fields: [String: Set<String>] = [:]
        for row in try store.rows("SELECT statement FROM roster ORDER BY position") {
            let body = try Self.object(SignedStatement(encoded: row.blob("statement")).body)
            for (act, value) in body["act"] as? [String: [String: Any]] ?? [:] {
                let inner = value["_0"] as? [String: Any] ?? value
                fields[act, default: []].formUnion(inner.keys)
            }
        }
        return fields
    }

    /// Opens an entry: identity to group, group to record, record to entry (EntryFormat.md).
    func content(of entry: String, on reference: String, by identity: Identity) throws -> [String: Any] {
        let record = try store.rows("SELECT id, holder FROM record WHERE reference = ?", [.text(reference)])[0]
        let (id, holder) = (try record.text("id"), try record.text("holder"))
        let row = try store.rows("SELECT * FROM entry WHERE id = ?", [.text(entry)])[0]
        let wrap = try store.rows(
            "SELECT epoch, sealed FROM group_wrap WHERE group_id = ? AND recipient = ? ORDER BY epoch DESC",
            [.text(holder), .text(identity.card.keyID)])[0]
        let seed = try Envelope.open(
            wrap.blob("sealed"), with: identity.encapsulation, label: Label("strongroom/vault/group-private/v1"),
            context: Data("\(holder) \(wrap.integer("epoch"))".utf8))
        let epoch = try row.integer("key_epoch")
        let key = try store.rows(
            "SELECT * FROM record_key WHERE record = ? AND slot = 'main' AND epoch = ? AND recipient = ?",
            [.text(id), .integer(epoch), .text(holder)])[0]
        let origin = try Envelope.open(
            key.blob("sealed"), with: EncapsulationPrivateKey(seed: seed),
            label: Label("strongroom/vault/record-key/v1"),
            context: Data("\(id) main \(epoch) \(key.text("made_group")) \(key.integer("made_epoch"))".utf8))
        let signed = try RecordKey(bytes: Data(origin.prefix(32))).entryKey(Data(entry.utf8))
            .open(row.blob("sealed"), owner: Data("\(id) \(entry)".utf8))
        let statement = try SignedStatement(encoded: signed)
        guard
            statement.verify(
                by: identity.card.verification, atLeast: .ordinary, label: Label("strongroom/vault/entry/v1"))
        else { return [:] }
        return try Self.object(statement.body)
    }

    private static func object(_ bytes: Data) throws -> [String: Any] {
        try JSONSerialization.jsonObject(with: bytes) as? [String: Any] ?? [:]
    }
}
