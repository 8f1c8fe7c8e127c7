import Foundation
import Testing

/// A program written from the format's page alone opens what the cipher wrote.
@Suite(.enabled(if: Decryptor.isThere, "python3-cryptography is not installed"))
struct DecryptorTests {
    let directory: TemporaryDirectory
    let cipher = Cipher()

    init() throws {
        directory = try TemporaryDirectory()
    }

    @Test func `a database and its log`() throws {
        let store = try Connection(directory.path(), on: cipher)
        try store.run("PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0")
        try fill(store)
        try store.run("PRAGMA wal_checkpoint(TRUNCATE)")
        try store.run("UPDATE t SET body = zeroblob(9000) WHERE id % 2; INSERT INTO t VALUES (100, 'in the log')")
        let expected = try store.text("SELECT id, hex(body) FROM t")
        let image = try directory.image()
        #expect(try Decryptor.run([key, image, directory.path("plain.db")]) == "")
        let plain = try Connection(directory.path("plain.db"), on: "unix-excl", reserve: -1)
        #expect(try plain.text("SELECT id, hex(body) FROM t") == expected)
        #expect(try plain.text("PRAGMA integrity_check") == "ok")
        #expect(try plain.text("SELECT count(*) FROM t WHERE body = 'in the log'") == "1")
    }

    @Test func `a rollback journal`() throws {
        let store = try Connection(directory.path(), on: cipher)
        try fill(store)
        let before = try directory.image(as: "before.db")
        try store.run("BEGIN; UPDATE t SET body = zeroblob(100)")
        try store.flush()
        let image = try directory.image()
        let records = try #require(try Decryptor.run(["--journal", key, image])).split(separator: "\n")
        #expect(records.count > 2)
        _ = try Decryptor.run([key, before, directory.path("plain.db")])
        for record in records {
            let number = try #require(Int(record.split(separator: " ")[0]))
            let page = try directory.bytes("plain.db")[((number - 1) * 4096)...].prefix(4096)
            try directory.put(page, "page")
            let digest = try #require(try Decryptor.digest(of: directory.path("page")))
            #expect(record.hasSuffix(digest))
        }
    }

    @Test func `a wrong key opens nothing`() throws {
        try fill(Connection(directory.path(), on: cipher))
        let other = String(repeating: "11", count: 32)
        #expect(try Decryptor.run([other, directory.path(), directory.path("plain.db")]) == nil)
    }

    private let key = Cipher.key.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()

    private func fill(_ store: Connection) throws {
        try store.run("CREATE TABLE t (id INTEGER PRIMARY KEY, body BLOB)")
        for id in 1...20 { try store.run("INSERT INTO t VALUES (\(id), randomblob(\(id * 700)))") }
    }
}

enum Decryptor {
    private static let program = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Oracles/pages/decrypt.py").path(percentEncoded: false)

    static let isThere = (try? call(["-c", "import cryptography"])) == ""

    /// What it prints, or nothing if it fails.
    static func run(_ arguments: [String]) throws -> String? {
        try call([program] + arguments)
    }

    static func digest(of path: String) throws -> String? {
        let code = "import hashlib, sys; print(hashlib.sha256(open(sys.argv[1], 'rb').read()).hexdigest(), end='')"
        return try call(["-c", code, path])
    }

    private static func call(_ arguments: [String]) throws -> String? {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/python3")
        process.arguments = arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let text = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        return process.terminationStatus == 0 ? text : nil
    }
}
