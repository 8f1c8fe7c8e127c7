import Crypto
import Foundation
import Sealing

/// Documents as sealed streams: 64 KiB at a time, whatever their size.
extension Passage {
    /// Where a document lies: its identifier, its record and the record's key.
    struct Place {
        let document: String
        let record: String
        let key: RecordKey

        var entryKey: EntryKey { key.entryKey(Data(document.utf8)) }
        var owner: Data { Passage.owner(entry: document, record: record) }
    }

    /// Copies a document's stream under another key, chunk by chunk.
    ///
    /// - Returns: the new document's identifier.
    func recopy(_ source: Place, toRecord record: String, key: RecordKey) throws -> String {
        let target = Place(document: Identifier.fresh(.document), record: record, key: key)
        try entries.insertDocument(target.document, record: record, isComplete: true)
        var reader = ChunkReader(entries: entries, document: source.document)
        var opener = source.entryKey.opener(owner: source.owner)
        var held = Data()
        var number = 0
        try target.entryKey.seal(owner: target.owner) { wanted in
            while held.isEmpty, let sealed = try reader.next() { held = try opener.open(chunk: sealed).plaintext }
            defer { held = Data(held.dropFirst(wanted)) }
            return Data(held.prefix(wanted))
        } writing: { sealed in
            try entries.insertChunk(target.document, number: number, sealed: sealed)
            number += 1
        }
        try opener.finish()
        return target.document
    }

    /// Opens a document piece by piece and checks it against the digest its author signed.
    func stream(_ place: Place, digest expected: Data?, to write: (Data) throws -> Void) throws {
        var reader = ChunkReader(entries: entries, document: place.document)
        var digest = SHA256()
        do {
            try place.entryKey.open(owner: place.owner) {
                try reader.next()
            } writing: { piece in
                digest.update(data: piece)
                try write(piece)
            }
        } catch let fault as SealingFault {
            throw VaultFault.damaged("a document does not open: \(fault)")
        }
        guard expected == Data(digest.finalize()) else {
            throw VaultFault.damaged("a document is not the one that was signed")
        }
    }
}

/// Reads a document's sealed chunks in order.
struct ChunkReader {
    private let entries: EntryRows
    private let document: String
    private var number = 0

    init(entries: EntryRows, document: String) {
        self.entries = entries
        self.document = document
    }

    mutating func next() throws -> Data? {
        defer { number += 1 }
        return try entries.chunk(document, number: number)
    }
}
