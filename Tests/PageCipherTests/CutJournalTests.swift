import CPageCipherTesting
import Foundation
import Testing

struct CutJournalTests {
    private let directory: TemporaryDirectory
    private let cipher = Cipher()

    init() throws {
        directory = try TemporaryDirectory()
    }

    /// A store in the midst of a transaction that has reached the disk, and its journal.
    private func makeHotStore(changing rows: String = "1, 2, 3") throws -> String {
        let store = try Connection(directory.path(), on: cipher.name)
        try store.run("PRAGMA journal_mode = DELETE; CREATE TABLE t (id INTEGER PRIMARY KEY, body BLOB)")
        try store.run("INSERT INTO t VALUES (1, zeroblob(9000)), (2, zeroblob(9000)), (3, zeroblob(9000))")
        try store.run("BEGIN; UPDATE t SET body = randomblob(9000) WHERE id IN (\(rows))")
        try store.flush()
        defer { try? store.run("ROLLBACK") }
        return try directory.image()
    }

    private let untouched = "SELECT count(*) FROM t WHERE body = zeroblob(9000)"

    @Test func `a whole journal is rolled back`() throws {
        let store = try Connection(makeHotStore(), on: cipher.name)
        #expect(try store.text(untouched) == "3")
    }

    @Test func `a journal that was cut does not leave half a transaction`() throws {
        let path = try makeHotStore()
        let everything = try directory.everything()
        let journal = try #require(everything["image.db-journal"])
        // As many records as the header counts; behind them an empty segment may have begun.
        let needed = 512 + Int(journal[11]) * 4_104
        #expect(needed > 512 + 3 * 4_104 && needed <= journal.count)
        for count in [512, 513, 516, 4_615, 4_616, 4_620, 9_000, needed - 4_104, needed - 1] {
            for (name, bytes) in everything { try directory.put(bytes, name) }
            try directory.put(journal[..<count], "image.db-journal")
            let fault = failure { _ = try Connection(path, on: cipher.name).text(untouched) }
            #expect(fault?.isDamage == true, "\(count) bytes of \(needed): \(String(describing: fault))")
            // Nothing was changed either: with the whole journal back, all is well.
            try directory.put(journal, "image.db-journal")
            #expect(try Connection(path, on: cipher.name).text(untouched) == "3")
        }
    }

    @Test func `a database that was cut is not filled up with zeros by its journal`() throws {
        let path = try makeHotStore(changing: "1")
        let everything = try directory.everything()
        let database = try #require(everything["image.db"])
        let journal = try #require(everything["image.db-journal"])
        // Its records put pages 2, 3 and so on back, but no page that the transaction left alone.
        let restored = Set((0..<Int(journal[11])).map { Int(journal[512 + $0 * 4_104 + 3]) })
        let pageCount = Int(journal[18]) << 8 | Int(journal[19])
        var lost = 0
        for pages in 1..<pageCount {
            for (name, bytes) in everything { try directory.put(bytes, name) }
            try directory.put(database[..<(pages * 4_096)], "image.db")
            let isRead = (try? Connection(path, on: cipher.name).text("SELECT hex(body) FROM t")) != nil
            guard (pages + 1...pageCount).contains(where: { !restored.contains($0) }) else { continue }
            lost += 1
            #expect(!isRead, "\(pages) of \(pageCount) pages")
        }
        #expect(lost > 0)
    }
}
