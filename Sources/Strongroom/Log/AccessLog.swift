import Foundation
import Sealing
import TransparencyLog

/// Appends to the access log inside one transaction of the store.
///
/// Entries, the tree's nodes and one signed checkpoint over them become durable together with what they allow, or not
/// at all. A crash before the commit leaves neither; a crash after it leaves both.
final class AccessLog {
    private let rows: LogRows
    private let signer: NoteSigner
    private var frontier: TreeFrontier
    private let sizeBefore: UInt64

    /// Loads the right edge of the tree.
    ///
    /// - Parameter former: the key that signed the stored head, in the one passage that begins a new origin after it.
    /// - Throws: ``VaultFault/damaged(_:)`` if the last checkpoint is not ours or does not cover the stored tree.
    init(rows: LogRows, signer: NoteSigner, continuing former: NoteVerifier? = nil) throws {
        self.rows = rows
        self.signer = signer
        guard let head = try rows.head() else {
            frontier = TreeFrontier()
            sizeBefore = 0
            return
        }
        let nodes = try TreeFrontier.positions(size: head.size).map(rows.node(at:))
        frontier = try TreeFrontier(size: head.size, nodes: nodes)
        sizeBefore = head.size
        let checkpoint: Checkpoint
        do {
            let verifier = former ?? signer.verifier
            checkpoint = try Checkpoint.open(head.checkpoint, origin: verifier.name, verifier: verifier)
        } catch {
            throw VaultFault.damaged("the last checkpoint of the access log is not signed by its key")
        }
        guard checkpoint.size == head.size, checkpoint.root == frontier.root,
            try rows.lastPosition() == head.size - 1
        else {
            throw VaultFault.damaged("the last checkpoint does not cover the access log")
        }
    }

    var size: UInt64 { frontier.size }

    /// The time and heads of the last entry, or nil in an empty log.
    ///
    /// - Throws: ``VaultFault/damaged(_:)`` if it is not the leaf that the checkpoint covers: vault time and the roster's
    ///   end are read from it, so an edited one could turn either back.
    func last() throws -> LoggedEntry? {
        guard let edge = frontier.nodes.last else { return nil }
        let bytes = try rows.entry(frontier.size - 1)
        var hash = MerkleHash.leaf(bytes)
        for level in 0..<frontier.size.trailingZeroBitCount {
            let left = NodePosition(level: level, index: (frontier.size - 1) >> UInt64(level) - 1)
            hash = MerkleHash.node(try rows.node(at: left), hash)
        }
        guard hash == edge else { throw VaultFault.damaged("the last entry of the access log") }
        return try LoggedEntry.parse(bytes)
    }

    /// Appends one entry, signed by its actor, and returns its position.
    ///
    /// - Parameters:
    ///   - opener: the public key that the committed values are kept for.
    ///   - record: the record the entry is about, with which those values go.
    @discardableResult
    func append(
        _ entry: AccessEntry, about record: String?, by identity: Identity, opener: EncapsulationPublicKey
    ) throws -> UInt64 {
        let position = frontier.size
        let signature = try identity.signing.sign(
            Data(entry.unsigned(position: position).utf8), label: VaultLabel.logEntry, strength: .ordinary)
        let bytes = entry.bytes(position: position, signature: signature.encoded)
        try rows.insertEntry(position, bytes: bytes)
        for node in frontier.append(leaf: MerkleHash.leaf(bytes)) {
            try rows.insertNode(node.position, hash: node.hash)
        }
        for commitment in entry.commitments {
            try rows.insertOpening(
                position, label: commitment.label, record: record, salt: commitment.salt,
                sealed: try Envelope.seal(
                    commitment.value, to: opener, label: VaultLabel.logOpening, context: Data("\(position)".utf8)))
        }
        return position
    }

    /// Signs one checkpoint over everything appended. Call it last, inside the same transaction.
    func sign() throws {
        guard frontier.size > sizeBefore else { return }
        let checkpoint = Checkpoint(origin: signer.name, size: frontier.size, root: frontier.root)
        try rows.insertHead(size: frontier.size, checkpoint: checkpoint.signed(by: [signer]))
    }
}
