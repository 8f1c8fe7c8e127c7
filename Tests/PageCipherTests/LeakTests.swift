import Foundation
import Testing

/// Every byte that is written, looked at as it is written: nothing of what the store holds can be read or guessed.
@Suite(.serialized) struct LeakTests {
    /// What stands in rows, in the schema, in an index, in SQLite's own words.
    private static let secrets = [
        "marzipan-pig", "CREATE TABLE", "sqlite_", "a_secret_column", "nutcracker-doll", "SQLite format",
        "gingerbread-house",
    ]

    @Test(arguments: ["WAL", "DELETE", "PERSIST", "TRUNCATE"])
    func `nothing of the content shows in anything that is written`(mode: String) throws {
        let directory = try TemporaryDirectory()
        let cipher = Cipher(base: Disk.watched)
        try Watched.lent(lookingFor: Self.secrets) {
            let store = try Connection(directory.path(), on: cipher)
            let steps = [
                "PRAGMA temp_store = FILE; PRAGMA cache_size = 5; PRAGMA temp.cache_size = 5",
                "PRAGMA journal_mode = \(mode); PRAGMA secure_delete = OFF; PRAGMA wal_autocheckpoint = 30",
                "CREATE TABLE t (id INTEGER PRIMARY KEY, a_secret_column TEXT); CREATE INDEX i ON t (a_secret_column)",
                "BEGIN; \(insert(400, "marzipan-pig")); COMMIT",
                "SAVEPOINT a; UPDATE t SET a_secret_column = 'gingerbread-house' || id; ROLLBACK TO a; RELEASE a",
                "BEGIN; UPDATE t SET a_secret_column = 'nutcracker-doll' || a_secret_column; ROLLBACK",
                "CREATE TEMP TABLE s AS SELECT * FROM t",
                "UPDATE s SET a_secret_column = a_secret_column || 'marzipan-pig!'",
                "CREATE INDEX temp.j ON s (a_secret_column); DROP TABLE s",
                "DELETE FROM t WHERE id % 3 = 0", "VACUUM", "CREATE INDEX k ON t (a_secret_column DESC, id)",
                "PRAGMA wal_checkpoint(TRUNCATE)",
                "ALTER TABLE t ADD COLUMN a_secret_column_too DEFAULT 'gingerbread-house'",
                "VACUUM INTO '\(directory.path("copy.db"))'",
            ]
            for step in steps {
                try store.run(step)
                for kind in Watched.Kind.allCases { #expect(Watched.found(kind) == 0, "\(kind) after \(step)") }
                #expect(try !directory.names().contains { $0.hasSuffix("-shm") })
            }
            #expect(try store.text("SELECT count(*) FROM t") == "267")
            // They were there to be seen.
            #expect(Watched.written(.database) > 100_000 && Watched.written(.temporary) > 100_000)
            #expect(Watched.written(mode == "WAL" ? .log : .journal) > 100_000)
        }
    }

    private func insert(_ count: Int, _ word: String) -> String {
        """
        INSERT INTO t SELECT v, '\(word) ' || v || hex(randomblob(200)) FROM
            (WITH RECURSIVE n (v) AS (VALUES (1) UNION ALL SELECT v + 1 FROM n WHERE v < \(count)) SELECT v FROM n)
        """
    }

    @Test func `the disk sees what plain SQLite writes`() throws {
        let directory = try TemporaryDirectory()
        try Watched.lent(lookingFor: [Spill.secret]) {
            let store = try Connection(directory.path(), on: Disk.watched)
            try Spill.run(store)
            for kind in [Watched.Kind.database, .temporary] { #expect(Watched.found(kind) > 0, "\(kind)") }
            try store.run(
                "UPDATE t SET body = 'x'; PRAGMA journal_mode = WAL; INSERT INTO t (body) VALUES ('\(Spill.secret)')")
            for kind in [Watched.Kind.journal, .log] { #expect(Watched.found(kind) > 0, "\(kind)") }
        }
    }

    @Test func `nobody can try what a page holds against the files`() throws {
        #expect(try GuessedPIN.hits(inLogOf: Cipher()) == [])
        #expect(try GuessedPIN.hits(inJournalOf: Cipher()) == [])
    }

    @Test func `without the rules that hide checksums the guesses find the PIN`() throws {
        let log = try Rule.leavingOut(.frameHeader) { try GuessedPIN.hits(inLogOf: Cipher(without: .frameHeader)) }
        #expect(log == [GuessedPIN.pin])
        let journal = try Rule.leavingOut(.journalMask) {
            try GuessedPIN.hits(inJournalOf: Cipher(without: .journalMask))
        }
        // The journal's checksum is a short one, and many PINs fit it.
        #expect(journal.contains(GuessedPIN.pin) && journal.count < 1000)
    }

    @Test func `equal pages are not to be seen as equal`() throws {
        let directory = try TemporaryDirectory()
        let store = try Connection(directory.path(), on: Cipher())
        try store.run("CREATE TABLE t (body BLOB)")
        for _ in 1...20 { try store.run("INSERT INTO t VALUES (zeroblob(40000))") }
        let bytes = try directory.bytes()
        let blocks = stride(from: 16, to: bytes.count, by: 16).map { Array(bytes[$0..<$0 + 16]) }
        #expect(Set(blocks).count == blocks.count)
    }
}
