/// Proof that a tree grew from an earlier one by appending only: nothing changed, nothing removed, nothing reordered.
///
/// RFC 6962 section 2.1.2; checked as RFC 9162 section 2.1.4.2 says. Empty where the sizes are equal or the old is 0.
public struct ConsistencyProof: Hashable, Sendable {
    /// How many entries the earlier tree held.
    public let oldSize: UInt64
    /// How many entries the later tree holds.
    public let newSize: UInt64
    /// The nodes from which both roots follow.
    public let hashes: [Digest32]

    /// Takes a proof as it was received; nothing is believed before ``verify(oldRoot:newRoot:)``.
    public init(oldSize: UInt64, newSize: UInt64, hashes: [Digest32]) {
        self.oldSize = oldSize
        self.newSize = newSize
        self.hashes = hashes
    }

    /// Makes the proof from a store's nodes.
    ///
    /// - Throws: ``LogFault/malformed(_:)`` where the old size is the larger; what the source throws.
    public static func make(from old: UInt64, to new: UInt64, in source: some NodeSource) throws -> ConsistencyProof {
        guard old <= new else { throw LogFault.malformed("a tree of size \(new) never held \(old) entries") }
        guard old > 0, old < new else { return ConsistencyProof(oldSize: old, newSize: new, hashes: []) }
        var hashes: [Digest32] = []
        var (first, end) = (UInt64(0), new)
        while old != end {
            let middle = first + MerkleTree.split(end - first)
            if old <= middle {
                hashes.append(try MerkleTree.root(from: middle, through: end, in: source))
                end = middle
            } else {
                hashes.append(try MerkleTree.root(from: first, through: middle, in: source))
                first = middle
            }
        }
        // Where the walk never went right, what is left is the old tree itself, whose root the verifier holds.
        if first > 0 { hashes.append(try MerkleTree.root(from: first, through: end, in: source)) }
        return ConsistencyProof(oldSize: old, newSize: new, hashes: hashes.reversed())
    }

    /// Whether the tree with the new root extends the one with the old root.
    public func verify(oldRoot: Digest32, newRoot: Digest32) -> Bool {
        guard oldSize <= newSize else { return false }
        if oldSize == newSize { return hashes.isEmpty && oldRoot == newRoot }
        if oldSize == 0 { return hashes.isEmpty && oldRoot == MerkleHash.emptyRoot }
        var rest = hashes[...]
        // An old tree that is complete is itself the first node, and so was left out.
        guard let start = oldSize.nonzeroBitCount == 1 ? oldRoot : rest.popFirst() else { return false }
        var (place, last) = (oldSize - 1, newSize - 1)
        while place & 1 == 1 { (place, last) = (place >> 1, last >> 1) }
        var (old, new) = (start, start)
        for node in rest {
            guard last != 0 else { return false }
            if place & 1 == 1 || place == last {
                old = MerkleHash.node(node, old)
                new = MerkleHash.node(node, new)
                while place & 1 == 0 && place != 0 { (place, last) = (place >> 1, last >> 1) }
            } else {
                new = MerkleHash.node(new, node)
            }
            (place, last) = (place >> 1, last >> 1)
        }
        return last == 0 && old == oldRoot && new == newRoot
    }
}
