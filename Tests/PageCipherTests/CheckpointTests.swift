import CPageCipherTesting
import Testing

struct CheckpointTests {
    private let directory: TemporaryDirectory
    private let cipher = Cipher()

    init() throws {
        directory = try TemporaryDirectory()
    }

    /// Page 1 is written last of all, so what the first part carried over lies behind the pages it declares.
    @Test func `a checkpoint that a reader stops half-way loses nothing to the next`() throws {
        let writer = try Connection(directory.path(), on: cipher)
        try writer.run("PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0")
        try writer.run("CREATE TABLE t (id INTEGER PRIMARY KEY, body BLOB); PRAGMA wal_checkpoint(TRUNCATE)")
        try writer.run("INSERT INTO t VALUES (1, randomblob(60000))")
        let reader = try Connection(directory.path(), on: cipher)
        try reader.run("BEGIN")
        #expect(try reader.text("SELECT length(body) FROM t") == "60000")
        try writer.run("INSERT INTO t VALUES (2, randomblob(60000))")
        let expected = try writer.text("SELECT group_concat(hex(body)) FROM t")
        #expect(try writer.text("PRAGMA wal_checkpoint(PASSIVE)").hasPrefix("0|"))
        try reader.run("COMMIT")
        try writer.run("PRAGMA wal_checkpoint(TRUNCATE)")
        let image = try Connection(try directory.image(), on: cipher)
        #expect(try image.text("PRAGMA integrity_check") == "ok")
        #expect(try image.text("SELECT group_concat(hex(body)) FROM t") == expected)
    }
}
