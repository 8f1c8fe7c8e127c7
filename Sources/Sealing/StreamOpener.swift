import Crypto
public import Foundation

/// Opens a sealed stream chunk by chunk, in constant memory.
///
/// Every piece it gives is authentic and in its place, but only when `isLast` was returned is the content complete. Act
/// on nothing before: write to a private file and keep it only then.
public struct StreamOpener {
    /// What stands before the first sealed chunk.
    public static let headerByteCount = StreamKey.headerByteCount
    /// Every sealed chunk but the last is exactly this long.
    public static let sealedChunkByteCount =
        StreamSealer.lengthByteCount + StreamSealer.chunkByteCount + StreamKey.tagByteCount

    private let secret: SymmetricKey
    private let owner: Data
    private var key: StreamKey?
    private var openedCount: UInt64 = 0
    private var contentHasEnded = false
    /// Whether the last chunk has been opened.
    public private(set) var isFinished = false

    init(secret: SymmetricKey, owner: Data) {
        _ = ChunkMemory.isKept
        self.secret = secret
        self.owner = owner
    }

    /// Opens the next chunk, exactly as the sealer gave it (the first with its header).
    ///
    /// - Returns: the content in it, empty for padding, and whether the stream ends here.
    /// - Throws: ``SealingFault/damaged`` if it is not the next chunk of this stream, key and owner, or follows the last;
    ///   ``SealingFault/unknownSuite``; ``SealingFault/malformed(_:)`` if it is no stream. Never open further after a
    ///   throw.
    public mutating func open(chunk: Data) throws -> (plaintext: Data, isLast: Bool) {
        guard !isFinished else { throw SealingFault.damaged }
        var reader = ByteReader(chunk)
        let key = try self.key ?? StreamKey(of: secret, owner: owner, header: reader.take(StreamKey.headerByteCount))
        self.key = key
        let sealed = reader.takeRest()
        let plaintext = try opened(sealed, with: key)
        openedCount += 1
        return (try content(of: plaintext), isFinished)
    }

    /// Says that no more chunks will come.
    ///
    /// - Throws: ``SealingFault/damaged`` if the last chunk was not among them: the stream was cut short.
    public func finish() throws {
        guard isFinished else { throw SealingFault.damaged }
    }

    private mutating func opened(_ sealed: Data, with key: StreamKey) throws -> Data {
        let isFull = sealed.count == StreamOpener.sealedChunkByteCount
        if isFull, let plaintext = try key.open(sealed, number: openedCount, isLast: false) { return plaintext }
        guard
            sealed.count <= StreamOpener.sealedChunkByteCount,
            let plaintext = try key.open(sealed, number: openedCount, isLast: true)
        else { throw SealingFault.damaged }
        isFinished = true
        return plaintext
    }

    private mutating func content(of plaintext: Data) throws -> Data {
        var reader = ByteReader(plaintext)
        guard
            let count = try? reader.takeBigEndianUInt32(),
            let content = try? reader.take(Int(count)),
            !contentHasEnded || count == 0,
            reader.rest.allSatisfy({ $0 == 0 })
        else { throw SealingFault.damaged }
        contentHasEnded = contentHasEnded || count < StreamSealer.chunkByteCount
        return content
    }
}
