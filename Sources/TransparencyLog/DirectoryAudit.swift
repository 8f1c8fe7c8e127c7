public import Foundation

/// What an audit found, all of it verified.
public struct Audited: Hashable, Sendable {
    /// The log's signed head.
    public let checkpoint: Checkpoint
    /// The head that was handed in, of which this one is an extension.
    public let earlier: Checkpoint?
    /// How many entries were read and hashed: the head's size.
    public let entryCount: UInt64
    /// How many tiles of hashes were compared with the entries.
    public let tileCount: UInt64
}

/// Checks an exported log from its entries up, believing nothing but the key it is given.
///
/// Needs no other program, no network and nothing of the system that wrote the log.
public struct DirectoryAudit {
    private let directory: LogDirectory
    private let verifier: NoteVerifier

    /// Names the directory and the log's key, which must come from elsewhere; its name is the origin that is demanded.
    public init(directory: URL, verifier: NoteVerifier) {
        self.directory = LogDirectory(url: directory)
        self.verifier = verifier
    }

    /// Recomputes the whole log from its entries: every tile of every level, the signed root, the earlier head's root.
    ///
    /// - Parameters:
    ///   - note: a signed head of the same log that was kept elsewhere. Only with it can a cut tail or an older copy be
    ///     told from a log that simply has no more entries.
    ///   - former: the key that signed it, where a restored log went on under another key and name: its first entries are
    ///     those of the former log.
    ///   - visit: sees each entry in order, **before** it is known to be genuine: believe what it saw once this
    ///     returns.
    /// - Returns: what was found, all of it verified.
    /// - Throws: ``LogFault``, naming the first thing that is wrong; what `visit` throws.
    public func run(
        since note: String?, signedBy former: NoteVerifier? = nil, visit: (UInt64, [UInt8]) throws -> Void
    ) throws -> Audited {
        let head = try Checkpoint.open(directory.checkpoint(), origin: verifier.name, verifier: verifier)
        let earlier = try note.map { try openEarlier($0, former ?? verifier) }
        if let earlier, earlier.size > head.size {
            throw LogFault.rolledBack(held: earlier.size, found: head.size)
        }

        var frontier = TreeFrontier()
        var rows = TileRows(directory)
        var earlierRoot = MerkleHash.emptyRoot
        for tile in Tile.row(.entries, size: head.size) {
            let (bytes, isFull) = try directory.read(tile)
            try EntryBundle(tile: tile, bytes: bytes, isFull: isFull).forEach { index, place in
                let leaf = bytes.withUnsafeBytes { MerkleHash.leaf(UnsafeRawBufferPointer(rebasing: $0[place])) }
                try frontier.append(leaf: leaf) { try rows.take($1, at: $0) }
                // The first so many entries have the earlier root: no proof could say more.
                if frontier.size == earlier?.size { earlierRoot = frontier.root }
                try visit(index, Array(bytes[place]))
            }
        }
        try rows.finish()

        guard frontier.root == head.root else { throw try diagnosis(of: rows.firstDifference, head: head) }
        if let difference = rows.firstDifference { throw LogFault.tileChanged(path: difference.tile.path) }
        if let earlier, earlier.root != earlierRoot { throw LogFault.forked(size: earlier.size) }
        return Audited(checkpoint: head, earlier: earlier, entryCount: frontier.size, tileCount: rows.tileCount)
    }

    private func openEarlier(_ note: String, _ verifier: NoteVerifier) throws -> Checkpoint {
        do {
            return try Checkpoint.open(note, origin: verifier.name, verifier: verifier)
        } catch let fault as LogFault {
            throw LogFault.earlier(fault)
        }
    }

    /// Says which entry is wrong, where the tiles can be believed instead.
    ///
    /// They can where the leaf hashes alone lead to the signed root: then the first that no entry matches is the place.
    private func diagnosis(of difference: TileRows.Difference?, head: Checkpoint) throws -> LogFault {
        guard let difference, difference.tile.content == .hashes(level: 0) else { return .rootDiffers }
        var frontier = TreeFrontier()
        var committedAt: UInt64?
        for tile in Tile.row(.hashes(level: 0), size: head.size) {
            let bytes = try directory.hashes(tile)
            for slot in 0..<tile.width {
                let hash = bytes[slot * Digest32.byteCount..<(slot + 1) * Digest32.byteCount]
                    .withUnsafeBytes { Digest32(copying: $0) }
                if hash == difference.computed { committedAt = frontier.size }
                frontier.append(leaf: hash) { _, _ in }
            }
        }
        guard frontier.root == head.root else { return .rootDiffers }
        guard let committedAt else { return .entryChanged(difference.index) }
        return .entryMoved(difference.index, committedAt: committedAt)
    }
}
