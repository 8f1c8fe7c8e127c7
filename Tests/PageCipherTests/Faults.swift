import CFaultDisk
import Foundation

/// A store that is worked on while the disk below the cipher fails.
struct FaultyWork {
    let mode: String
    let settings: String
    private let batches = 6

    static let all = [
        FaultyWork(mode: "WAL", settings: "PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 10"),
        FaultyWork(mode: "DELETE", settings: "PRAGMA synchronous = EXTRA"),
        FaultyWork(mode: "TRUNCATE", settings: "PRAGMA synchronous = FULL"),
        FaultyWork(mode: "PERSIST", settings: "PRAGMA synchronous = FULL"),
    ]

    /// A body that tells whether it is its row's own.
    private static let body = "replace(hex(zeroblob(size)), '00', printf('%d.%d ', id, batch))"

    func make(_ store: Connection) throws {
        try store.run(
            """
            PRAGMA synchronous = EXTRA; PRAGMA journal_mode = \(mode); \(settings);
            CREATE TABLE t (id INTEGER PRIMARY KEY, batch INTEGER, size INTEGER, body TEXT);
            CREATE INDEX by_batch ON t (batch, size);
            CREATE TABLE state (batch INTEGER, count INTEGER, total INTEGER);
            INSERT INTO state VALUES (0, 0, 0);
            """)
        for _ in 1...3 { try store.run(change(0)) }
    }

    private func change(_ batch: Int) -> String {
        """
        BEGIN IMMEDIATE;
        INSERT INTO t (batch, size) SELECT \(batch), column1 FROM (VALUES (90), (700), (1500), (20), (400));
        DELETE FROM t WHERE id % 4 = \(batch % 4) AND batch < \(batch);
        SAVEPOINT a; UPDATE t SET size = size + 100; ROLLBACK TO a; RELEASE a;
        UPDATE t SET body = \(Self.body) WHERE batch = \(batch) OR id % 3 = 0;
        UPDATE state SET batch = \(batch), count = (SELECT count(*) FROM t), total = (SELECT sum(size) FROM t);
        COMMIT
        """
    }

    struct Answer {
        /// The last batch that was acknowledged, and those tried after it.
        var acknowledged = 0
        var open: [Int] = []
        var problems: [String] = []
    }

    /// Commits batch after batch, whatever fails, and reads after each; once it writes the whole store anew.
    func run(_ open: () throws -> Connection) -> Answer {
        var answer = Answer()
        guard let store = try? open(),
            failure({ try store.run("PRAGMA cache_size = 6; PRAGMA journal_mode = \(mode); \(settings)") }) == nil
        else { return answer }
        for batch in 1...batches {
            if failure({ try store.run(change(batch)) }) == nil {
                answer.acknowledged = batch
                answer.open = []
            } else {
                answer.open.append(batch)
                // Often there is nothing left to roll back.
                _ = failure { try store.run("ROLLBACK") }
            }
            if batch == 3 { _ = failure { try store.run("VACUUM") } }
            if let problem = wrongRows(in: store, answer) { answer.problems.append("while it failed: \(problem)") }
        }
        return answer
    }

    /// What is wrong with the rows, if they can be read.
    private func wrongRows(in store: Connection, _ answer: Answer) -> String? {
        // In one statement, so that it is of one state.
        let query = """
            SELECT batch, count, total, (SELECT count(*) FROM t), (SELECT sum(size) FROM t),
                (SELECT count(*) FROM t NOT INDEXED WHERE body IS NOT \(Self.body)),
                (SELECT count(*) FROM t INDEXED BY by_batch WHERE batch >= 0) FROM state
            """
        guard let row = try? store.text(query) else { return nil }
        let numbers = row.split(separator: "|").compactMap { Int($0) }
        guard numbers.count == 7 else { return "the answer is \(row)" }
        guard numbers[0] == answer.acknowledged || answer.open.contains(numbers[0]) else {
            return "\(answer.acknowledged) was acknowledged, \(answer.open) tried, \(numbers[0]) is there"
        }
        return numbers[1] == numbers[3] && numbers[2] == numbers[4] && numbers[5] == 0 && numbers[6] == numbers[3]
            ? nil : "wrong rows: \(row)"
    }

    /// What is wrong with the store once the disk works again; nothing if all is well.
    func problem(_ open: () throws -> Connection, after answer: Answer) -> String? {
        do {
            let store = try open()
            _ = try store.text("SELECT * FROM state")
            if let problem = wrongRows(in: store, answer) { return problem }
            let check = try store.text("PRAGMA integrity_check")
            guard check == "ok" else { return check }
            try store.run(change(9))
            return nil
        } catch {
            return "it cannot be opened: \(error)"
        }
    }
}

/// Where a fault strikes.
struct Fault: CustomStringConvertible {
    let kind: fault_disk_kind
    let nth: Int
    let isPersistent: Bool

    static let kinds = [
        FAULT_DISK_READ, FAULT_DISK_WRITE, FAULT_DISK_SYNC, FAULT_DISK_TRUNCATE, FAULT_DISK_OPEN, FAULT_DISK_DELETE,
        FAULT_DISK_FULL, FAULT_DISK_SHORT_WRITE,
    ]

    private static let names = ["read", "write", "sync", "truncate", "open", "delete", "full", "short write"]

    var description: String {
        "\(Self.names[Int(kind.rawValue)]) \(nth)\(isPersistent ? " and all after it" : "")"
    }
}
