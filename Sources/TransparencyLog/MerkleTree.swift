/// Questions about a tree whose nodes are kept elsewhere.
public enum MerkleTree {
    /// The root the tree had when it held `size` leaves.
    ///
    /// - Throws: what the source throws.
    public static func root(size: UInt64, from source: some NodeSource) throws -> Digest32 {
        try root(from: 0, through: size, in: source)
    }

    /// RFC 6962's `MTH(D[first:end])`, for the ranges its proofs are made of.
    static func root(from first: UInt64, through end: UInt64, in source: some NodeSource) throws -> Digest32 {
        let nodes = try cover(from: first, through: end).map { try source.node(at: $0) }
        return try TreeFrontier(size: end - first, nodes: nodes).root
    }

    /// The complete subtrees that make up the leaves from `first` up to, not including, `end`, left to right.
    ///
    /// Requires what holds for every range RFC 6962 splits off: `first` is a multiple of the smallest power of two not
    /// below the range's length.
    static func cover(from first: UInt64, through end: UInt64) -> [NodePosition] {
        var positions: [NodePosition] = []
        var next = first
        while next < end {
            let level = 63 - (end - next).leadingZeroBitCount
            positions.append(NodePosition(level: level, index: next >> level))
            next += 1 << level
        }
        return positions
    }

    /// Where RFC 6962 splits a tree of `size` leaves, two or more: the largest power of two smaller than `size`.
    static func split(_ size: UInt64) -> UInt64 { 1 << (63 - (size - 1).leadingZeroBitCount) }
}
