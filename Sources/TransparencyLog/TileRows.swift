/// The tiles of every level as they follow from the entries, each compared with its file as soon as it is full.
///
/// Only one tile per level is held, at most 8 KiB each.
struct TileRows {
    /// A place where a file's hash is not the one that follows from the entries.
    struct Difference {
        let tile: Tile
        /// The hash's number within its level.
        let index: UInt64
        /// What follows from the entries.
        let computed: Digest32
    }

    private struct Row {
        var bytes: [UInt8] = []
        var tileIndex: UInt64 = 0
    }

    private let directory: LogDirectory
    private var rows: [Row] = []
    /// How many files were compared.
    private(set) var tileCount: UInt64 = 0
    /// The first difference met, lower levels before higher ones where one leaf completed several tiles.
    private(set) var firstDifference: Difference?

    init(_ directory: LogDirectory) {
        self.directory = directory
    }

    /// Takes up a completed node; those between two tile levels stand in no file.
    mutating func take(_ hash: Digest32, at position: NodePosition) throws(LogFault) {
        guard position.level % Tile.height == 0 else { return }
        let level = position.level / Tile.height
        if level == rows.count {
            rows.append(Row())
            rows[level].bytes.reserveCapacity(Tile.fullWidth * Digest32.byteCount)
        }
        hash.withBytes { rows[level].bytes.append(contentsOf: $0) }
        if rows[level].bytes.count == Tile.fullWidth * Digest32.byteCount { try compare(level) }
    }

    /// Compares the narrow tiles at the right edge.
    mutating func finish() throws(LogFault) {
        for level in rows.indices where !rows[level].bytes.isEmpty { try compare(level) }
    }

    private mutating func compare(_ level: Int) throws(LogFault) {
        let width = rows[level].bytes.count / Digest32.byteCount
        let tile = Tile(.hashes(level: level), index: rows[level].tileIndex, width: width)
        let file = try directory.hashes(tile)
        tileCount += 1
        if firstDifference == nil, file != rows[level].bytes {
            firstDifference = difference(of: rows[level].bytes, from: file, in: tile)
        }
        rows[level].bytes.removeAll(keepingCapacity: true)
        rows[level].tileIndex += 1
    }

    private func difference(of computed: [UInt8], from file: [UInt8], in tile: Tile) -> Difference? {
        zip(computed, file).enumerated().first { $0.element.0 != $0.element.1 }.map { place in
            let slot = place.offset / Digest32.byteCount
            let hash = computed[slot * Digest32.byteCount..<(slot + 1) * Digest32.byteCount]
            return Difference(
                tile: tile, index: tile.index * UInt64(Tile.fullWidth) + UInt64(slot),
                computed: hash.withUnsafeBytes { Digest32(copying: $0) })
        }
    }
}
