import CPageCipherTesting

/// The disk that looks at what is written to it.
enum Watched {
    enum Kind: UInt32, CaseIterable {
        case database, log, journal, temporary
    }

    /// Lends it to one test at a time.
    static func lent<T>(lookingFor words: [String], _ body: () throws -> T) rethrows -> T {
        _ = Disk.watched
        watched_disk_acquire()
        defer { watched_disk_release() }
        for word in words { watched_disk_look_for(word) }
        return try body()
    }

    /// How many writes showed a word.
    static func found(_ kind: Kind) -> Int {
        Int(watched_disk_found(watched_kind(kind.rawValue)))
    }

    /// How many bytes were written.
    static func written(_ kind: Kind) -> Int {
        Int(watched_disk_written(watched_kind(kind.rawValue)))
    }
}

/// Work that does not fit SQLite's memory.
enum Spill {
    static let secret = "marzipan-pig"
    /// Enough that SQLite sorts them in a file.
    private static let rows = 1600

    static func run(_ store: Connection) throws {
        try store.run(
            """
            PRAGMA temp_store = FILE; PRAGMA cache_size = 4; PRAGMA temp.cache_size = 4;
            CREATE TABLE t (id INTEGER PRIMARY KEY, body TEXT);
            WITH RECURSIVE n (v) AS (VALUES (1) UNION ALL SELECT v + 1 FROM n WHERE v < \(rows))
            INSERT INTO t SELECT v, '\(secret)' || hex(randomblob(400)) FROM n;
            CREATE TEMP TABLE s AS SELECT * FROM t;
            BEGIN; SAVEPOINT a; UPDATE s SET body = body || 'x'; SAVEPOINT b; DELETE FROM t WHERE id % 3 = 0;
            ROLLBACK TO a; COMMIT;
            CREATE INDEX temp.i ON s (body);
            """)
    }

    static func isSound(_ store: Connection) throws -> Bool {
        let size = secret.utf8.count + 800
        return try store.text("SELECT count(*), sum(length(body)) FROM s") == "\(rows)|\(rows * size)"
            && store.text("SELECT count(*), sum(length(body)) FROM t") == "\(rows)|\(rows * size)"
            && store.text("SELECT count(*) FROM (SELECT body FROM t ORDER BY body || 'x' LIMIT 9999)") == "\(rows)"
    }
}
