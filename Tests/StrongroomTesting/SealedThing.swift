import EncryptedStore
import Foundation
import Sealing

/// One sealed value of a store, with all that binds it but its key.
public struct SealedThing {
    enum Form {
        case envelope(Data, label: Label, context: String)
        /// An entry or the first chunk of a document, under a key derived from the record's.
        case stream(Data, identity: String, record: String)
    }

    /// The table it stands in.
    public let table: String
    /// The entry, the document, the epoch or the recipient it belongs to, to be named by a test that fails.
    public let name: String
    let form: Form
}

extension RawStore {
    /// Everything sealed that belongs to one record: its entries, documents, keys, its group's wraps, its notices.
    public func sealed(of reference: String) throws -> [SealedThing] {
        let id = try record(reference)
        let ofRecord: [StoredValue] = [.text(id)]
        let holder = try rows("SELECT holder FROM record WHERE id = ?", ofRecord)[0].text("holder")
        return try rows("SELECT * FROM entry WHERE record = ?", ofRecord).map(Self.entry)
            + rows(
                "SELECT chunk.*, record FROM chunk JOIN document ON id = document WHERE record = ? AND number = 0",
                ofRecord
            ).map(Self.firstChunk)
            + rows("SELECT * FROM record_key WHERE record = ?", ofRecord).map(Self.recordKey)
            + rows("SELECT * FROM group_wrap WHERE group_id = ?", [.text(holder)]).map(Self.groupWrap)
            + rows("SELECT * FROM notice WHERE record = ?", ofRecord).map(Self.notice)
    }

    /// Everything in the store and the keyring that holds a key.
    public func sealedKeys() throws -> [SealedThing] {
        let keyring = try keyring()
        return try rows("SELECT * FROM group_wrap").map(Self.groupWrap)
            + rows("SELECT * FROM record_key").map(Self.recordKey)
            + groupSecrets()
            + (keyring.wraps + keyring.recoveryWraps).map { wrap in
                SealedThing(
                    table: "keyring", name: wrap.recipient,
                    form: .envelope(
                        wrap.bytes, label: Label("strongroom/vault/\(wrap.purpose)/v1"), context: keyring.vaultID))
            }
    }

    /// The secrets that groups share: search words, and the recognition of a return's children.
    public func groupSecrets() throws -> [SealedThing] {
        try rows("SELECT * FROM group_secret").map { row in
            let (group, purpose) = (try row.text("group_id"), try row.text("purpose"))
            return SealedThing(
                table: "group_secret", name: purpose,
                form: .envelope(
                    try row.blob("sealed"), label: Label("strongroom/vault/group-secret/v1"),
                    context: "\(group) \(purpose)"))
        }
    }

    private static func entry(_ row: StoredRow) throws -> SealedThing {
        let id = try row.text("id")
        return SealedThing(
            table: "entry", name: id,
            form: .stream(try row.blob("sealed"), identity: id, record: try row.text("record")))
    }

    private static func firstChunk(_ row: StoredRow) throws -> SealedThing {
        let id = try row.text("document")
        return SealedThing(
            table: "chunk", name: id,
            form: .stream(try row.blob("sealed"), identity: id, record: try row.text("record")))
    }

    private static func recordKey(_ row: StoredRow) throws -> SealedThing {
        let subject =
            "\(try row.text("record")) \(try row.text("slot")) \(try row.integer("epoch")) "
            + "\(try row.text("made_group")) \(try row.integer("made_epoch"))"
        return SealedThing(
            table: "record_key", name: "epoch \(try row.integer("epoch")) to \(try row.text("recipient"))",
            form: .envelope(try row.blob("sealed"), label: Label("strongroom/vault/record-key/v1"), context: subject))
    }

    private static func groupWrap(_ row: StoredRow) throws -> SealedThing {
        let subject = "\(try row.text("group_id")) \(try row.integer("epoch"))"
        return SealedThing(
            table: "group_wrap", name: "\(subject) to \(try row.text("recipient"))",
            form: .envelope(try row.blob("sealed"), label: Label("strongroom/vault/group-private/v1"), context: subject)
        )
    }

    private static func notice(_ row: StoredRow) throws -> SealedThing {
        let id = try row.text("id")
        return SealedThing(
            table: "notice", name: id,
            form: .envelope(try row.blob("sealed"), label: Label("strongroom/vault/notice/v1"), context: id))
    }
}
