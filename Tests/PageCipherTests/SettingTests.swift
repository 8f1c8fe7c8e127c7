import Testing

/// What SQLite can be asked for and the cipher does not give.
struct SettingTests {
    let directory: TemporaryDirectory
    let cipher = Cipher()

    init() throws {
        directory = try TemporaryDirectory()
        let store = try Connection(directory.path(), on: cipher)
        try store.run("CREATE TABLE t (id INTEGER PRIMARY KEY, body BLOB)")
        for id in 1...30 { try store.run("INSERT INTO t VALUES (\(id), zeroblob(\(id * 100)))") }
    }

    private func expectWhole() throws {
        let store = try Connection(directory.path(), on: cipher)
        #expect(try store.text("SELECT count(*), sum(length(body)) FROM t") == "30|46500")
        #expect(try store.text("PRAGMA page_size; PRAGMA integrity_check") == "4096\nok")
    }

    @Test(arguments: [512, 1024, 8192, 65536]) func `another page size`(size: Int) throws {
        let vacuum = "PRAGMA page_size = \(size); VACUUM"
        #expect(failure { try Connection(directory.path(), on: cipher).run(vacuum) } == .badWrite)
        try expectWhole()
        // With a log SQLite leaves the size as it is.
        try Connection(directory.path(), on: cipher).run("PRAGMA journal_mode = WAL; \(vacuum)")
        try expectWhole()
        let new = try Connection(directory.path("new.db"), on: cipher)
        #expect(failure { try new.run("PRAGMA page_size = \(size); CREATE TABLE t (id)") } == .badWrite)
        #expect(try directory.size("new.db") == 0)
    }

    @Test(arguments: [0, 32, 41, 255]) func `another reserve`(count: Int) throws {
        let store = try Connection(directory.path(), on: cipher)
        // SQLite knows how much the file needs only once it has read it.
        #expect(try store.text("SELECT count(*) FROM t") == "30")
        #expect(store.reserve(count) == 40)
        let fault = failure { try store.run("VACUUM") }
        // A file's reserve never becomes less; more is refused.
        #expect(fault == (count > 40 ? .badWrite : nil))
        try expectWhole()
        let new = try Connection(directory.path("new.db"), on: cipher, reserve: count)
        #expect(failure { try new.run("CREATE TABLE t (id)") } == .badWrite)
        #expect(try directory.size("new.db") == 0)
    }

    @Test func `mapped pages`() throws {
        let store = try Connection(directory.path(), on: cipher)
        #expect(try store.text("PRAGMA mmap_size = 1000000") == "0")
        #expect(try store.text("SELECT sum(length(body)) FROM t; PRAGMA mmap_size") == "46500\n0")
    }

    /// Without it SQLite would write pages of the log in two pieces, and pad the log to whole sectors.
    @Test func `an address that says overwriting is not safe`() throws {
        let store: Connection
        do {
            store = try Connection("file:\(directory.path())?psow=0", on: cipher)
        } catch let fault as SQLiteFailure where fault == .cannotOpen {
            // A store that was opened in this process before has forbidden SQLite to take addresses.
            return
        }
        try store.run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0")
        for id in 31...40 { try store.run("INSERT INTO t VALUES (\(id), zeroblob(3000))") }
        #expect(try (directory.size("store.db-wal") - 32) % 4120 == 0)
        let image = try Connection(try directory.image(), on: cipher)
        #expect(try image.text("SELECT count(*) FROM t; PRAGMA integrity_check") == "40\nok")
        withExtendedLifetime(store) {}
    }

    /// SQLite locks bytes at 1 GiB, and the page that holds them stays a hole.
    @Test(.enabled(if: isSoaking, "a store of more than 1 GiB is for scripts/soak"))
    func `a store larger than 1 GiB`() throws {
        let large = try Connection(directory.path("large.db"), on: cipher)
        try large.run("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA secure_delete = OFF")
        try large.run("CREATE TABLE t (id INTEGER PRIMARY KEY, body BLOB)")
        for id in 1...11 { try large.run("INSERT INTO t VALUES (\(id), zeroblob(100000000))") }
        // Pages that are skipped on both sides of the lock page.
        try large.run("INSERT INTO t VALUES (12, randomblob(5000)); DELETE FROM t WHERE id > 9 AND id < 12")
        #expect(try directory.size("large.db") > 1 << 30)
        try large.run("INSERT INTO t VALUES (13, randomblob(90000000)), (14, randomblob(9000))")
        let expected = try large.text("SELECT group_concat(length(body)) FROM t")
        let again = try Connection(directory.path("large.db"), on: cipher)
        #expect(try again.text("SELECT group_concat(length(body)) FROM t") == expected)
        #expect(try again.text("PRAGMA integrity_check") == "ok")
        print("a store of \(try directory.size("large.db")) bytes is whole")
    }
}
