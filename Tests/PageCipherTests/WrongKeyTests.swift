import Foundation
import Testing

/// A file that is not a store of this key: one answer, nothing written to it or beside it.
struct WrongKeyTests {
    let directory: TemporaryDirectory
    let cipher = Cipher()
    let other = Cipher(key: [UInt8](repeating: 0x5A, count: 32))

    init() throws {
        directory = try TemporaryDirectory()
    }

    /// All that one might do with a store.
    private static let deeds = [
        "SELECT count(*) FROM sqlite_schema", "PRAGMA integrity_check", "PRAGMA journal_mode = WAL",
        "PRAGMA journal_mode = PERSIST", "CREATE TABLE other (id)", "BEGIN IMMEDIATE", "BEGIN EXCLUSIVE", "VACUUM",
        "PRAGMA user_version = 7", "PRAGMA wal_checkpoint(TRUNCATE)", "PRAGMA auto_vacuum = FULL; VACUUM",
        "DROP TABLE t",
    ]

    /// Tries every deed under the wrong key, each by itself and all on one connection.
    private func expectRefusal(_ why: String, as expected: SQLiteFailure = .notADatabase) throws {
        var before = try directory.everything()
        for deed in Self.deeds {
            let fault = failure { try Connection(directory.path(), on: other).run(deed) }
            #expect(fault == expected, "\(why): \(deed)")
        }
        let source = try Connection(directory.path("other.db"), on: other)
        try source.run("CREATE TABLE IF NOT EXISTS other (id)")
        let fault = failure { try source.backup(to: Connection(directory.path(), on: other)) }
        #expect(fault != nil, "\(why): a backup over it")
        var after = try directory.everything()
        before["other.db"] = nil
        after["other.db"] = nil
        #expect(after == before, "\(why): the files have changed")
    }

    private func fill(_ path: String, on cipher: Cipher, _ mode: String) throws -> Connection {
        let store = try Connection(path, on: cipher)
        try store.run(
            "PRAGMA journal_mode = \(mode); CREATE TABLE t (body BLOB); INSERT INTO t VALUES (randomblob(20000))")
        return store
    }

    @Test(arguments: ["DELETE", "WAL", "PERSIST", "TRUNCATE"])
    func `a store of another key`(mode: String) throws {
        _ = try fill(directory.path(), on: cipher, mode)
        try expectRefusal(mode)
        let store = try Connection(directory.path(), on: cipher)
        #expect(try store.text("SELECT length(body) FROM t") == "20000")
    }

    @Test func `a store of another key with commits in its log`() throws {
        let live = try fill(directory.path("live.db"), on: cipher, "WAL")
        try live.run("INSERT INTO t VALUES (zeroblob(9000))")
        try takeFiles()
        #expect(try directory.size("store.db-wal") > 9000)
        try expectRefusal("a live log")
        let store = try Connection(directory.path(), on: cipher)
        #expect(try store.text("SELECT group_concat(length(body)) FROM t") == "20000,9000")
        withExtendedLifetime(live) {}
    }

    @Test(arguments: ["DELETE", "PERSIST", "TRUNCATE"])
    func `a store of another key with a hot journal`(mode: String) throws {
        let live = try fill(directory.path("live.db"), on: cipher, mode)
        try live.run("BEGIN; UPDATE t SET body = zeroblob(20000)")
        try live.flush()
        try takeFiles()
        try expectRefusal("a hot journal")
        let store = try Connection(directory.path(), on: cipher)
        #expect(try store.text("SELECT count(*) FROM t WHERE body <> zeroblob(20000)") == "1")
        withExtendedLifetime(live) {}
    }

    /// Leaves what a crash of the live store would.
    private func takeFiles() throws {
        _ = try directory.image(of: "live.db", as: "store.db")
        for name in try directory.names() where name.hasPrefix("live.db") {
            try FileManager.default.removeItem(atPath: directory.path(name))
        }
    }

    @Test(arguments: ["DELETE", "WAL"]) func `a plain database`(mode: String) throws {
        let plain = try Connection(directory.path(), on: Disk.usual, reserve: -1)
        try plain.run(
            "PRAGMA journal_mode = \(mode); CREATE TABLE t (body BLOB); INSERT INTO t VALUES (zeroblob(20000))")
        _ = plain
        try expectRefusal("a plain database")
    }

    @Test func `a plain database with the room that the cipher needs`() throws {
        do {
            let plain = try Connection(directory.path(), on: Disk.usual, reserve: 40)
            try plain.run("CREATE TABLE t (body BLOB); INSERT INTO t VALUES (zeroblob(20000))")
        }
        try expectRefusal("a plain database of the same shape")
    }

    @Test(arguments: [1, 2, 3, 15, 16, 100, 512, 4095, 4096, 9000])
    func `a file of something else`(size: Int) throws {
        var random = SeededRandom(seed: size)
        try directory.put((0..<size).map { _ in UInt8.random(in: 1...255, using: &random) })
        try expectRefusal("\(size) bytes of something else")
        try directory.put(Array("A letter to the editor. ".utf8).prefix(size))
        try expectRefusal("\(size) bytes of text")
    }

    @Test(arguments: [1, 3, 8, 15]) func `the first bytes of a store`(size: Int) throws {
        _ = try fill(directory.path(), on: cipher, "DELETE")
        try directory.put(directory.bytes().prefix(size))
        try expectRefusal("\(size) bytes of a store")
        #expect(failure { try Connection(directory.path(), on: cipher).run("DROP TABLE t") } == .notADatabase)
        #expect(try directory.size("store.db") == size)
    }

    /// With its own key the identity is known: a store, and a damaged one.
    @Test(arguments: [16, 100, 4095]) func `a store cut within its first page is damaged under its own key`(size: Int)
        throws
    {
        _ = try fill(directory.path(), on: cipher, "DELETE")
        try directory.put(directory.bytes().prefix(size))
        try expectRefusal("\(size) bytes of a store")
        let before = try directory.everything()
        for deed in Self.deeds {
            let fault = try #require(failure { try Connection(directory.path(), on: cipher).run(deed) }, "\(deed)")
            #expect(fault.isDamage, "\(deed): \(fault)")
        }
        #expect(try directory.everything() == before)
    }

    /// To SQLite an empty file is a database that nobody has written to yet.
    @Test func `an empty file becomes a store, but not by being read`() throws {
        try directory.put([])
        #expect(try Connection(directory.path(), on: cipher).text("SELECT count(*) FROM sqlite_schema") == "0")
        #expect(try Connection(directory.path(), on: other).text("PRAGMA integrity_check") == "ok")
        #expect(try directory.everything() == ["store.db": []])
        try Connection(directory.path(), on: cipher).run("CREATE TABLE t (id)")
        #expect(failure { try Connection(directory.path(), on: other).run("DROP TABLE t") } == .notADatabase)
    }

    @Test func `another kind of the same file, and the file's version`() throws {
        _ = try fill(directory.path(), on: cipher, "DELETE")
        let whole = try directory.bytes()
        for place in 0..<16 {
            var changed = whole
            changed[place] ^= 1
            try directory.put(changed)
            let fault = failure { try Connection(directory.path(), on: cipher).run("DROP TABLE t") }
            #expect(fault == .notADatabase, "byte \(place) of the identity")
            #expect(try directory.everything() == ["store.db": changed])
        }
    }
}
