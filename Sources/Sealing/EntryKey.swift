import Crypto
public import Foundation

/// The key of one entry of a record; seals its content, padded, for one owner.
///
/// The owner says where the content stands (which entry of which record). It is bound and not stored: a content moved to
/// another owner does not open. One entry key may seal any number of streams.
public struct EntryKey: Sendable {
    private let secret: SymmetricKey

    init(secret: SymmetricKey) { self.secret = secret }

    /// Seals a content that fits into memory.
    public func seal(_ plaintext: Data, owner: Data, random: any SecureRandom = SystemRandom()) throws -> Data {
        var rest = plaintext
        var sealed = Data()
        try seal(owner: owner, random: random) { count in
            defer { rest = rest.dropFirst(count) }
            return rest.prefix(count)
        } writing: { chunk in
            sealed.append(chunk)
        }
        return sealed
    }

    /// Opens what ``seal(_:owner:random:)`` sealed, or the chunks of a stream joined.
    ///
    /// - Throws: ``SealingFault/damaged`` for any change, another key or another owner; ``SealingFault/unknownSuite``;
    ///   ``SealingFault/malformed(_:)`` if it is no stream.
    public func open(_ sealed: Data, owner: Data) throws -> Data {
        var rest = sealed
        var plaintext = Data()
        var wanted = StreamOpener.headerByteCount + StreamOpener.sealedChunkByteCount
        try open(owner: owner) {
            guard !rest.isEmpty else { return nil }
            defer {
                rest = rest.dropFirst(wanted)
                wanted = StreamOpener.sealedChunkByteCount
            }
            return rest.prefix(wanted)
        } writing: { chunk in
            plaintext.append(chunk)
        }
        return plaintext
    }

    /// A sealer for a content of unknown length.
    public func sealer(owner: Data, random: any SecureRandom = SystemRandom()) -> StreamSealer {
        StreamSealer(secret: secret, owner: owner, random: random)
    }

    /// An opener for a stream sealed with this key for this owner.
    public func opener(owner: Data) -> StreamOpener { StreamOpener(secret: secret, owner: owner) }

    /// Seals a content of any length in constant memory, padding included.
    ///
    /// - Parameters:
    ///   - read: gives at most as many bytes as asked for, fewer whenever it likes, none at the end.
    ///   - write: takes one sealed chunk, in order; each may be kept as a row of its own.
    /// - Returns: the length of the content in bytes.
    @discardableResult
    public func seal(
        owner: Data, random: any SecureRandom = SystemRandom(), reading read: (Int) throws -> Data,
        writing write: (Data) throws -> Void
    ) throws -> UInt64 {
        var sealer = sealer(owner: owner, random: random)
        var byteCount: UInt64 = 0
        var chunk = try EntryKey.fullChunk(read)
        while true {
            // Which chunk is the last shows only when the next one is looked for.
            let next = chunk.count < StreamSealer.chunkByteCount ? Data() : try EntryKey.fullChunk(read)
            byteCount += UInt64(chunk.count)
            try write(sealer.seal(chunk: chunk, isLast: next.isEmpty))
            if next.isEmpty { break }
            chunk = next
        }
        while let padding = try sealer.padding() { try write(padding) }
        return byteCount
    }

    /// Opens a stream of any length in constant memory.
    ///
    /// What was written counts only once this has returned: it may throw after the greater part was written.
    ///
    /// - Parameters:
    ///   - read: gives the sealed chunks one by one as they were written, then nothing.
    ///   - write: takes the content, piece by piece.
    /// - Throws: as ``open(_:owner:)``, and what the closures throw.
    public func open(
        owner: Data, reading read: () throws -> Data?, writing write: (Data) throws -> Void
    ) throws {
        var opener = opener(owner: owner)
        while let chunk = try read() {
            let piece = try opener.open(chunk: chunk).plaintext
            if !piece.isEmpty { try write(piece) }
        }
        try opener.finish()
    }

    private static func fullChunk(_ read: (Int) throws -> Data) throws -> Data {
        var chunk = Data(capacity: StreamSealer.chunkByteCount)
        while chunk.count < StreamSealer.chunkByteCount {
            let piece = try read(StreamSealer.chunkByteCount - chunk.count)
            if piece.isEmpty { break }
            chunk.append(piece)
        }
        return chunk
    }
}
