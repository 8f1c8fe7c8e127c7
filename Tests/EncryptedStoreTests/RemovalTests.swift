import CPageCipherTesting
import EncryptedStore
import Foundation
import Testing

struct RemovalTests {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    @Test(arguments: [40, 9_000])
    func `deleted bytes are in no file after the log is cut`(byteCount: Int) throws {
        let store = try Schema.create(directory)
        let secret = Data((0..<byteCount).map { _ in UInt8.random(in: 1...255) })
        try store.write { statements in
            try statements.addBox("kept", .blob(Data(repeating: 7, count: 5_000)))
            try statements.addBox("removed", .blob(secret))
        }
        try store.truncateLog()
        #expect(try isAnywhere(secret, in: directory), "or the search below could not fail")
        try store.write {
            try $0.run("UPDATE box SET sealed = ? WHERE name = 'kept'", [.blob(Data(secret.reversed()))])
        }
        try store.write { try $0.run("DELETE FROM box WHERE name = 'removed'") }
        #expect(try isAnywhere(secret, in: directory), "the file still holds it until the log is carried over")
        try store.truncateLog()
        #expect(try !isAnywhere(secret, in: directory))
        #expect(try bytes(at: directory.path("store.db-wal")).isEmpty)
        #expect(try store.read { try $0.names() } == ["kept"])
    }

    /// Searches what the store's key shows of the file and its log. A long value is spread over pages, so its pieces are
    /// searched for.
    private func isAnywhere(_ secret: Data, in directory: TemporaryDirectory) throws -> Bool {
        let piece = 32
        let pieces = stride(from: 0, through: secret.count - piece, by: 500).map { secret[$0..<$0 + piece] }
        // A copy, since closing a file here would drop the locks of the store that is open.
        let image = try directory.crashImage(of: "store.db", as: "image-\(UUID().uuidString).db")
        let plain = image + ".plain"
        #expect(plain_copy(image, [UInt8](Schema.keyBytes), plain) == 0)
        let file = try bytes(at: plain)
        for suffix in ["", "-wal", ".plain"] { try? FileManager.default.removeItem(atPath: image + suffix) }
        return pieces.contains { file.range(of: $0) != nil }
    }
}
