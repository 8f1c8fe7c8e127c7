import Crypto
import Foundation
import Strongroom
import StrongroomTesting
import Testing

/// Documents far larger than the memory the program may have. `STRONGROOM_SOAK_COUNT` is the size in MiB.
@Suite("a large document under a cap on memory")
struct LargeDocumentTests {
    private static let memoryKilobytes = 500_000
    private static var sizeInMebibytes: Int {
        ProcessInfo.processInfo.environment["STRONGROOM_SOAK_COUNT"].flatMap { Int($0) } ?? 64
    }

    @Test func `it goes in and comes out the same`() throws {
        let vault = try TestVault()
        let care = try vault.openCare()
        guard let program = try KilledProgram(vault: vault, people: ["asha"]) else { return }
        let file = try vault.file("scan.bin", Data())
        let out = file.appendingPathExtension("out")
        let before = try Self.fill(file)
        func run(_ words: [String]) throws -> String {
            let ending = try program.run(
                words, as: "asha", in: vault.directory,
                through: ["/bin/sh", "-c", "ulimit -v \(Self.memoryKilobytes) && exec \"$0\" \"$@\""])
            try #require(ending.exitCode == 0, "\(ending.said)")
            return ending.said
        }
        _ = try run(["document", "add", care, file.path, "--kind", "basic-health"])
        let entry = try vault.with("asha") { try #require(try $0.listEntries(care, documentsOnly: true).done().first) }
        _ = try run(["document", "read", care, entry.id, "--out", out.path])
        let after = try Self.digest(of: out)
        #expect(after == before)
    }

    private static func fill(_ file: URL) throws -> Data {
        var draw = SeededDraw(seed: 64)
        let handle = try FileHandle(forWritingTo: file)
        defer { try? handle.close() }
        var hash = SHA256()
        var block = Data(count: 1 << 20)
        for _ in 0..<sizeInMebibytes {
            block.withUnsafeMutableBytes { bytes in
                let words = bytes.bindMemory(to: UInt64.self)
                for index in stride(from: 0, to: words.count, by: 64) { words[index] = draw.next() }
            }
            hash.update(data: block)
            try handle.write(contentsOf: block)
        }
        return Data(hash.finalize())
    }

    private static func digest(of file: URL) throws -> Data {
        let handle = try FileHandle(forReadingFrom: file)
        defer { try? handle.close() }
        var hash = SHA256()
        while let block = try handle.read(upToCount: 1 << 20), !block.isEmpty { hash.update(data: block) }
        return Data(hash.finalize())
    }
}

@Suite("files and processes that get in the way")
struct GettingInTheWayTests {
    @Test func `a file that changes while it is read leaves nothing behind`() throws {
        let vault = try TestVault()
        let care = try vault.openCare()
        let file = try vault.file("growing.bin", Data(count: 48 << 20))
        let growing = Growing(file)
        defer { growing.stop() }
        try vault.with("asha") { session throws in
            #expect(throws: VaultFault.fileChanged) {
                try session.addDocument(care, file: file, kind: "basic-health")
            }
            let entries = try session.listEntries(care, documentsOnly: true).done()
            #expect(entries.isEmpty)
        }
        let report = try vault.with("admin") { try $0.check().done() }
        #expect(report.problems == [] && report.orphanCount == 0)
    }

    @Test func `a second process waits, and then says that the store is in use`() throws {
        let vault = try TestVault()
        let care = try vault.openCare()
        guard let program = try KilledProgram(vault: vault, people: ["asha"]) else { return }
        let held = try vault.open("admin")
        defer { try? held.close() }
        let ending = try program.run(["care", "show", care], as: "asha", in: vault.directory)
        #expect(ending.exitCode == 1 && ending.said.contains("in use by another process"), "\(ending.said)")
    }

    /// A file that somebody keeps writing to.
    private final class Growing: @unchecked Sendable {
        private let lock = NSLock()
        private var isOver = false

        init(_ file: URL) {
            Thread.detachNewThread { [self] in
                guard let handle = try? FileHandle(forWritingTo: file) else { return }
                _ = try? handle.seekToEnd()
                while !lock.withLock({ isOver }) {
                    try? handle.write(contentsOf: Data([1]))
                    Thread.sleep(forTimeInterval: 0.001)
                }
            }
        }

        func stop() { lock.withLock { isOver = true } }
    }
}
