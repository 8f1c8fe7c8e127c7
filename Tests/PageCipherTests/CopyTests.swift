import Testing

/// Whole stores written anew: by VACUUM, by SQLite's backup, beside another store.
struct CopyTests {
    let directory: TemporaryDirectory
    let cipher = Cipher()
    let other = Cipher(key: [UInt8](repeating: 0x5A, count: 32))

    init() throws {
        directory = try TemporaryDirectory()
    }

    private static let everything = "SELECT count(*), group_concat(hex(body)) FROM t"

    private func fill(_ path: String, on cipher: Cipher, _ settings: String = "", rows: Int = 60) throws -> Connection {
        let store = try Connection(path, on: cipher)
        try store.run("\(settings); CREATE TABLE t (id INTEGER PRIMARY KEY, body BLOB)")
        for id in 1...rows { try store.run("INSERT INTO t VALUES (\(id), randomblob(\(id * 60)))") }
        return store
    }

    // MARK: VACUUM

    @Test(arguments: ["DELETE", "WAL", "PERSIST", "TRUNCATE"])
    func `VACUUM keeps the rows and the identity, and gives pages back`(mode: String) throws {
        let store = try fill(directory.path(), on: cipher, "PRAGMA journal_mode = \(mode); PRAGMA secure_delete = OFF")
        try store.run("DELETE FROM t WHERE id % 2; PRAGMA wal_checkpoint(TRUNCATE)")
        let expected = try store.text(Self.everything)
        let (identity, size) = (try directory.bytes().prefix(16), try directory.size("store.db"))
        try store.run("VACUUM; PRAGMA wal_checkpoint(TRUNCATE)")
        #expect(try store.text(Self.everything) == expected)
        #expect(try store.text("PRAGMA integrity_check; PRAGMA freelist_count") == "ok\n0")
        #expect(try directory.bytes().prefix(16) == identity)
        #expect(try directory.size("store.db") < size * 2 / 3)
        let again = try Connection(try directory.image(), on: cipher)
        #expect(try again.text(Self.everything) == expected)
    }

    @Test(arguments: ["INCREMENTAL", "FULL"], ["DELETE", "WAL"])
    func `pages are given back one by one`(vacuum: String, mode: String) throws {
        let store = try fill(
            directory.path(), on: cipher, "PRAGMA auto_vacuum = \(vacuum); PRAGMA journal_mode = \(mode)")
        try store.run("PRAGMA secure_delete = OFF; DELETE FROM t WHERE id % 2")
        let expected = try store.text(Self.everything)
        let free = try #require(Int(try store.text("PRAGMA freelist_count")))
        #expect(vacuum == "FULL" ? free == 0 : free > 10)
        for _ in 0..<free { try store.run("PRAGMA incremental_vacuum(1)") }
        try store.run("PRAGMA wal_checkpoint(TRUNCATE)")
        #expect(try store.text(Self.everything) == expected)
        #expect(try store.text("PRAGMA integrity_check; PRAGMA freelist_count") == "ok\n0")
        #expect(try Connection(try directory.image(), on: cipher).text(Self.everything) == expected)
    }

