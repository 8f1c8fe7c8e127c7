import Adoption
import EncryptedStore
import Foundation

/// Which of a record's two keys an entry lies under.
enum KeySlot: String, Codable {
    case main
    /// A migrated entry of a kind that never stands on a care record: key worker, manager and the office alone.
    case restricted
}

/// What the store shows of one entry.
struct EntryRow {
    let id: String
    let record: String
    let kind: EntryKind
    let documentKind: String?
    let slot: KeySlot
    let keyEpoch: Int
    let happenedOn: String
    let isSuperseded: Bool
    let document: String?
    let sealed: Data
}

/// Entries, and the sealed chunks of their documents.
struct EntryRows {
    let statements: any Statements

    func of(record: String) throws -> [EntryRow] {
        try statements.rows("SELECT * FROM entry WHERE record = ? ORDER BY happened_on, id", [.text(record)])
            .map(Self.row)
    }

    func of(record: String, kind: EntryKind) throws -> [EntryRow] {
        try statements.rows(
            "SELECT * FROM entry WHERE record = ? AND kind = ? ORDER BY happened_on, id",
            [.text(record), .text(kind.rawValue)]
        ).map(Self.row)
    }

    func find(_ id: String, in record: String) throws -> EntryRow? {
        try statements.rows("SELECT * FROM entry WHERE id = ? AND record = ?", [.text(id), .text(record)])
            .first.map(Self.row)
    }

    func insert(_ entry: EntryRow) throws {
        try statements.run(
            """
            INSERT INTO entry (id, record, kind, document_kind, slot, key_epoch, happened_on, superseded, document, sealed)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .text(entry.id), .text(entry.record), .text(entry.kind.rawValue), StoredValue(entry.documentKind),
                .text(entry.slot.rawValue), .integer(Int64(entry.keyEpoch)), .text(entry.happenedOn),
                .integer(entry.isSuperseded ? 1 : 0), StoredValue(entry.document), .blob(entry.sealed),
            ])
    }

    /// Puts freshly sealed bytes in an entry's place, under another epoch of its record's main key, without its day.
    func reseal(_ entry: EntryRow, sealed: Data, keyEpoch: Int, document: String?) throws {
        try statements.run(
            "UPDATE entry SET sealed = ?, key_epoch = ?, slot = 'main', happened_on = '', document = ? WHERE id = ?",
            [.blob(sealed), .integer(Int64(keyEpoch)), StoredValue(document), .text(entry.id)])
        if let before = entry.document { try deleteDocument(before) }
    }

    func supersede(_ id: String) throws {
        try statements.run("UPDATE entry SET superseded = 1 WHERE id = ?", [.text(id)])
    }

    func delete(_ entry: EntryRow) throws {
        try statements.run("DELETE FROM entry WHERE id = ?", [.text(entry.id)])
        if let document = entry.document {
            try statements.run("DELETE FROM document WHERE id = ?", [.text(document)])
        }
    }

    /// How many entries of a return's annex wait for a person.
    func heldCount() throws -> Int {
        try Int(
            statements.rows(
                "SELECT count(*) AS n FROM entry WHERE document_kind = 'held' AND superseded = 0", [])[0].integer("n"))
    }

    // MARK: who opened an entry

    func markRead(_ entry: String, by staff: String) throws {
        try statements.run("INSERT OR IGNORE INTO reading (entry, staff) VALUES (?, ?)", [.text(entry), .text(staff)])
    }

    func readers(of entry: String) throws -> [String] {
        try statements.rows("SELECT staff FROM reading WHERE entry = ? ORDER BY staff", [.text(entry)])
            .map { try $0.text("staff") }
    }

    func forgetReaders(record: String) throws {
        try statements.run(
            "DELETE FROM reading WHERE entry IN (SELECT id FROM entry WHERE record = ?)", [.text(record)])
    }

    // MARK: documents

    func insertDocument(_ id: String, record: String, isComplete: Bool) throws {
        try statements.run(
            "INSERT INTO document (id, record, complete) VALUES (?, ?, ?)",
            [.text(id), .text(record), .integer(isComplete ? 1 : 0)])
    }

    func completeDocument(_ id: String) throws {
        try statements.run("UPDATE document SET complete = 1 WHERE id = ?", [.text(id)])
    }

    func deleteDocument(_ id: String) throws {
        try statements.run("DELETE FROM document WHERE id = ?", [.text(id)])
    }

    /// Drops what was staged for a record and never referred to.
    func deleteStaged(record: String) throws {
        try statements.run("DELETE FROM document WHERE record = ? AND complete = 0", [.text(record)])
    }

    func insertChunk(_ document: String, number: Int, sealed: Data) throws {
        try statements.run(
            "INSERT INTO chunk (document, number, sealed) VALUES (?, ?, ?)",
            [.text(document), .integer(Int64(number)), .blob(sealed)])
    }

    func chunk(_ document: String, number: Int) throws -> Data? {
        try statements.rows(
            "SELECT sealed FROM chunk WHERE document = ? AND number = ?", [.text(document), .integer(Int64(number))]
        ).first?.blob("sealed")
    }

    /// Documents that were staged and never referred to: what a killed `document add` leaves behind.
    func orphans() throws -> [String] {
        try statements.rows(
            "SELECT id FROM document WHERE complete = 0 OR id NOT IN (SELECT document FROM entry WHERE document IS NOT NULL)",
            []
        ).map { try $0.text("id") }
    }

    private static func row(_ row: StoredRow) throws -> EntryRow {
        guard let kind = EntryKind(rawValue: try row.text("kind")), let slot = KeySlot(rawValue: try row.text("slot"))
        else { throw VaultFault.damaged("an entry of no known kind") }
        return EntryRow(
            id: try row.text("id"), record: try row.text("record"), kind: kind,
            documentKind: try row.optionalText("document_kind"), slot: slot,
            keyEpoch: Int(try row.integer("key_epoch")),
            happenedOn: try row.text("happened_on"), isSuperseded: try row.integer("superseded") == 1,
            document: try row.optionalText("document"), sealed: try row.blob("sealed"))
    }
}
