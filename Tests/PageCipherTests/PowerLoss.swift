import CPowerLossDisk

/// What a store is made of and put through before the power goes.
struct Workload {
    let mode: String
    let settings: String
    /// Transactions that are cut short, so that some reach the disk half-way.
    let transactions = 12

    static let full = [
        Workload(mode: "WAL", settings: "PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 12"),
        // Only EXTRA makes SQLite sync the directory after the journal is deleted, which is what commits.
        Workload(mode: "DELETE", settings: "PRAGMA synchronous = EXTRA"),
        Workload(mode: "TRUNCATE", settings: "PRAGMA synchronous = FULL"),
        Workload(mode: "PERSIST", settings: "PRAGMA synchronous = FULL"),
    ]

    static let normal = [
        Workload(mode: "WAL", settings: "PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 12"),
        Workload(mode: "DELETE", settings: "PRAGMA synchronous = NORMAL"),
        Workload(mode: "PERSIST", settings: "PRAGMA synchronous = NORMAL"),
    ]

    /// Makes the store, before the power is in danger.
    func make(on disk: String) throws {
        let store = try Connection(PowerLoss.path, on: disk)
        // A new file is made with a journal; EXTRA syncs its deletion, lest it comes back and undoes everything.
        try store.run("PRAGMA synchronous = EXTRA; PRAGMA journal_mode = \(mode); \(settings)")
        try store.run(
            """
            BEGIN;
            CREATE TABLE t (id INTEGER PRIMARY KEY, batch INTEGER, body BLOB);
            CREATE INDEX by_batch ON t (batch);
            CREATE TABLE state (batch INTEGER, count INTEGER, size INTEGER);
            INSERT INTO state VALUES (0, 0, 0);
            COMMIT;
            """)
    }

    /// Commits one batch after another; returns the last that was acknowledged.
    func run(on disk: String, seed: Int) -> Int {
        var random = SeededRandom(seed: seed)
        var acknowledged = 0
        guard let store = try? Connection(PowerLoss.path, on: disk) else { return 0 }
        // A small cache spills pages in the middle of a transaction.
        guard (try? store.run("PRAGMA cache_size = 8; PRAGMA journal_mode = \(mode); \(settings)")) != nil else {
            return 0
        }
        for batch in 1...transactions {
            let rows = (0..<Int.random(in: 1...12, using: &random)).map { _ in
                "INSERT INTO t (batch, body) VALUES (\(batch), randomblob(\(Int.random(in: 1...6000, using: &random))))"
            }
            let removed = Int.random(in: 0...3, using: &random)
            let sql = """
                BEGIN IMMEDIATE; \(rows.joined(separator: "; "));
                DELETE FROM t WHERE id % 5 = \(removed) AND batch < \(batch);
                UPDATE state SET batch = \(batch), count = (SELECT count(*) FROM t),
                    size = (SELECT coalesce(sum(length(body)), 0) FROM t);
                COMMIT
                """
            guard (try? store.run(sql)) != nil else { break }
            acknowledged = batch
        }
        return acknowledged
    }

    /// What is wrong with the store after the power came back; nothing if all is well.
    func problem(on disk: String, acknowledged: Int) -> String? {
        do {
            let store = try Connection(PowerLoss.path, on: disk)
            let state = try store.text("SELECT batch, count, size FROM state")
            let held = try store.text(
                "SELECT max(batch), count(*), coalesce(sum(length(body)), 0) FROM t")
            let batch = Int(state.prefix { $0 != "|" }) ?? -1
            guard batch == acknowledged || batch == acknowledged + 1 else {
                return "\(acknowledged) was acknowledged and \(batch) is there"
            }
            guard batch == 0 || held == state else { return "half a transaction: \(held) for \(state)" }
            let check = try store.text("PRAGMA integrity_check")
            guard check == "ok" else { return check }
            try store.run("INSERT INTO t (batch, body) VALUES (1000, x'00')")
            return nil
        } catch {
            return "it cannot be opened: \(error)"
        }
    }
}

enum PowerLoss {
    static let path = "store.db"
    static let disk = "power-loss-disk"

    /// Lends the disk to one test at a time.
    static func lent<T>(_ body: () throws -> T) rethrows -> T {
        precondition(power_loss_register() == 0)
        power_loss_acquire()
        defer { power_loss_release() }
        return try body()
    }

    /// One cut at an act that the seed chooses, for each seed; returns what went wrong.
    static func problems(_ workload: Workload, seeds: Range<Int>, on disk: String) throws -> [String] {
        var problems: [String] = []
        for seed in seeds {
            power_loss_release()
            power_loss_acquire()
            try workload.make(on: disk)
            power_loss_after(0)
            // The same seed asks the same of every disk: the acts of one run are about those of another.
            var random = SeededRandom(seed: seed &* 7919)
            power_loss_after(CInt(Int.random(in: 1...workload.transactions * 40, using: &random)))
            let acknowledged = workload.run(on: disk, seed: seed)
            power_loss_restore(random.next())
            power_loss_after(0)
            if let problem = workload.problem(on: disk, acknowledged: acknowledged) {
                problems.append("seed \(seed): \(problem)")
            }
        }
        return problems
    }
}

/// Two stores that one connection changes in one transaction.
struct StorePair {
    let cipher: Cipher

    func make() throws {
        for path in ["first.db", "second.db"] {
            let store = try Connection(path, on: cipher)
            try store.run("PRAGMA synchronous = EXTRA; CREATE TABLE t (v, body); INSERT INTO t VALUES (0, '')")
        }
        power_loss_after(0)
    }

    private func open() throws -> Connection {
        let store = try Connection("first.db", on: cipher)
        try store.run("ATTACH 'second.db' AS second; PRAGMA synchronous = EXTRA; PRAGMA second.synchronous = EXTRA")
        return store
    }

    func change() throws {
        try open().run(
            """
            BEGIN; UPDATE t SET v = 1; INSERT INTO t VALUES (1, randomblob(9000));
            UPDATE second.t SET v = 1; INSERT INTO second.t VALUES (1, randomblob(9000)); COMMIT
            """)
    }

    func state() throws -> String {
        let values = "(SELECT group_concat(v) FROM t), (SELECT group_concat(v) FROM second.t)"
        let store = try open()
        return try store.text("SELECT \(values)") + "|" + store.text("PRAGMA integrity_check")
    }
}