    @Test func `VACUUM INTO seals the copy under the same key and an identity of its own`() throws {
        let store = try fill(directory.path(), on: cipher)
        try store.run("VACUUM INTO '\(directory.path("copy.db"))'")
        let copy = try Connection(directory.path("copy.db"), on: cipher)
        #expect(try copy.text(Self.everything) == store.text(Self.everything))
        #expect(try copy.text("PRAGMA integrity_check") == "ok")
        #expect(try directory.bytes("copy.db").prefix(8) != directory.bytes().prefix(8))
        #expect(
            failure { _ = try Connection(directory.path("copy.db"), on: other).text(Self.everything) } == .notADatabase)
    }

    // MARK: backup

    @Test(arguments: ["DELETE", "WAL"]) func `a backup goes from one key to another`(mode: String) throws {
        let store = try fill(directory.path(), on: cipher, "PRAGMA journal_mode = \(mode)")
        let copy = try Connection(directory.path("copy.db"), on: other)
        try store.backup(to: copy)
        #expect(try copy.text(Self.everything) == store.text(Self.everything))
        #expect(try copy.text("PRAGMA integrity_check") == "ok")
        let again = try Connection(directory.path("copy.db"), on: other)
        #expect(try again.text(Self.everything) == store.text(Self.everything))
        #expect(
            failure { _ = try Connection(directory.path("copy.db"), on: cipher).text(Self.everything) } == .notADatabase
        )
    }

    @Test(arguments: [5, 150]) func `a backup replaces a store that was there`(rows: Int) throws {
        let store = try fill(directory.path(), on: cipher)
        let copy = try fill(directory.path("copy.db"), on: other, rows: rows)
        let identity = try directory.bytes("copy.db").prefix(16)
        try store.backup(to: copy)
        #expect(try copy.text(Self.everything) == store.text(Self.everything))
        #expect(try copy.text("PRAGMA integrity_check") == "ok")
        #expect(try directory.size("copy.db") == directory.size("store.db"))
        #expect(try directory.bytes("copy.db").prefix(16) == identity)
    }

    @Test func `a plain database is not copied over a store, and the store stays as it was`() throws {
        let plain = try Connection(directory.path("plain.db"), on: Disk.usual, reserve: -1)
        try plain.run("CREATE TABLE t (body BLOB); INSERT INTO t VALUES (randomblob(50000))")
        let store = try fill(directory.path(), on: cipher)
        let expected = try store.text(Self.everything)
        #expect(failure { try plain.backup(to: store) } == .badWrite)
        let again = try Connection(directory.path(), on: cipher)
        #expect(try again.text(Self.everything) == expected)
        #expect(try again.text("PRAGMA integrity_check") == "ok")
    }

    /// The cipher cannot know where SQLite takes what it reads. Stated in page-cipher.md.
    @Test func `a store copied to a plain database is plain there`() throws {
        let store = try fill(directory.path(), on: cipher)
        let plain = try Connection(directory.path("plain.db"), on: Disk.usual, reserve: -1)
        try store.backup(to: plain)
        #expect(try plain.text(Self.everything) == store.text(Self.everything))
        #expect(try directory.bytes("plain.db").contains(bytesOf: "CREATE TABLE"))
    }

    // MARK: ATTACH

    @Test func `a new file that is attached is not written until its pages have room for the seal`() throws {
        let store = try fill(directory.path(), on: cipher)
        try store.run("ATTACH '\(directory.path("new.db"))' AS new")
        #expect(failure { try store.run("CREATE TABLE new.t (id)") } == .badWrite)
        #expect(try directory.size("new.db") == 0)
        #expect(try store.text("PRAGMA main.integrity_check") == "ok")
    }

    @Test(arguments: ["DELETE", "WAL"]) func `a transaction over two stores`(mode: String) throws {
        let store = try fill(directory.path(), on: cipher, "PRAGMA journal_mode = \(mode)")
        _ = try fill(directory.path("second.db"), on: cipher, "PRAGMA journal_mode = \(mode)")
        try store.run("ATTACH '\(directory.path("second.db"))' AS second")
        try store.run("BEGIN; UPDATE t SET body = x'01'; UPDATE second.t SET body = x'02'; COMMIT")
        try store.run("BEGIN; UPDATE t SET body = x'03'; UPDATE second.t SET body = x'04'; ROLLBACK")
        #expect(
            try store.text("SELECT hex(a.body), hex(b.body) FROM t a JOIN second.t b USING (id) WHERE id = 9")
                == "01|02")
        #expect(try store.text("PRAGMA integrity_check") == "ok")
    }

    @Test func `a store of another key is not attached`() throws {
        let store = try fill(directory.path(), on: cipher)
        _ = try fill(directory.path("second.db"), on: other)
        let before = try directory.bytes("second.db")
        #expect(failure { try store.run("ATTACH '\(directory.path("second.db"))' AS second") } == .notADatabase)
        #expect(try directory.bytes("second.db") == before)
    }
}
