/// Proof that one entry stands at one place of a tree whose root is known.
///
/// RFC 6962 section 2.1.1; checked as RFC 9162 section 2.1.3.2 says. At most 63 hashes, from the leaf upwards.
public struct InclusionProof: Hashable, Sendable {
    /// The entry's zero-based place.
    public let index: UInt64
    /// How many entries the tree held.
    public let size: UInt64
    /// The siblings on the way up, the leaf's first.
    public let hashes: [Digest32]

    /// Takes a proof as it was received; nothing is believed before ``verify(leaf:root:)``.
    public init(index: UInt64, size: UInt64, hashes: [Digest32]) {
        self.index = index
        self.size = size
        self.hashes = hashes
    }

    /// Makes the proof from a store's nodes.
    ///
    /// - Throws: ``LogFault/malformed(_:)`` where the tree has no such entry; what the source throws.
    public static func make(index: UInt64, size: UInt64, from source: some NodeSource) throws -> InclusionProof {
        guard index < size else { throw LogFault.malformed("a tree of size \(size) has no entry \(index)") }
        var hashes: [Digest32] = []
        var (first, end) = (UInt64(0), size)
        while end - first > 1 {
            let middle = first + MerkleTree.split(end - first)
            if index < middle {
                hashes.append(try MerkleTree.root(from: middle, through: end, in: source))
                end = middle
            } else {
                hashes.append(try MerkleTree.root(from: first, through: middle, in: source))
                first = middle
            }
        }
        return InclusionProof(index: index, size: size, hashes: hashes.reversed())
    }

    /// Whether the leaf stands at ``index`` of the tree of ``size`` entries with this root.
    public func verify(leaf: Digest32, root: Digest32) -> Bool {
        guard index < size else { return false }
        var (place, last) = (index, size - 1)
        var hash = leaf
        for sibling in hashes {
            guard last != 0 else { return false }
            if place & 1 == 1 || place == last {
                hash = MerkleHash.node(sibling, hash)
                // Where the right edge is ragged the node rises unpaired through the levels it has no sibling on.
                while place & 1 == 0 && place != 0 { (place, last) = (place >> 1, last >> 1) }
            } else {
                hash = MerkleHash.node(hash, sibling)
            }
            (place, last) = (place >> 1, last >> 1)
        }
        return last == 0 && hash == root
    }
}
