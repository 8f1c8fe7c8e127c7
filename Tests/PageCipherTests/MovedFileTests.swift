import Foundation
import Testing

/// A file that another has taken the place of. SQLite asks the disk; the cipher passes the question on.
struct MovedFileTests {
    let directory: TemporaryDirectory
    let cipher = Cipher()

    init() throws {
        directory = try TemporaryDirectory()
    }

    private func move(_ from: String, _ to: String) throws {
        for suffix in ["", "-wal"] where FileManager.default.fileExists(atPath: directory.path(from + suffix)) {
            try FileManager.default.moveItem(atPath: directory.path(from + suffix), toPath: directory.path(to + suffix))
        }
    }

    @Test func `the disk tells whether the file is still in its place`() throws {
        let store = try Connection(directory.path(), on: cipher)
        try store.run("CREATE TABLE t (id)")
        #expect(store.hasMoved == false)
        try move("store.db", "aside.db")
        #expect(store.hasMoved == true)
        try move("aside.db", "store.db")
        #expect(store.hasMoved == false)
    }

    @Test func `a connection that closes leaves the log of the file that took its place`() throws {
        var store: Connection? = try Connection(directory.path(), on: cipher)
        try store?.run("PRAGMA journal_mode = WAL; CREATE TABLE t (id); INSERT INTO t VALUES (1)")
        let other = try Connection(directory.path("other.db"), on: cipher)
        try other.run("PRAGMA journal_mode = WAL; CREATE TABLE t (id); INSERT INTO t VALUES (2)")
        let image = try directory.image(of: "other.db", as: "new.db")
        try move("store.db", "aside.db")
        try move("new.db", "store.db")
        let log = try directory.bytes("store.db-wal")
        store = nil
        #expect(try directory.bytes("store.db-wal") == log)
        #expect(try Connection(directory.path(), on: cipher).text("SELECT id FROM t") == "2")
        #expect(image.hasSuffix("new.db"))
    }

    @Test func `a connection whose file was moved does not write to the one in its place`() throws {
        let store = try Connection(directory.path(), on: cipher)
        try store.run("CREATE TABLE t (id)")
        try move("store.db", "aside.db")
        try Connection(directory.path(), on: cipher).run("CREATE TABLE other (id)")
        let before = try directory.bytes()
        // SQLITE_READONLY_DBMOVED
        #expect(failure { try store.run("INSERT INTO t VALUES (1)") } == SQLiteFailure(code: 1032))
        #expect(try directory.bytes() == before)
    }
}
