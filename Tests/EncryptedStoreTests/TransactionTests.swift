import EncryptedStore
import Foundation
import Testing

struct TransactionTests {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    private struct Refusal: Error {}

    @Test func `values come back as they were written`() throws {
        let store = try Schema.create(directory)
        let values: [StoredValue] = [
            nil, .integer(.min), 0, .integer(.max), "", "O'Brien; DROP TABLE box --", "naïve 👧🏽 \u{FEFF}", .blob(Data()),
            .blob(Data([0])), .blob(Data(repeating: 0xFF, count: 3_000_000)), StoredValue(true),
            StoredValue(nil as Data?),
        ]
        let answer = try store.read { statements in
            try values.map { try statements.row("SELECT ? AS value, typeof(?) AS kind", [$0, $0])!["value"] }
        }
        #expect(answer == values)
        try store.write { statements in
            for (index, value) in values.enumerated() {
                guard case .blob = value else { continue }
                try statements.addBox("\(index)", value)
                #expect(
                    try statements.row("SELECT sealed FROM box WHERE name = ?", [.text("\(index)")])!["sealed"] == value
                )
            }
        }
        try store.close()
    }

    @Test func `text with a zero character is refused and not cut`() throws {
        let store = try Schema.create(directory)
        #expect(throws: StoreFault.statement("")) {
            try store.write { try $0.addBox("before\0after") }
        }
    }

    @Test func `a row is read by the names of its columns, and by kind`() throws {
        let store = try Schema.create(directory)
        let row = try #require(
            try store.read { try $0.row("SELECT 7 AS number, 'x' AS word, x'00' AS bytes, NULL AS absent") })
        #expect(row.columns == ["number", "word", "bytes", "absent"])
        #expect(try row.integer("number") == 7 && row.text("word") == "x" && row.blob("bytes") == Data([0]))
        #expect(try row.optionalText("absent") == nil && row.optionalInteger("number") == 7)
        #expect(throws: StoreFault.damaged("")) { try row.text("number") }
        #expect(throws: StoreFault.damaged("")) { try row.optionalBlob("word") }
        #expect(throws: StoreFault.damaged("")) { try row.integer("absent") }
        #expect(throws: StoreFault.statement("")) { try store.read { try $0.rows("SELECT 1.5") } }
    }

    @Test func `a statement says how many rows it changed`() throws {
        let store = try Schema.create(directory)
        try store.write { statements in
            try statements.addBox("a")
            #expect(try statements.run("INSERT INTO box (name) VALUES ('b'), ('c')") == 2)
            #expect(try statements.run("UPDATE box SET sealed = x'01' WHERE name > 'a'") == 2)
            #expect(try statements.run("UPDATE box SET sealed = x'01' WHERE name = 'z'") == 0)
            #expect(try statements.run("CREATE TABLE other (id INTEGER)") == 0)
            #expect(try statements.run("SELECT 1") == 0)
            #expect(try statements.run("DELETE FROM box") == 3)
        }
    }

    @Test func `a visit sees one row after another and stops when told`() throws {
        let store = try Schema.create(directory)
        try store.write { for name in ["a", "b", "c"] { try $0.addBox(name) } }
        var seen: [String] = []
        try store.read { statements in
            try statements.each("SELECT name FROM box ORDER BY name", []) { row in
                seen.append(try row.text("name"))
                #expect(try statements.names() == ["a", "b", "c"])
                return seen.count < 2
            }
        }
        #expect(seen == ["a", "b"])
        #expect(throws: Refusal.self) {
            try store.read { try $0.each("SELECT 1", []) { _ in throw Refusal() } }
        }
        #expect(try store.read { try $0.names().count } == 3)
    }

    @Test func `what throws leaves nothing, and the store can be used again`() throws {
        let store = try Schema.create(directory)
        #expect(throws: Refusal.self) {
            try store.write { statements in
                try statements.addBox("a")
                throw Refusal()
            }
        }
        #expect(try store.read { try $0.names() } == [])
        try store.write { try $0.addBox("b") }
        #expect(try store.read { try $0.names() } == ["b"])
    }

    @Test func `the schema's refusals carry the rule's own name`() throws {
        let store = try Schema.create(directory)
        try store.write { try $0.addBox("a") }
        let refusals: [(String, String)] = [
            ("INSERT INTO box (name) VALUES ('')", "box_has_name"),
            ("INSERT INTO box (name) VALUES ('a')", "box.name"),
            ("INSERT INTO box (name) VALUES (NULL)", "box.name"),
            ("UPDATE box SET name = 'b'", "a box keeps its name"),
            ("INSERT INTO thing VALUES (99, 1)", "FOREIGN KEY"),
        ]
        for (sql, rule) in refusals {
            #expect(throws: StoreFault.constraint(rule), "\(sql)") { try store.write { try $0.run(sql) } }
        }
        #expect(try store.read { try $0.names() } == ["a"])
    }

    @Test func `after a refusal of the schema the caller may go on`() throws {
        let store = try Schema.create(directory)
        try store.write { statements in
            try statements.addBox("a")
            #expect(throws: StoreFault.constraint("box.name")) { try statements.addBox("a") }
            try statements.addBox("b")
        }
        #expect(try store.read { try $0.names() } == ["a", "b"])
    }

    @Test func `a read cannot write`() throws {
        let store = try Schema.create(directory)
        #expect(throws: StoreFault.disk("")) { try store.read { try $0.addBox("a") } }
        try store.write { try $0.addBox("b") }
        #expect(try store.read { try $0.names() } == ["b"])
    }

    @Test func `wrong SQL is a fault of the statement`() throws {
        let store = try Schema.create(directory)
        for sql in ["SELEC 1", "SELECT 1; SELECT 2", "SELECT * FROM nowhere", "SELECT ?", ""] {
            #expect(throws: StoreFault.statement(""), "\(sql)") { try store.read { try $0.rows(sql) } }
        }
        #expect(throws: StoreFault.statement("")) { try store.read { try $0.rows("SELECT 1", [1]) } }
    }

    @Test func `no second file can be attached, nor the store copied past its rules`() throws {
        let store = try Schema.create(directory)
        for sql in ["ATTACH ':memory:' AS other", "ATTACH '\(directory.path("x.db"))' AS x"] {
            #expect(throws: StoreFault.statement(""), "\(sql)") { try store.read { try $0.run(sql) } }
        }
        #expect(throws: StoreFault.self) { try store.write { try $0.run("VACUUM INTO '\(directory.path("x.db"))'") } }
        #expect(try directory.names() == ["store.db", "store.db-wal"])
    }

    @Test func `every connection is durable, strict and overwrites what it deletes`() throws {
        let store = try Schema.create(directory)
        let expected = [
            "synchronous": "2", "journal_mode": "wal", "foreign_keys": "1", "secure_delete": "1", "temp_store": "2",
            "trusted_schema": "0", "cell_size_check": "1", "page_size": "4096", "application_id": "1400140397",
        ]
        for store in [store, try Schema.open(directory.path("store.db"))] {
            for (name, value) in expected {
                let held = try store.write { statements in
                    let row = try #require(try statements.row("PRAGMA \(name)"))
                    switch row[row.columns[0]] {
                    case .integer(let integer): return "\(integer)"
                    case .text(let text): return text
                    case .null, .blob: return ""
                    }
                }
                #expect(held == value, "\(name)")
            }
        }
        #expect(try directory.names() == ["store.db", "store.db-wal"], "no shared memory on the disk")
    }

    @Test func `a setting changed behind our back stops the next write`() throws {
        let store = try Schema.create(directory)
        try store.write { try $0.run("PRAGMA secure_delete = OFF") }
        #expect(throws: StoreFault.disk("")) { try store.write { try $0.addBox("a") } }
        #expect(try store.read { try $0.names() } == [])
    }

    @Test func `threads take turns`() async throws {
        let stores = [try Schema.create(directory), try Schema.open(directory.path("store.db"))]
        try await withThrowingTaskGroup { group in
            for worker in 0..<4 {
                let store = stores[worker % 2]
                group.addTask {
                    for turn in 0..<10 { try store.write { try $0.addBox("\(worker).\(turn)") } }
                }
            }
            try await group.waitForAll()
        }
        #expect(try stores[0].read { try $0.names().count } == 40)
    }
}
