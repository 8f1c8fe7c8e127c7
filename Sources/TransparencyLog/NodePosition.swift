/// Where a complete subtree stands: it covers the leaves from `index << level` up to, not including, `(index + 1) <<
/// level`.
///
/// Level 0 is the leaves. A hash at such a position never changes once it exists, whatever is appended later.
public struct NodePosition: Hashable, Sendable {
    /// The height of the subtree: it covers `1 << level` leaves.
    public let level: Int
    /// The number of the subtree among those of its level, from the left, from zero.
    public let index: UInt64

    /// Names a position.
    public init(level: Int, index: UInt64) {
        self.level = level
        self.index = index
    }
}

/// Where hashes of complete subtrees are kept: a table, tiles, or memory.
public protocol NodeSource {
    /// The hash at a position.
    ///
    /// Only complete subtrees are ever asked for; level 0 is the leaf hashes.
    func node(at position: NodePosition) throws -> Digest32
}
