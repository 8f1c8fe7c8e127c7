import Crypto
public import Foundation

/// Seals a content of any length, chunk by chunk, in constant memory.
///
/// ```swift
/// var sealer = key.sealer(owner: owner)
/// store(try sealer.seal(chunk: first, isLast: false))
/// store(try sealer.seal(chunk: rest, isLast: true))
/// while let padding = try sealer.padding() { store(padding) }
/// ```
///
/// Each call gives one sealed chunk; all of them, in this order, are the stream. Padding comes last, in chunks that look
/// like the others; a stream without its padding is cut short and will not open. The format is in
/// <doc:SealedStreamFormat>.
public struct StreamSealer {
    /// The content of one chunk: 64 KiB. Every chunk but the content's last is exactly this long.
    public static let chunkByteCount = 65_536

    static let lengthByteCount = 4

    private let key: StreamKey
    private let random: any SecureRandom
    private var sealedCount: UInt64 = 0
    private var contentByteCount: UInt64 = 0
    /// How much padding is still to be written; nothing while the content's length is not known.
    private var paddingByteCount: UInt64?
    /// What is sealed next, in one place for the stream's life.
    private var plaintext = Data(capacity: StreamSealer.lengthByteCount + StreamSealer.chunkByteCount)

    init(secret: SymmetricKey, owner: Data, random: any SecureRandom) {
        _ = ChunkMemory.isKept
        key = StreamKey(of: secret, owner: owner, salt: random.bytes(CommittedKey.saltByteCount))
        self.random = random
    }

    /// Whether the stream is complete, padding included.
    public var isFinished: Bool { paddingByteCount == 0 && sealedCount > 0 }

    /// Seals the next piece of the content.
    ///
    /// - Parameters:
    ///   - chunk: exactly ``chunkByteCount`` bytes, or with `isLast` at most that, or none.
    ///   - isLast: whether the content ends here. Afterwards call ``padding()`` until there is none.
    /// - Returns: one sealed chunk; the first has the stream's header before it.
    /// - Throws: ``SealingFault/malformed(_:)`` if the chunk has the wrong length or the content had ended.
    public mutating func seal(chunk: Data, isLast: Bool) throws -> Data {
        guard paddingByteCount == nil else { throw SealingFault.malformed("the stream had ended") }
        guard chunk.count == StreamSealer.chunkByteCount || (isLast && chunk.count < StreamSealer.chunkByteCount) else {
            throw SealingFault.malformed("every chunk but the last is \(StreamSealer.chunkByteCount) bytes")
        }
        contentByteCount += UInt64(chunk.count)
        guard contentByteCount <= PaddedLength.mostByteCount else { throw SealingFault.malformed("too long") }
        if isLast {
            paddingByteCount = PaddedLength.padded(contentByteCount, random: random) - contentByteCount
        }
        return try seal(content: chunk)
    }

    /// The next chunk of padding, or nothing when the stream is complete.
    ///
    /// - Throws: ``SealingFault/malformed(_:)`` if the content has not ended yet.
    public mutating func padding() throws -> Data? {
        guard let paddingByteCount else { throw SealingFault.malformed("the content has not ended") }
        return paddingByteCount == 0 ? nil : try seal(content: Data())
    }

    /// One chunk: how much of it is content, the content, and as much padding as there is and still fits.
    private mutating func seal(content: Data) throws -> Data {
        let room = UInt64(StreamSealer.chunkByteCount - content.count)
        let filler = min(room, paddingByteCount ?? 0)
        paddingByteCount = paddingByteCount.map { $0 - filler }

        plaintext.removeAll(keepingCapacity: true)
        plaintext.append(bigEndian: UInt32(content.count))
        plaintext.append(content)
        if filler > 0 { plaintext.append(Data(count: Int(filler))) }

        defer { sealedCount += 1 }
        let sealed = try key.seal(plaintext, number: sealedCount, isLast: paddingByteCount == 0)
        return sealedCount == 0 ? key.header + sealed : sealed
    }
}
