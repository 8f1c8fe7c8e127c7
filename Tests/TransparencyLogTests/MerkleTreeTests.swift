import Foundation
import Testing
import TransparencyLog

@Suite struct MerkleTreeTests {
    /// RFC 6962 section 2.1 as it is written, recursion and all.
    static func definition(_ entries: ArraySlice<[UInt8]>) -> Digest32 {
        guard entries.count > 1 else { return entries.first.map(MerkleHash.leaf) ?? MerkleHash.emptyRoot }
        var split = 1
        while split * 2 < entries.count { split *= 2 }
        let middle = entries.startIndex + split
        return MerkleHash.node(definition(entries[..<middle]), definition(entries[middle...]))
    }

    @Test func `the roots are those of the reference vectors`() throws {
        let vector = try VectorFile(Tree.vectors.appending(path: "tree/reference-8-leaves.txt"), keys: ["source"])
        var frontier = TreeFrontier()
        for line in vector.body.split(separator: "\n") {
            let columns = line.split(separator: " ")
            _ = frontier.append(leaf: MerkleHash.leaf(columns[0] == "-" ? [] : try #require(bytes(hex: columns[0]))))
            #expect(frontier.root.bytes == bytes(hex: columns[1]))
        }
        #expect(frontier.size == 8)
    }

    @Test func `the empty tree has the hash of nothing as its root`() {
        #expect(TreeFrontier().root.base64 == "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")
    }

    @Test func `edge, stored nodes and the definition agree for every size to 300`() throws {
        let log = MemoryLog((0..<300).map { Array("entry \($0)".utf8) })
        var frontier = TreeFrontier()
        for size in 0...300 {
            let root = Self.definition(log.entries[..<size])
            #expect(frontier.root == root)
            #expect(try log.root(size) == root)
            if size < 300 { _ = frontier.append(leaf: MerkleHash.leaf(log.entries[size])) }
        }
    }

    @Test func `an edge taken up from a store goes on as if it had never stopped`() throws {
        let log = MemoryLog((0..<70).map { Array("entry \($0)".utf8) })
        for size in 0..<70 {
            let nodes = try TreeFrontier.positions(size: UInt64(size)).map { try log.node(at: $0) }
            var frontier = try TreeFrontier(size: UInt64(size), nodes: nodes)
            #expect(try frontier.root == log.root(size))
            _ = frontier.append(leaf: MerkleHash.leaf(log.entries[size]))
            #expect(try frontier.root == log.root(size + 1))
        }
    }

    @Test func `an edge of the wrong number of nodes is refused`() {
        #expect(throws: LogFault.self) { try TreeFrontier(size: 3, nodes: [MerkleHash.emptyRoot]) }
    }

    @Test func `appending tells each node it completed, the leaf first`() {
        var frontier = TreeFrontier()
        let told = (0..<8).map { index in
            frontier.append(leaf: MerkleHash.leaf([UInt8(index)])).map { "\($0.position.level):\($0.position.index)" }
        }
        #expect(told[6] == ["0:6"])
        #expect(told[7] == ["0:7", "1:3", "2:1", "3:0"])
    }

    @Test func `a digest is 32 bytes in its one base64 spelling`() {
        #expect(Digest32([UInt8](repeating: 0, count: 31)) == nil)
        #expect(Digest32([UInt8](repeating: 0, count: 33)) == nil)
        #expect(Digest32(base64: "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=") == MerkleHash.emptyRoot)
        #expect(Digest32(base64: "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=") == nil)
        #expect(Digest32(base64: "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU") == nil)
    }
}

func bytes(hex: some StringProtocol) -> [UInt8]? {
    let digits = hex.compactMap(\.hexDigitValue)
    guard digits.count == hex.count, digits.count % 2 == 0 else { return nil }
    return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
}
