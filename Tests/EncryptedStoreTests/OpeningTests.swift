import EncryptedStore
import Foundation
import Testing

#if canImport(Glibc)
    import Glibc
#endif

struct OpeningTests {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    @Test func `a new store is whole, private, and opens again`() throws {
        let path = directory.path("with a space and 🗝.db")
        let store = try Database.create(at: path, key: Schema.key, migrations: Schema.migrations)
        try store.write { try $0.addBox("a") }
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        try store.close()
        try store.close()
        #expect(try directory.names() == ["with a space and 🗝.db"])
        #expect(try Schema.open(path).read { try $0.names() } == ["a"])
    }

    @Test(arguments: ["", "-wal", "-journal", "-shm"])
    func `nothing that stands there is overwritten`(suffix: String) throws {
        let path = directory.path("store.db")
        try Data("mine".utf8).write(to: URL(filePath: path + suffix))
        #expect(throws: StoreFault.exists(path: path + suffix)) {
            try Database.create(at: path, key: Schema.key, migrations: Schema.migrations)
        }
        #expect(try bytes(at: path + suffix) == Data("mine".utf8))
        #expect(try directory.names() == ["store.db\(suffix)"])
    }

    @Test func `what is missing is named`() throws {
        let path = directory.path("store.db")
        #expect(throws: StoreFault.missing(path: path)) { try Schema.open(path) }
        let deeper = directory.path("nowhere/store.db")
        #expect(throws: StoreFault.missing(path: directory.path("nowhere"))) {
            try Database.create(at: deeper, key: Schema.key, migrations: Schema.migrations)
        }
        #expect(try directory.names() == [])
    }

    @Test(arguments: [
        ("store/no-database.db", StoreFault.notAStore),
        ("store/plain.db", .notAStore),
        ("store/another-key.db", .notAStore),
        ("store/another-programs.db", .notAStore),
        ("store/no-application-id.db", .notAStore),
        ("store/empty.db", .notAStore),
        ("store/cut-short.db", .damaged("")),
        ("store/header-only.db", .damaged("")),
        ("store/newer.db", .newer(version: 3)),
    ])
    func `a wrong file is named for what it is, and left as it was`(vector: String, fault: StoreFault) throws {
        let path = try directory.copy(vector: vector)
        let before = try bytes(at: path)
        #expect(throws: fault) { try Schema.open(path) }
        #expect(try bytes(at: path) == before)
        #expect(try directory.names() == [URL(filePath: path).lastPathComponent])
    }

    @Test func `another key leaves a store and its log as they were`() throws {
        let store = try Schema.create(directory)
        try store.write { try $0.addBox("a") }
        let image = try directory.crashImage(of: "store.db", as: "image.db")
        try store.close()
        let before = try (bytes(at: image), bytes(at: image + "-wal"))
        #expect(!before.1.isEmpty)
        #expect(throws: StoreFault.notAStore) { try Schema.open(image, key: Schema.otherKey) }
        #expect(try (bytes(at: image), bytes(at: image + "-wal")) == before)
        #expect(try directory.names() == ["image.db", "image.db-wal", "store.db"])
        #expect(try Schema.open(image).read { try $0.names() } == ["a"])
    }

    @Test func `what a crash left of a file in the making is taken away`() throws {
        try Schema.create(directory).close()
        for name in ["store.db.new-1f", "store.db.new-1f-wal", "other.db.new-1f"] {
            try Data("half".utf8).write(to: URL(filePath: directory.path(name)))
        }
        try Schema.open(directory.path("store.db")).close()
        #expect(try directory.names() == ["other.db.new-1f", "store.db"])
    }

    @Test func `a directory is not a store`() throws {
        #expect(throws: StoreFault.notAStore) { try Schema.open(directory.url.path(percentEncoded: false)) }
    }

    @Test func `a store of an earlier schema is brought forward with its rows`() throws {
        let path = try directory.copy(vector: "store/version-1.db")
        let store = try Schema.open(path)
        #expect(try store.read { try $0.names() } == ["a box of version 1"])
        #expect(throws: StoreFault.constraint("a box keeps its name")) {
            try store.write { try $0.run("UPDATE box SET name = 'x'") }
        }
        #expect(try store.integrityProblems() == [])
        try store.close()
        #expect(throws: StoreFault.newer(version: 2)) {
            try Database.open(at: path, key: Schema.key, migrations: [Schema.migrations[0]])
        }
    }

    @Test func `a migration that fails leaves the schema before it`() throws {
        try Schema.create(directory).close()
        let broken = Schema.migrations + [Migration(version: 3, sql: "CREATE TABLE third (id); CREATE TABLE box (id);")]
        #expect(throws: StoreFault.statement("")) {
            try Database.open(at: directory.path("store.db"), key: Schema.key, migrations: broken)
        }
        let store = try Schema.open(directory.path("store.db"))
        #expect(try store.read { try $0.rows("SELECT 1 AS found FROM sqlite_schema WHERE name = 'third'") } == [])
    }

    @Test(.enabled(if: geteuid() != 0, "root may read and write everything"))
    func `a file or directory that may not be written is refused at once`() throws {
        let path = directory.path("store.db")
        try Schema.create(directory).close()
        chmod(path, 0o400)
        #expect(throws: StoreFault.permission(path: path)) { try Schema.open(path) }
        chmod(path, 0o600)
        chmod(directory.url.path(percentEncoded: false), 0o500)
        #expect(throws: StoreFault.permission(path: directory.url.path(percentEncoded: false))) {
            try Schema.open(path)
        }
        #expect(throws: StoreFault.permission(path: directory.path("new.db"))) {
            try Database.create(at: directory.path("new.db"), key: Schema.key, migrations: Schema.migrations)
        }
        chmod(directory.url.path(percentEncoded: false), 0o700)
    }

    @Test func `a disk nobody registered is refused`() throws {
        try Schema.create(directory).close()
        #expect(throws: StoreFault.disk("")) { try Schema.open(directory.path("store.db"), disk: "no-such-disk") }
    }

    @Test func `a closed store answers with a fault`() throws {
        let store = try Schema.create(directory)
        try store.close()
        #expect(throws: StoreFault.statement("")) { try store.read { try $0.names() } }
        #expect(throws: StoreFault.statement("")) { try store.write { try $0.addBox("a") } }
    }
}
