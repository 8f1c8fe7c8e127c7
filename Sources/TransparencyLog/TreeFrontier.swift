/// The right edge of a tree: all that is needed to append a leaf and to know the root.
///
/// It holds one hash per set bit of the size (RFC 6962's tree is a row of complete subtrees, each smaller than the one
/// on its left), so it stays under 64 hashes for any log.
public struct TreeFrontier: Sendable {
    /// How many leaves the tree has.
    public private(set) var size: UInt64
    /// The complete subtrees' hashes, left to right, in the order of ``positions(size:)``.
    public private(set) var nodes: [Digest32]

    /// The tree without leaves.
    public init() {
        size = 0
        nodes = []
    }

    /// Takes up a stored edge.
    ///
    /// - Parameter nodes: the hashes at ``positions(size:)``.
    /// - Throws: ``LogFault/malformed(_:)`` where the number of hashes does not fit the size.
    public init(size: UInt64, nodes: [Digest32]) throws {
        let expected = size.nonzeroBitCount
        guard nodes.count == expected else {
            throw LogFault.malformed("a tree of size \(size) has \(expected) edge nodes, not \(nodes.count)")
        }
        self.size = size
        self.nodes = nodes
    }

    /// The tree's root: RFC 6962's MTH over all leaves, ``MerkleHash/emptyRoot`` where there are none.
    public var root: Digest32 {
        guard var root = nodes.last else { return MerkleHash.emptyRoot }
        for left in nodes.dropLast().reversed() { root = MerkleHash.node(left, root) }
        return root
    }

    /// Appends one leaf and tells every node it completed, the leaf itself first: what a store must now write.
    public mutating func append(leaf: Digest32) -> [(position: NodePosition, hash: Digest32)] {
        var completed: [(position: NodePosition, hash: Digest32)] = []
        append(leaf: leaf) { completed.append(($0, $1)) }
        return completed
    }

    /// Appends one leaf, handing each node it completed to `completed`, the leaf itself first; allocates nothing.
    public mutating func append(leaf: Digest32, completed: (NodePosition, Digest32) throws -> Void) rethrows {
        var hash = leaf
        var level = 0
        try completed(NodePosition(level: 0, index: size), hash)
        // As in adding one to a binary number: each set low bit is a subtree that now has its other half.
        while size >> level & 1 == 1 {
            hash = MerkleHash.node(nodes.removeLast(), hash)
            level += 1
            try completed(NodePosition(level: level, index: size >> level), hash)
        }
        nodes.append(hash)
        size += 1
    }

    /// Where the edge's nodes of a tree of `size` leaves stand, left to right: what a store must load to go on.
    public static func positions(size: UInt64) -> [NodePosition] { MerkleTree.cover(from: 0, through: size) }
}
