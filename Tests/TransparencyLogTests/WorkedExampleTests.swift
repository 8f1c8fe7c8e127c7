import Foundation
import Testing
import TransparencyLog

/// The three entries that Python, Go and OpenSSL agree about.
@Suite struct WorkedExampleTests {
    static let folder = Tree.vectors.appending(path: "worked-example")
    static let log = MemoryLog((0..<3).map { Array("entry-\($0)\n".utf8) })

    @Test func `our export of the example is the example, file for file`() throws {
        let place = try Workplace()
        try Self.log.export(3, to: place.url)
        let written = try place.files()
        #expect(Set(written.keys) == ["checkpoint", "tile/0/000.p/3", "tile/entries/000.p/3"])
        for path in ["tile/0/000.p/3", "tile/entries/000.p/3"] {
            #expect(try written[path] == Data(contentsOf: Self.folder.appending(path: path)))
        }
        // The example's checkpoint carries a witness's line below ours.
        let checkpoint = try #require(written["checkpoint"])
        #expect(try Data(contentsOf: Self.folder.appending(path: "checkpoint")).starts(with: checkpoint))
    }

    @Test func `the example is accepted with the key beside it`() throws {
        let key = try String(contentsOf: Self.folder.appending(path: "log.vkey"), encoding: .utf8)
        let verifier = try NoteVerifier(vkey: key.trimmingCharacters(in: .newlines))
        var seen: [String] = []
        let audited = try DirectoryAudit(directory: Self.folder, verifier: verifier).run(since: nil) {
            seen.append("\($0) \(String(decoding: $1, as: UTF8.self))")
        }
        #expect(seen == ["0 entry-0\n", "1 entry-1\n", "2 entry-2\n"])
        #expect(audited.checkpoint.root.base64 == "o15GqQWzxogs8Zo5iJJ/0GcoapuLZGHFQJEmfP6fJr4=")
        #expect(audited.entryCount == 3)
    }

    @Test func `the example's proof is the one we make, and it verifies`() throws {
        let proof = try String(contentsOf: Self.folder.appending(path: "entry-1.tlog-proof"), encoding: .utf8)
        let hashes = proof.split(separator: "\n")[2..<4].compactMap { Digest32(base64: String($0)) }
        let made = try InclusionProof.make(index: 1, size: 3, from: Self.log)
        #expect(made.hashes == hashes)
        #expect(made.verify(leaf: MerkleHash.leaf(Self.log.entries[1]), root: try Self.log.root(3)))
    }
}
