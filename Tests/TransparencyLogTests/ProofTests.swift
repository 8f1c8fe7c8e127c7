import Testing
import TransparencyLog

/// Every proof of every tree up to 65 entries, which covers each shape of edge up to six levels and one beyond.
@Suite struct ProofTests {
    static let limit = 65
    static let log = MemoryLog((0..<limit).map { Array("entry \($0)".utf8) })
    static let stranger = MerkleHash.leaf(Array("stranger".utf8))

    private func leaf(_ index: Int) -> Digest32 { MerkleHash.leaf(Self.log.entries[index]) }

    @Test(arguments: 1...limit) func `each entry is proved in its place, and in no other`(size: Int) throws {
        let root = try Self.log.root(size)
        for index in 0..<size {
            let proof = try InclusionProof.make(index: UInt64(index), size: UInt64(size), from: Self.log)
            #expect(proof.verify(leaf: leaf(index), root: root))
            #expect(!proof.verify(leaf: Self.stranger, root: root))
            #expect(!proof.verify(leaf: leaf(index), root: Self.stranger))
            for other in 0..<size where other != index {
                let moved = InclusionProof(index: UInt64(other), size: UInt64(size), hashes: proof.hashes)
                #expect(!moved.verify(leaf: leaf(index), root: root))
            }
            for hashes in spoiled(proof.hashes) {
                let spoilt = InclusionProof(index: proof.index, size: proof.size, hashes: hashes)
                #expect(!spoilt.verify(leaf: leaf(index), root: root))
            }
        }
    }

    @Test(arguments: 0...limit) func `each tree is proved to extend each earlier one`(size: Int) throws {
        let root = try Self.log.root(size)
        for old in 0...size {
            let oldRoot = try Self.log.root(old)
            let proof = try ConsistencyProof.make(from: UInt64(old), to: UInt64(size), in: Self.log)
            #expect(proof.verify(oldRoot: oldRoot, newRoot: root))
            #expect(!proof.verify(oldRoot: Self.stranger, newRoot: root))
            // From nothing, anything follows: the proof says nothing about the later root.
            if old > 0 { #expect(!proof.verify(oldRoot: oldRoot, newRoot: Self.stranger)) }
            for hashes in spoiled(proof.hashes) {
                let spoilt = ConsistencyProof(oldSize: proof.oldSize, newSize: proof.newSize, hashes: hashes)
                #expect(!spoilt.verify(oldRoot: oldRoot, newRoot: root))
            }
        }
    }

    @Test func `what cannot be proved is refused`() {
        #expect(throws: LogFault.self) { try InclusionProof.make(index: 3, size: 3, from: Self.log) }
        #expect(throws: LogFault.self) { try ConsistencyProof.make(from: 4, to: 3, in: Self.log) }
        #expect(!InclusionProof(index: 0, size: 0, hashes: []).verify(leaf: leaf(0), root: leaf(0)))
        #expect(!ConsistencyProof(oldSize: 4, newSize: 3, hashes: []).verify(oldRoot: leaf(0), newRoot: leaf(0)))
    }

    @Test func `a proof of absurd length or size is refused, not followed`() {
        let long = [Digest32](repeating: Self.stranger, count: 1_000)
        #expect(!InclusionProof(index: .max - 1, size: .max, hashes: long).verify(leaf: leaf(0), root: leaf(0)))
        #expect(!ConsistencyProof(oldSize: 1, newSize: .max, hashes: long).verify(oldRoot: leaf(0), newRoot: leaf(0)))
    }

    /// Each hash replaced, each left out, one more at either end.
    private func spoiled(_ hashes: [Digest32]) -> [[Digest32]] {
        var spoiled = [hashes + [Self.stranger], [Self.stranger] + hashes]
        for place in hashes.indices {
            spoiled.append(hashes)
            spoiled[spoiled.count - 1][place] = Self.stranger
            spoiled.append(hashes)
            spoiled[spoiled.count - 1].remove(at: place)
        }
        return spoiled
    }
}
