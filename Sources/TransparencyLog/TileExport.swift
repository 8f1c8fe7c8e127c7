public import Foundation

/// Writes a log as a directory of plain files that any C2SP tlog-tiles client can read and check.
///
/// The entries, every tile, and the signed checkpoint last of all: at any moment, also after a power cut, the directory
/// holds a complete log up to the checkpoint that stands in it. Files are readable by their owner only.
public struct TileExport {
    private let directory: URL

    /// Names the directory; it is made when it is first written to. Its parent must exist.
    public init(directory: URL) {
        self.directory = directory
    }

    /// Writes what is missing, compares what is there, and puts the checkpoint in place.
    ///
    /// When this returns, everything is on disk. If it throws, or is cut off, the checkpoint is the earlier one, and
    /// the same call may be made again: it goes on where it was. Files that are there are compared, never overwritten.
    ///
    /// - Parameters:
    ///   - note: the signed head. Its signature is not checked here.
    ///   - size: the size it states.
    ///   - nodes: the tree's nodes.
    ///   - entries: an entry's stored bytes, at most 65,535.
    /// - Throws: ``LogFault/rootDiffers`` where head and nodes disagree, ``LogFault/entryChanged(_:)`` where an entry
    ///   and its leaf do; ``LogFault/tileChanged(path:)`` where a file there is another;
    ///   ``LogFault/rolledBack(held:found:)`` and ``LogFault/forked(size:)`` where the head there is not an earlier one
    ///   of this log; ``LogFault/busy``; ``LogFault/disk(_:)``; what `nodes` and `entries` throw.
    public func write(
        checkpoint note: String, size: UInt64, nodes: some NodeSource, entries: (UInt64) throws -> [UInt8]
    ) throws {
        // Never publish what an audit would reject: whoever reads the directory later cannot ask us.
        let head = try Checkpoint(note: note)
        guard head.size == size, try MerkleTree.root(size: size, from: nodes) == head.root else {
            throw LogFault.rootDiffers
        }
        let files = try DurableDirectory(directory)
        try refuseOtherHistory(than: head, nodes: nodes, in: files.reading)

        // A crash from here on leaves files no checkpoint speaks of yet; the next export finds them equal.
        for bundle in Tile.row(.entries, size: size) {
            try files.publish(try Self.bytes(bundle: bundle, nodes: nodes, entries: entries), at: bundle.path)
        }
        var level = 0
        while size >> (Tile.height * level) > 0 {
            for tile in Tile.row(.hashes(level: level), size: size) {
                try files.publish(try Self.bytes(tile: tile, level: level, nodes: nodes), at: tile.path)
            }
            level += 1
        }
        try files.sync()

        // Last, and only now that all it speaks of is durable. A crash before the second sync leaves either head.
        try files.replace(Array(note.utf8), at: Labels.checkpointFile)
        try files.sync()
    }

    private func refuseOtherHistory(
        than head: Checkpoint, nodes: some NodeSource, in files: LogDirectory
    ) throws {
        guard try files.readIfPresent(Labels.checkpointFile, atMost: SignedNote.byteCountLimit) != nil else { return }
        let present = try Checkpoint(note: try files.checkpoint())
        guard present.origin.utf8.elementsEqual(head.origin.utf8) else {
            throw LogFault.wrongOrigin(expected: head.origin, found: present.origin)
        }
        guard present.size <= head.size else { throw LogFault.rolledBack(held: present.size, found: head.size) }
        guard try MerkleTree.root(size: present.size, from: nodes) == present.root else {
            throw LogFault.forked(size: present.size)
        }
    }

    private static func bytes(
        bundle: Tile, nodes: some NodeSource, entries: (UInt64) throws -> [UInt8]
    ) throws -> [UInt8] {
        var bytes: [UInt8] = []
        for offset in 0..<UInt64(bundle.width) {
            let index = bundle.index * UInt64(Tile.fullWidth) + offset
            let entry = try entries(index)
            guard entry.count <= Tile.entryByteCountLimit else {
                throw LogFault.malformed("entry \(index) has \(entry.count) bytes, more than a bundle can hold")
            }
            guard try nodes.node(at: NodePosition(level: 0, index: index)) == MerkleHash.leaf(entry) else {
                throw LogFault.entryChanged(index)
            }
            bytes.append(UInt8(entry.count >> 8))
            bytes.append(UInt8(entry.count & 0xFF))
            bytes += entry
        }
        return bytes
    }

    private static func bytes(tile: Tile, level: Int, nodes: some NodeSource) throws -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(tile.width * Digest32.byteCount)
        for offset in 0..<UInt64(tile.width) {
            let index = tile.index * UInt64(Tile.fullWidth) + offset
            let hash = try nodes.node(at: NodePosition(level: Tile.height * level, index: index))
            hash.withBytes { bytes.append(contentsOf: $0) }
        }
        return bytes
    }
}
