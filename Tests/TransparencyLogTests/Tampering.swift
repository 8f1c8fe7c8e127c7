import Foundation
import TransparencyLog

/// What someone with the files in hand may do to an exported log of 1000 entries, and what must be said of it.
enum Tampering: String, CaseIterable {
    case entryByteFlipped, entryReplacedWithItsHash, entryAdded, entriesSwapped, entriesSwappedWithTheirHashes
    case bundleLengthFlipped, bundleRemoved, bundleIsAPipe
    case tileByteFlipped, upperTileByteFlipped, tileShortened, tileRemoved
    case tailRemoved, tailCutInsideAnEntry, tailRemovedAndSizeEdited
    case sizeEdited, rootEdited, signatureFlipped, signatureRemoved, checkpointNotUTF8, checkpointRemoved
    case wrongOrigin, otherLogOtherKey, rolledBack, forked

    static let log = MemoryLog.canonical(count: 1_000)
    static let heldSize = 600

    /// What our audit must say.
    var fault: LogFault {
        switch self {
        case .entryByteFlipped: .entryChanged(300)
        case .entriesSwapped: .entryMoved(5, committedAt: 9)
        case .entryReplacedWithItsHash, .entriesSwappedWithTheirHashes: .rootDiffers
        case .entryAdded: .malformed("`tile/entries/003.p/232` goes on after entry 999")
        case .bundleLengthFlipped: .malformed("`tile/entries/003.p/232` ends inside entry 768")
        case .bundleRemoved: .missing("tile/entries/002")
        case .bundleIsAPipe: .malformed("`tile/entries/002` is not a file")
        case .tileByteFlipped: .tileChanged(path: "tile/0/002")
        case .upperTileByteFlipped: .tileChanged(path: "tile/1/000.p/3")
        case .tileShortened: .malformed("`tile/0/001` has 8191 bytes, not 8192")
        case .tileRemoved: .missing("tile/1/000.p/3")
        case .tailRemoved: .entryMissing(999)
        case .tailCutInsideAnEntry: .malformed("`tile/entries/003.p/232` ends inside entry 999")
        case .tailRemovedAndSizeEdited, .sizeEdited, .rootEdited, .signatureFlipped:
            .badSignature(key: MemoryLog.origin)
        case .signatureRemoved: .notSigned(by: MemoryLog.origin)
        case .checkpointNotUTF8: .malformed("the checkpoint is not UTF-8")
        case .checkpointRemoved: .missing("checkpoint")
        case .wrongOrigin, .otherLogOtherKey: .wrongOrigin(expected: MemoryLog.origin, found: "other.example/log")
        case .rolledBack: .rolledBack(held: 600, found: 500)
        case .forked: .forked(size: 600)
        }
    }

    /// Lays an export with this done to it.
    func make(in place: Workplace) throws {
        switch self {
        case .rolledBack: return try Self.log.export(500, to: place.url)
        case .forked: return try MemoryLog.canonical(count: 1_000, policy: "access/13").export(1_000, to: place.url)
        default: try Self.log.export(1_000, to: place.url)
        }
        try tamper(with: place)
    }

    private func tamper(with place: Workplace) throws {
        let lastBundle = "tile/entries/003.p/232"
        switch self {
        case .entryByteFlipped: try place.flip("tile/entries/001", at: place.offset(ofEntry: 300) + 60)
        case .entryReplacedWithItsHash: try replace(entry: 300, with: Array("forged".utf8), in: place)
        case .entryAdded: try place.edit(lastBundle) { $0 += [0, 1, 0x41] }
        case .entriesSwapped: try swap(5, 9, in: place)
        case .entriesSwappedWithTheirHashes:
            try swap(5, 9, in: place)
            try place.edit("tile/0/000") { bytes in
                for offset in 0..<32 { bytes.swapAt(5 * 32 + offset, 9 * 32 + offset) }
            }
        case .bundleLengthFlipped: try place.edit(lastBundle) { $0[0] ^= 0x80 }
        case .bundleRemoved: try place.remove("tile/entries/002")
        case .bundleIsAPipe:
            try place.remove("tile/entries/002")
            let pipe = place.url.appending(path: "tile/entries/002").path
            guard mkfifo(pipe, 0o600) == 0 else { throw POSIXError(.EIO) }
        case .tileByteFlipped: try place.flip("tile/0/002", at: 4_000)
        case .upperTileByteFlipped: try place.flip("tile/1/000.p/3", at: 40)
        case .tileShortened: try place.edit("tile/0/001") { $0.removeLast() }
        case .tileRemoved: try place.remove("tile/1/000.p/3")
        case .tailRemoved: try place.edit(lastBundle) { $0.removeLast(2 + Self.log.entries[999].count) }
        case .tailCutInsideAnEntry: try place.edit(lastBundle) { $0.removeLast() }
        default: try tamperWithHead(of: place)
        }
    }

