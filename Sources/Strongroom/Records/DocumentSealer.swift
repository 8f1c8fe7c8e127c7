import Crypto
import Foundation
import Sealing

/// Seals a file into chunk rows, a batch at a time, so that a large document never lies in memory or one transaction.
struct DocumentSealer {
    let source: SourceFile
    let place: Passage.Place
    private(set) var byteCount: UInt64 = 0
    private var hash = SHA256()
    private var sealer: StreamSealer
    private var pending: Data?
    private var isEnded = false
    private var number = 0

    init(source: SourceFile, place: Passage.Place) {
        self.source = source
        self.place = place
        sealer = place.entryKey.sealer(owner: place.owner)
    }

    /// SHA-256 of what was read.
    var digest: Data { Data(hash.finalize()) }

    /// The next sealed chunks, at most `count`; nil when the stream, padding included, is complete.
    mutating func next(_ count: Int) throws -> [Data]? {
        var chunks: [Data] = []
        while chunks.count < count, let chunk = try nextChunk() { chunks.append(chunk) }
        return chunks.isEmpty ? nil : chunks
    }

    mutating func store(_ chunks: [Data], in entries: EntryRows) throws {
        for chunk in chunks {
            try entries.insertChunk(place.document, number: number, sealed: chunk)
            number += 1
        }
    }

    private mutating func nextChunk() throws -> Data? {
        guard !isEnded else { return try sealer.padding() }
        let chunk = try pending ?? fullChunk()
        pending = chunk.count < StreamSealer.chunkByteCount ? Data() : try fullChunk()
        isEnded = pending?.isEmpty ?? true
        byteCount += UInt64(chunk.count)
        hash.update(data: chunk)
        return try sealer.seal(chunk: chunk, isLast: isEnded)
    }

    private func fullChunk() throws -> Data {
        var chunk = Data(capacity: StreamSealer.chunkByteCount)
        while chunk.count < StreamSealer.chunkByteCount {
            let piece = try source.read(StreamSealer.chunkByteCount - chunk.count)
            if piece.isEmpty { break }
            chunk.append(piece)
        }
        return chunk
    }
}
