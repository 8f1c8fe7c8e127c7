import EncryptedStore
import Foundation
import Testing

struct BackupTests {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    @Test func `a backup is a store of its own`() throws {
        let store = try Schema.create(directory)
        try store.write { try $0.addBox("a", .blob(Data(repeating: 1, count: 100_000))) }
        try store.backup(to: directory.path("copy.db"), key: Schema.key)
        try store.write { try $0.addBox("b") }
        #expect(try directory.names() == ["copy.db", "store.db", "store.db-wal"])
        let copy = try Schema.open(directory.path("copy.db"))
        #expect(try copy.read { try $0.names() } == ["a"])
        #expect(try copy.integrityProblems() == [])
        let mode =
            try FileManager.default.attributesOfItem(atPath: directory.path("copy.db"))[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test func `a backup overwrites nothing`() throws {
        let store = try Schema.create(directory)
        try Data("mine".utf8).write(to: URL(filePath: directory.path("copy.db")))
        #expect(throws: StoreFault.exists(path: directory.path("copy.db"))) {
            try store.backup(to: directory.path("copy.db"), key: Schema.key)
        }
        #expect(try bytes(at: directory.path("copy.db")) == Data("mine".utf8))
        #expect(throws: StoreFault.exists(path: directory.path("store.db"))) {
            try store.backup(to: directory.path("store.db"), key: Schema.key)
        }
        #expect(throws: StoreFault.missing(path: directory.path("nowhere"))) {
            try store.backup(to: directory.path("nowhere/copy.db"), key: Schema.key)
        }
    }

    @Test func `a page that was changed is found`() throws {
        let store = try Schema.create(directory)
        try store.write { statements in
            for number in 0..<500 { try statements.addBox("box \(number)") }
        }
        #expect(try store.integrityProblems() == [])
        try store.close()
        let path = directory.path("store.db")
        var file = try bytes(at: path)
        file.replaceSubrange(2 * 4096..<2 * 4096 + 200, with: Data(repeating: 0xEE, count: 200))
        try file.write(to: URL(filePath: path))
        #expect(try Schema.open(path).integrityProblems() != [])
    }
}