    private func tamperWithHead(of place: Workplace) throws {
        switch self {
        case .sizeEdited: try place.rewrite("checkpoint", "\n1000\n", "\n1001\n")
        case .tailRemovedAndSizeEdited:
            try FileManager.default.removeItem(at: place.url)
            try Self.log.export(999, to: place.url)
            let signatures = try Self.log.note(1_000).dropFirst(Self.log.checkpoint(1_000).body.count)
            let forged = try Self.log.checkpoint(999).body + signatures
            try place.edit("checkpoint") { $0 = Array(forged.utf8) }
        case .rootEdited: try place.rewrite("checkpoint", Self.log.root(1_000).base64, Self.log.root(999).base64)
        case .signatureFlipped: try place.edit("checkpoint") { $0[$0.count - 12] ^= 1 }
        case .signatureRemoved:
            let stranger = MemoryLog.signer(named: "stranger", firstSeedByte: 64)
            let body = try Self.log.checkpoint(1_000).body
            try place.edit("checkpoint") { $0 = Array(SignedNote(text: body, signedBy: [stranger]).encoded.utf8) }
        case .checkpointNotUTF8: try place.edit("checkpoint") { $0[3] = 0xFF }
        case .checkpointRemoved: try place.remove("checkpoint")
        case .wrongOrigin, .otherLogOtherKey:
            let other = MemoryLog.signer(named: "other.example/log", firstSeedByte: 64)
            let head = Checkpoint(origin: other.name, size: 1_000, root: try Self.log.root(1_000))
            let signer = self == .wrongOrigin ? MemoryLog.signer : other
            try place.edit("checkpoint") { $0 = Array(SignedNote(text: head.body, signedBy: [signer]).encoded.utf8) }
        default: break
        }
    }

    private func swap(_ first: Int, _ second: Int, in place: Workplace) throws {
        let entries = Self.log.entries
        precondition(entries[first].count == entries[second].count, "entries of one length, so that offsets stay")
        try place.edit("tile/entries/000") { bytes in
            for (hole, entry) in [(first, entries[second]), (second, entries[first])] {
                let start = place.offset(ofEntry: hole) + 2
                bytes.replaceSubrange(start..<start + entry.count, with: entry)
            }
        }
    }

    private func replace(entry index: Int, with bytes: [UInt8], in place: Workplace) throws {
        let start = place.offset(ofEntry: index)
        try place.edit("tile/entries/001") {
            $0.replaceSubrange(
                start..<start + 2 + Self.log.entries[index].count, with: [0, UInt8(bytes.count)] + bytes)
        }
        let hash = (index - 256) * 32
        try place.edit("tile/0/001") { $0.replaceSubrange(hash..<hash + 32, with: MerkleHash.leaf(bytes).bytes) }
    }
}

extension Workplace {
    func edit(_ path: String, _ change: (inout [UInt8]) throws -> Void) throws {
        var bytes = Array(try Data(contentsOf: url.appending(path: path)))
        try change(&bytes)
        try Data(bytes).write(to: url.appending(path: path))
    }

    func flip(_ path: String, at offset: Int) throws { try edit(path) { $0[offset] ^= 1 } }

    func remove(_ path: String) throws { try FileManager.default.removeItem(at: url.appending(path: path)) }

    func rewrite(_ path: String, _ old: String, _ new: String) throws {
        let text = try String(contentsOf: url.appending(path: path), encoding: .utf8)
        precondition(text.contains(old), "there is something to rewrite")
        try edit(path) { $0 = Array(text.replacing(old, with: new).utf8) }
    }

    /// Where the entry's length stands in its bundle.
    func offset(ofEntry index: Int) -> Int {
        Tampering.log.entries[index / 256 * 256..<index].reduce(0) { $0 + 2 + $1.count }
    }
}
