/// A SHA-256 value: the hash of a leaf, of a node or of a whole tree.
///
/// The 32 bytes are held inline, so that walking a million of them allocates nothing.
public struct Digest32: Hashable, Sendable {
    /// The width of a digest.
    public static let byteCount = 32

    // The bytes in memory order, whatever the machine's: nothing ever reads these as numbers.
    private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

    /// Takes exactly 32 bytes; `nil` for any other number.
    public init?(_ bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        self = bytes.withUnsafeBytes { Digest32(copying: $0) }
    }

    /// Reads the form checkpoints and proofs use: 44 characters of standard, padded, canonical base64.
    public init?(base64: String) {
        guard let bytes = Base64.decode(base64) else { return nil }
        self.init(bytes)
    }

    init(copying bytes: UnsafeRawBufferPointer) {
        withUnsafeMutableBytes(of: &words) { $0.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[..<32])) }
    }

    /// The 32 bytes.
    public var bytes: [UInt8] { withBytes { Array($0) } }

    /// Standard, padded base64: 44 characters.
    public var base64: String { Base64.encode(bytes) }

    func withBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
        try withUnsafeBytes(of: words, body)
    }

    /// Whether the 32 bytes are the same. Digests in a log are public: no constant time is needed.
    public static func == (left: Digest32, right: Digest32) -> Bool { left.words == right.words }

    /// Feeds the 32 bytes to the hasher.
    public func hash(into hasher: inout Hasher) { withBytes { hasher.combine(bytes: $0) } }
}
