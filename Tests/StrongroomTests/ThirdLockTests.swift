import EncryptedStore
import Foundation
import Strongroom
import StrongroomTesting
import Testing

/// Policies and the domain's rules are not asked here: the schema alone refuses.
@Suite("the third lock: the store itself refuses")
struct ThirdLockTests {
    private let store: RawStore
    private let vault: TestVault
    private let record: String
    private let entry: String
    private let document: String

    init() throws {
        let vault = try TestVault()
        let care = try vault.openCare()
        let pin = try vault.openAdoption(of: care)
        try vault.with("asha") { session in
            _ = try session.addDocument(
                pin, file: vault.file("report.txt", Data("the report".utf8)), kind: "childs-permanence-report"
            ).done()
        }
        try vault.close(care)
        _ = try vault.openCare("Wren", "Lund")
        self.vault = vault
        store = RawStore(vault)
        record = try store.record(pin)
        let row = try store.rows(
            "SELECT id, document FROM entry WHERE record = ? AND document IS NOT NULL", [.text(record)])[0]
        entry = try row.text("id")
        document = try row.text("document")
    }

    @Test func `nothing of a closed record is changed, added or taken away`() throws {
        let never = "a closed record never changes"
        for column in ["stage = 'open'", "holder = 'g'", "closed_on = '2020-01-01'", "team = 'g'", "order_on = NULL"] {
            try expect(never, "UPDATE record SET \(column) WHERE id = ?", record)
        }
        // Two locks refuse this one, and SQLite asks either first.
        #expect(
            ["a closed record is never deleted", "a record is removed only after its migration and the new plan"]
                .contains(try store.refusal(of: "DELETE FROM record WHERE id = ?", [.text(record)])))
        try expect(
            "a closed record takes no entry",
            """
            INSERT INTO entry (id, record, kind, slot, key_epoch, happened_on, sealed)
            VALUES ('e', ?, 'note', 'main', 0, '2026-01-05', x'00')
            """, record)
        for column in ["sealed = x'00'", "superseded = 1", "record = 'i'", "key_epoch = 9", "document = NULL"] {
            try expect("an entry of a closed record never changes", "UPDATE entry SET \(column) WHERE id = ?", entry)
        }
        try expect("an entry of a closed record is never deleted", "DELETE FROM entry WHERE id = ?", entry)
        try expect(
            "a closed record takes no entry",
            """
            UPDATE entry SET record = ? WHERE record = (SELECT id FROM record WHERE stage = 'open')
            """, record)
    }

    @Test func `nothing of its documents and keys either`() throws {
        try expect(
            "a closed record takes no document", "INSERT INTO document (id, record, complete) VALUES ('d', ?, 1)",
            record)
        try expect(
            "a document of a closed record never changes", "UPDATE chunk SET sealed = x'00' WHERE document = ?",
            document)
        try expect(
            "a document of a closed record never changes",
            "INSERT INTO chunk (document, number, sealed) VALUES (?, 99, x'00')",
            document)
        try expect("a document of a closed record is never deleted", "DELETE FROM chunk WHERE document = ?", document)
        try expect("a document of a closed record is never deleted", "DELETE FROM document WHERE id = ?", document)
        try expect(
            "a key of a closed record never changes", "UPDATE record_key SET sealed = x'00' WHERE record = ?", record)
        try expect("a key of a closed record is never deleted", "DELETE FROM record_key WHERE record = ?", record)
        try expect(
            "a closed record takes no key",
            """
            INSERT INTO record_key (record, slot, epoch, made_group, made_epoch, recipient, recipient_epoch, sealed)
            VALUES (?, 'main', 9, 'g', 0, 'g', 0, x'00')
            """, record)
        try expect(
            "a closed record takes no key",
            """
            INSERT OR REPLACE INTO record_key SELECT record, slot, epoch, made_group, made_epoch, recipient,
                recipient_epoch, x'00'
            FROM record_key WHERE record = ?
            """, record)
        // Recovery alone may be given a wrap, of a key that the record has.
        let wrap = """
            INSERT INTO record_key SELECT record, slot, epoch, made_group, made_epoch, 'recovery', 0, x'00'
            FROM record_key WHERE record = ? AND recipient <> 'recovery'
            """
        #expect(try store.refusal(of: wrap, [.text(record)]) == nil)
        for (column, other) in [
            ("epoch", "9"), ("slot", "'restricted'"), ("made_group", "'g'"), ("made_epoch", "9"), ("'recovery'", "'g'"),
        ] {
            try expect("a closed record takes no key", wrap.replacing(", \(column),", with: ", \(other),"), record)
        }
        try expect(
            "a closed record takes no assignment",
            """
            INSERT INTO assignment (record, relation, staff, statement) VALUES (?, 'key-worker', 'a', x'00')
            """, record)
        try expect(
            "a closed record is found by nobody", "INSERT INTO search_token (token, record) VALUES (x'00', ?)", record)
    }

    @Test(arguments: ["log_entry", "log_node", "log_head"])
    func `the access log is append-only`(table: String) throws {
        let column = ["log_entry": "bytes = x'00'", "log_node": "hash = zeroblob(32)", "log_head": "checkpoint = ''"][
            table]!
        #expect(try store.refusal(of: "UPDATE \(table) SET \(column)") == "the access log is append-only")
        #expect(try store.refusal(of: "DELETE FROM \(table)") == "the access log is append-only")
    }

    @Test func `the roster and the references that were given away only grow`() throws {
        #expect(try store.refusal(of: "UPDATE roster SET statement = x'00'") == "the roster is append-only")
        #expect(try store.refusal(of: "DELETE FROM roster") == "the roster is append-only")
        #expect(try store.refusal(of: "DELETE FROM pin_used") == "a reference is never used again")
    }

    @Test func `an open record is not locked, so the locks can fail`() throws {
        #expect(try store.refusal(of: "UPDATE record SET plan_recorded = 1 WHERE stage = 'open'") == nil)
        #expect(
            try store.refusal(of: "DELETE FROM entry WHERE record = (SELECT id FROM record WHERE stage = 'open')")
                == nil)
        #expect(try store.refusal(of: "DELETE FROM record WHERE stage = 'open'") == "a care record is never deleted")
    }

    private func expect(_ words: String, _ sql: String, _ argument: String) throws {
        #expect(try store.refusal(of: sql, [.text(argument)]) == words, Comment(rawValue: sql))
    }
}
