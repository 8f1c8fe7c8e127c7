import CPageCipher
import Testing

struct RoundTripTests {
    let directory: TemporaryDirectory
    let cipher = Cipher()

    init() throws {
        directory = try TemporaryDirectory()
    }

    static let modes = ["WAL", "DELETE", "PERSIST", "TRUNCATE", "MEMORY"]

    @Test(arguments: modes)
    func `what is written is read again, and not to be read in the files`(mode: String) throws {
        do {
            let store = try Connection(directory.path(), on: cipher)
            #expect(try store.text("PRAGMA journal_mode = \(mode)") == mode.lowercased())
            try store.run("CREATE TABLE t (id INTEGER PRIMARY KEY, secret TEXT); CREATE INDEX i ON t (secret)")
            try store.run("BEGIN; \(insert(1...500)); COMMIT")
            try store.run("BEGIN; \(insert(501...700)); ROLLBACK")
            try store.run("SAVEPOINT a; \(insert(501...600)); SAVEPOINT b; DELETE FROM t; ROLLBACK TO b; RELEASE a")
            try store.run("DELETE FROM t WHERE id % 7 = 0; UPDATE t SET secret = secret || '!' WHERE id % 3 = 0")
            for (name, bytes) in try directory.everything() {
                #expect(!bytes.contains(bytesOf: "marzipan"), "\(name)")
                #expect(!bytes.contains(bytesOf: "SQLite format"), "\(name)")
                #expect(!bytes.contains(bytesOf: "CREATE TABLE"), "\(name)")
            }
            #expect(try !directory.names().contains { $0.hasSuffix("-shm") })
        }
        let store = try Connection(directory.path(), on: cipher)
        #expect(try store.text("PRAGMA integrity_check") == "ok")
        #expect(try store.text("SELECT count(*), sum(id), sum(length(secret)) FROM t") == Self.answer)
        #expect(try store.text("SELECT secret FROM t WHERE id = 300") == "marzipan 300!")
        #expect(try directory.bytes().count % 4096 == 0)
    }

    private static let answer: String = {
        let kept = (1...600).filter { $0 % 7 != 0 }
        let lengths = kept.map { "marzipan \($0)".count + ($0 % 3 == 0 ? 1 : 0) }
        return "\(kept.count)|\(kept.reduce(0, +))|\(lengths.reduce(0, +))"
    }()

    private func insert(_ ids: ClosedRange<Int>) -> String {
        "INSERT INTO t SELECT value, 'marzipan ' || value FROM (WITH RECURSIVE n (value) AS (VALUES (\(ids.lowerBound)) "
            + "UNION ALL SELECT value + 1 FROM n WHERE value < \(ids.upperBound)) SELECT value FROM n)"
    }

    @Test func `a key is wiped only when no file is open under it`() throws {
        let name = "kept-open"
        #expect(page_cipher_register(name, "unix-excl", Cipher.key) == 0)
        #expect(page_cipher_register(name, "unix-excl", Cipher.key) == 21)
        #expect(page_cipher_register("elsewhere", "no-such-disk", Cipher.key) == 12)
        var store: Connection? = try Connection(directory.path(), on: name)
        try store?.run("CREATE TABLE t (id)")
        #expect(page_cipher_unregister(name) == 5)
        store = nil
        #expect(page_cipher_unregister(name) == 0)
        #expect(page_cipher_unregister(name) == 12)
        #expect(page_cipher_unregister("unix-excl") == 12)
    }
}
