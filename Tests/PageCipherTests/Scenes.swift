import Foundation

/// What reading a store came to.
enum Outcome: Equatable {
    /// The rows as they were before the transaction that was under way; all of them, if there was none.
    case asBefore
    /// SQLite said that something is wrong.
    case damage
    /// Other rows than there ever were.
    case wrong
}

/// A store whose every page is in use, to be damaged.
final class DatabaseScene {
    let directory: TemporaryDirectory
    let cipher: Cipher
    let whole: [UInt8]
    var database: [UInt8]
    private let expected: String

    var pages: Int { whole.count / 4096 }

    init(_ cipher: Cipher) throws {
        self.cipher = cipher
        directory = try TemporaryDirectory()
        let store = try Connection(directory.path(), on: cipher)
        try store.run("CREATE TABLE t (id INTEGER PRIMARY KEY, body TEXT); CREATE INDEX i ON t (body)")
        for id in 1...40 { try store.run("INSERT INTO t VALUES (\(id), hex(randomblob(\(100 + id * 50))))") }
        let free = try store.text("PRAGMA freelist_count")
        precondition(free == "0", "a free page is never read")
        expected = try store.text(Self.everything)
        whole = try directory.bytes()
        database = whole
    }

    private static let everything = """
        SELECT count(*), group_concat(body) FROM (SELECT body FROM t NOT INDEXED ORDER BY id);
        SELECT count(*), group_concat(id) FROM (SELECT id, length(body) FROM t INDEXED BY i ORDER BY body)
        """

    /// Counted from 0.
    func swapPages(_ first: Int, _ second: Int) {
        for index in 0..<4096 { database.swapAt(first * 4096 + index, second * 4096 + index) }
    }

    func restore() throws {
        try directory.put(database)
    }

    func outcome() -> Outcome {
        do {
            let store = try Connection(directory.path(), on: cipher)
            let isSame = try store.text(Self.everything) == expected
            let isSound = try store.text("PRAGMA integrity_check") == "ok"
            return isSame && isSound ? .asBefore : isSame ? .damage : .wrong
        } catch let fault as SQLiteFailure {
            return fault.isDamage ? .damage : .wrong
        } catch {
            return .wrong
        }
    }
}

/// A store with commits in its log, as a crash leaves it.
final class LogScene {
    let directory: TemporaryDirectory
    let cipher: Cipher
    let whole: [UInt8]
    let database: [UInt8]
    var log: [UInt8]
    /// Where the frames of each commit end.
    let ends: [Int]

    init(_ cipher: Cipher, commits: Int) throws {
        self.cipher = cipher
        directory = try TemporaryDirectory()
        let store = try Connection(directory.path("live.db"), on: cipher)
        try store.run(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE t (id INTEGER PRIMARY KEY, body)")
        try store.run("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA wal_autocheckpoint = 0")
        var ends: [Int] = []
        for id in 1...commits {
            // Read anew from the log, changed and written again: what comes back must be what went in.
            try store.run("PRAGMA shrink_memory; INSERT INTO t VALUES (\(id), \(Self.body("\(id)")))")
            ends.append(try directory.size("live.db-wal"))
        }
        self.ends = ends
        database = try directory.bytes("live.db")
        whole = try directory.bytes("live.db-wal")
        log = whole
        try restore()
        withExtendedLifetime(store) {}
    }

    /// Where a frame begins, counted from 0.
    static func frame(_ index: Int) -> Int { 32 + index * 4120 }

    private static func body(_ id: String) -> String {
        "replace(hex(zeroblob(50 + \(id) * 300)), '00', char(65 + \(id)))"
    }

    func restore() throws {
        try directory.put(database)
        try directory.put(log, "store.db-wal")
    }

    /// How many commits are there, if they are the first ones and right; nil after an error, -1 if they are wrong.
    func commits() -> Int? {
        do {
            let store = try Connection(directory.path(), on: cipher)
            let answer = try store.text(
                "SELECT count(*), coalesce(max(id), 0), total(body IS NOT \(Self.body("id"))) FROM t")
            let parts = answer.split(separator: "|")
            let isSound = try store.text("PRAGMA integrity_check") == "ok"
            return isSound && parts[0] == parts[1] && parts[2] == "0.0" ? Int(parts[0]) : -1
        } catch let fault as SQLiteFailure {
            return fault.isDamage || fault == .cannotOpen ? nil : -1
        } catch {
            return -1
        }
    }
}

/// A store whose transaction has reached the file and was not committed, as a crash leaves it.
final class JournalScene {
    let directory: TemporaryDirectory
    let cipher: Cipher
    /// The file as it was before the transaction.
    let before: [UInt8]
    var database: [UInt8]
    var journal: [UInt8]
    /// How many pages the first segment of the journal holds.
    let records: Int
    private let expected: String

    static func record(_ index: Int) -> Int { 512 + index * 4104 }

    /// - Parameter spills: how often the transaction was spilt; each begins another segment.
    init(_ cipher: Cipher, mode: String = "DELETE", synchronous: String = "FULL", spills: Int = 1) throws {
        self.cipher = cipher
        directory = try TemporaryDirectory()
        let store = try Connection(directory.path("live.db"), on: cipher)
        try store.run("PRAGMA journal_mode = \(mode); PRAGMA synchronous = \(synchronous)")
        try store.run("CREATE TABLE t (id INTEGER PRIMARY KEY, body BLOB)")
        for id in 1...24 { try store.run("INSERT INTO t VALUES (\(id), randomblob(1300))") }
        before = try directory.bytes("live.db")
        expected = try store.text(Self.everything)
        // New pages change page 1, which the journal then holds.
        try store.run("BEGIN; INSERT INTO t VALUES (100, zeroblob(50000))")
        for spill in 0..<spills {
            try store.run("UPDATE t SET body = zeroblob(1300) WHERE id * \(spills) / 25 = \(spill)")
            try store.flush()
        }
        database = try directory.bytes("live.db")
        journal = try directory.bytes("live.db-journal")
        records = journal[8..<12].reduce(0) { $0 << 8 | Int($1) }
        try restore()
        withExtendedLifetime(store) {}
    }

    private static let everything = "SELECT count(*), group_concat(hex(body)) FROM t"

    func restore() throws {
        try directory.put(database)
        try directory.put(journal, "store.db-journal")
    }

    func outcome() -> Outcome {
        do {
            let store = try Connection(directory.path(), on: cipher)
            return try store.text(Self.everything) == expected ? .asBefore : .wrong
        } catch let fault as SQLiteFailure {
            // A file that a believed page count would have made endless is not damage but the test disk's limit.
            return fault.isDamage || fault == .cannotOpen ? .damage : .wrong
        } catch {
            return .wrong
        }
    }
}
