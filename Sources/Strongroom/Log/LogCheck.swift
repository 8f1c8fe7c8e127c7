import Foundation
import Sealing
import TransparencyLog
import WorkingDays

/// Derives the access log again from nothing but its stored entries.
struct LogCheck {
    let passage: Passage

    /// - Throws: ``VaultFault/damaged(_:)`` naming the first entry, node or head that does not follow, or a log fault if
    ///   it does not extend `since`.
    func run(since: String? = nil) throws -> LogVerification {
        let rows = passage.logRows
        guard let head = try rows.head() else { throw VaultFault.damaged("the access log has no head") }
        let checkpoint = try Checkpoint.open(
            head.checkpoint, origin: passage.session.logSigner.name, verifier: passage.session.logSigner.verifier)
        guard try rows.entryCount() == head.size, checkpoint.size == head.size else {
            throw VaultFault.damaged("the access log has more or fewer entries than its head says")
        }
        var frontier = TreeFrontier()
        var last: VaultTime?
        var signatures = 0
        for position in 0..<head.size {
            let bytes = try rows.entry(position)
            for node in frontier.append(leaf: MerkleHash.leaf(bytes))
            where try rows.node(at: node.position) != node.hash {
                throw VaultFault.damaged("a node over entry \(position) of the access log")
            }
            last = try check(bytes, at: position, after: last)
            signatures += 1
        }
        guard frontier.root == checkpoint.root else { throw VaultFault.damaged("the access log's root") }
        for beginning in passage.roster.logBeginnings { try check(beginning.former) }
        return LogVerification(
            size: head.size, root: checkpoint.root.base64, extends: try since.map { try extends($0, to: checkpoint) },
            signatureCount: signatures)
    }

    private func check(_ bytes: [UInt8], at position: UInt64, after last: VaultTime?) throws -> VaultTime {
        let entry = try LoggedEntry.parse(bytes)
        guard entry.seq == position, let time = VaultTime(text: entry.t), last.map({ $0 <= time }) ?? true else {
            throw VaultFault.damaged("entry \(position) of the access log stands out of order")
        }
        let text = String(decoding: bytes, as: UTF8.self)
        guard let end = text.range(of: ",\"sig\":\"", options: .backwards), let sig = Data(base64Encoded: entry.sig),
            let signature = try? Signature(encoded: sig),
            let keys = passage.roster.verificationKeys(ofKeyID: entry.key, of: entry.actor),
            signature.verify(
                Data(text[..<end.lowerBound].utf8), label: VaultLabel.logEntry, by: keys, atLeast: .ordinary)
        else { throw VaultFault.damaged("entry \(position) of the access log is not signed by its actor") }
        return time
    }

    /// What a restore says it began from must be there.
    private func check(_ former: LogHead) throws {
        guard try Data(MerkleTree.root(size: former.size, from: passage.logRows).bytes) == former.root else {
            throw VaultFault.damaged("the head that the access log was restored from")
        }
    }

    /// A checkpoint of this origin, or of a former one up to where a restore took it up: what came after is lost, and the
    /// checkpoint proves that it was there.
    private func extends(_ note: String, to checkpoint: Checkpoint) throws -> UInt64 {
        let (earlier, kept) = try opened(note, checkpoint)
        guard earlier.size <= kept else { throw LogFault.rolledBack(held: earlier.size, found: kept) }
        guard try MerkleTree.root(size: earlier.size, from: passage.logRows) == earlier.root else {
            throw LogFault.forked(size: earlier.size)
        }
        return earlier.size
    }
    private func opened(_ note: String, _ checkpoint: Checkpoint) throws -> (Checkpoint, kept: UInt64) {
        for former in passage.roster.logBeginnings where note.hasPrefix(former.former.origin + "\n") {
            let verifier = try NoteVerifier(vkey: former.formerKey)
            return (try Checkpoint.open(note, origin: verifier.name, verifier: verifier), former.former.size)
        }
        let verifier = passage.session.logSigner.verifier
        return (try Checkpoint.open(note, origin: checkpoint.origin, verifier: verifier), checkpoint.size)
    }
}
