/// One file of an exported log: 256 hashes of one level or 256 entries, fewer at the right edge.
///
/// C2SP tlog-tiles v0.1.0. A file of full width never changes again; nor does one of lesser width, whose path says so.
public struct Tile: Hashable, Sendable {
    /// What lies in a tile.
    public enum Content: Hashable, Sendable {
        /// Hashes of complete subtrees that cover `256^level` leaves each.
        case hashes(level: Int)
        /// The entries themselves: a bundle.
        case entries
    }

    /// The hashes or entries in a full tile.
    public static let fullWidth = 256
    /// The height of a tile: 256 is two to the eighth.
    static let height = 8
    /// The longest entry: its length is written in two bytes.
    public static let entryByteCountLimit = 65_535
    /// The longest bundle.
    static let bundleByteCountLimit = fullWidth * (2 + entryByteCountLimit)

    /// What lies in the tile.
    public let content: Content
    /// The tile's number within its level, from the left, from zero.
    public let index: UInt64
    /// How many hashes or entries it holds, 1 to 256.
    public let width: Int

    /// Names a tile.
    public init(_ content: Content, index: UInt64, width: Int) {
        precondition((1...Self.fullWidth).contains(width), "a tile holds 1 to 256")
        self.content = content
        self.index = index
        self.width = width
    }

    /// The tiles of one level that a log of `size` entries consists of, left to right; the last may be narrower.
    public static func row(_ content: Content, size: UInt64) -> some Sequence<Tile> {
        let count = count(content, size: size)
        return (0..<(count + UInt64(fullWidth) - 1) / UInt64(fullWidth)).lazy.map { index in
            Tile(content, index: index, width: Int(min(UInt64(fullWidth), count - index * UInt64(fullWidth))))
        }
    }

    /// Where the tile lies, below the export's directory: `tile/0/x001/x234/067` or, narrower, `tile/0/067.p/12`.
    public var path: String {
        switch content {
        case .hashes(let level): path(below: String(level))
        case .entries: path(below: Labels.entriesDirectory)
        }
    }

    /// The same place once the tile has become full.
    var full: Tile { Tile(content, index: index, width: Self.fullWidth) }

    /// How many bytes the file may have.
    var byteCountLimit: Int {
        switch content {
        case .hashes: Self.fullWidth * Digest32.byteCount
        case .entries: Self.bundleByteCountLimit
        }
    }

    /// How many hashes of the level, or entries, a log of `size` entries has: only complete subtrees count.
    private static func count(_ content: Content, size: UInt64) -> UInt64 {
        switch content {
        case .hashes(let level): size >> (height * level)
        case .entries: size
        }
    }

    private func path(below level: String) -> String {
        var groups: [String] = []
        var rest = index
        repeat {
            let digits = String(rest % 1_000)
            groups.insert(String(repeating: "0", count: 3 - digits.count) + digits, at: 0)
            rest /= 1_000
        } while rest > 0
        let number = (groups.dropLast().map { "x" + $0 } + groups.suffix(1)).joined(separator: "/")
        let narrow = width < Self.fullWidth ? ".p/\(width)" : ""
        return "\(Labels.tileDirectory)/\(level)/\(number)\(narrow)"
    }
}
