/// Walks the entries of one bundle without copying them: each is two bytes of length, big-endian, and its bytes.
struct EntryBundle {
    let tile: Tile
    let bytes: [UInt8]
    /// Whether the bytes are those of the full bundle, of which only the first ``Tile/width`` entries are wanted.
    let isFull: Bool

    /// The log's index of the bundle's first entry.
    private var first: UInt64 { tile.index * UInt64(Tile.fullWidth) }

    /// Calls `visit` with each entry's index and the place of its bytes.
    ///
    /// - Throws: ``LogFault/entryMissing(_:)`` where the bundle ends between two entries too early;
    ///   ``LogFault/malformed(_:)`` where it ends inside one, or goes on after the last.
    func forEach(_ visit: (UInt64, Range<Int>) throws -> Void) throws {
        var next = 0
        for offset in 0..<UInt64(tile.width) {
            guard next < bytes.count else { throw LogFault.entryMissing(first + offset) }
            guard next + 2 <= bytes.count else { throw cut(first + offset) }
            let start = next + 2
            next = start + Int(bytes[next]) << 8 + Int(bytes[next + 1])
            guard next <= bytes.count else { throw cut(first + offset) }
            try visit(first + offset, start..<next)
        }
        guard isFull && tile.width < Tile.fullWidth || next == bytes.count else {
            throw LogFault.malformed("`\(tile.path)` goes on after entry \(first + UInt64(tile.width) - 1)")
        }
    }

    private func cut(_ index: UInt64) -> LogFault { .malformed("`\(tile.path)` ends inside entry \(index)") }
}
