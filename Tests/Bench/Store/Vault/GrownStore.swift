import EncryptedStore
import Foundation
import Sealing
import StrongroomTesting
import TransparencyLog

/// A vault's store to which other people's records are added in bulk: random bytes where sealed ones stand, of their
/// size, and as many entries in the access log as such documents would have left.
struct GrownStore {
    private let database: Database
    private let signer: NoteSigner

    private static let documentsPerBatch = 20_000
    /// So that the largest store of a run has one record for so many documents.
    private static let documentsPerRecord = 20

    init(_ vault: TestVault, at directory: URL) throws {
        let raw = RawStore(directory, holder: vault.administrator)
        var bytes = try raw.secret("store-key")
        let key = try StoreKey(taking: &bytes)
        let path = directory.appendingPathComponent("store.db").path
        do {
            database = try Database.open(at: path, key: key, migrations: [])
        } catch StoreFault.newer(let version) {
            database = try Database.open(at: path, key: key, migrations: [Migration(version: version, sql: "")])
        }
        signer = try NoteSigner(name: raw.keyring().logOrigin, ed25519Seed: [UInt8](raw.secret("log-key")))
    }

    /// Adds the documents with the records they stand on, and closes the store.
    func add(documents: Int) throws {
        var frontier = try database.read(Self.frontier)
        for first in stride(from: 0, to: documents, by: Self.documentsPerBatch) {
            let range = first..<min(first + Self.documentsPerBatch, documents)
            try database.write { statements in
                try insert(range, of: documents, statements)
                try grow(&frontier, by: range.count, statements)
            }
        }
        try database.close()
    }

    // MARK: records and documents

    /// Identifiers are drawn in rising order, which fills the tables' trees quickly; to a reader they are random ones.
    private func insert(_ range: Range<Int>, of total: Int, _ statements: any Statements) throws {
        let step = Int64(0xFFFF_FFFF) / Int64(total)
        func identifier(_ letter: String, _ number: String) -> String {
            "'\(letter)_' || printf('%08x%012x%012x', (\(number)) * \(step), \(total), \(number))"
        }
        let perRecord = Self.documentsPerRecord
        let numbers = "WITH RECURSIVE n(i) AS (SELECT ? UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?)"
        let owner = identifier("i", "i / \(perRecord) * \(perRecord)")
        for sql in [
            """
            INSERT INTO record (id, reference, kind, stage, team, holder, holder_salt, opened_on)
            \(numbers) SELECT \(owner), 'X' || hex(randomblob(8)), 'care', 'open', team, holder, holder_salt, opened_on
            FROM n, (SELECT * FROM record LIMIT 1) WHERE i % \(perRecord) = 0
            """,
            """
            INSERT INTO record_key (record, slot, epoch, made_group, made_epoch, recipient, recipient_epoch, sealed)
            \(numbers) SELECT \(owner), slot, epoch, made_group, made_epoch, recipient, recipient_epoch,
                randomblob(length(sealed))
            FROM n, (SELECT * FROM record_key WHERE record = (SELECT max(record) FROM record_key))
            WHERE i % \(perRecord) = 0
            """,
            """
            INSERT INTO search_token (token, record)
            \(numbers) SELECT randomblob(32), \(owner) FROM n WHERE i % \(perRecord) < 4
            """,
            "INSERT INTO document (id, record, complete) \(numbers) SELECT \(identifier("d", "i")), \(owner), 1 FROM n",
            """
            INSERT INTO chunk (document, number, sealed)
            \(numbers) SELECT \(identifier("d", "i")), 0, randomblob(500 + i % 1000) FROM n
            """,
            """
            INSERT INTO entry (id, record, kind, document_kind, slot, key_epoch, happened_on, document, sealed)
            \(numbers) SELECT \(identifier("e", "i")), \(owner), kind, document_kind, slot, key_epoch, happened_on,
                \(identifier("d", "i")), randomblob(length(sealed))
            FROM n, (SELECT * FROM entry WHERE document IS NOT NULL LIMIT 1)
            """,
        ] {
            try statements.run(sql, [.integer(Int64(range.lowerBound)), .integer(Int64(range.upperBound))])
        }
    }

    // MARK: the access log

    private static func frontier(_ statements: any Statements) throws -> TreeFrontier {
        let size = UInt64(try statements.rows("SELECT max(size) AS size FROM log_head")[0].integer("size"))
        let nodes = try TreeFrontier.positions(size: size).map { position in
            let row = try statements.rows(
                "SELECT hash FROM log_node WHERE level = ? AND position = ?",
                [.integer(Int64(position.level)), .integer(Int64(position.index))])[0]
            return Digest32([UInt8](try row.blob("hash")))!
        }
        return try TreeFrontier(size: size, nodes: nodes)
    }

    /// Repeats the last entry, which tells the vault's time, and signs the head over all of them.
    private func grow(_ frontier: inout TreeFrontier, by count: Int, _ statements: any Statements) throws {
        let last = try statements.rows("SELECT bytes FROM log_entry ORDER BY position DESC LIMIT 1")[0].blob("bytes")
        let leaf = MerkleHash.leaf([UInt8](last))
        let first = frontier.size
        for _ in 0..<count {
            try statements.run(
                "INSERT INTO log_entry (position, bytes) VALUES (?, ?)", [.integer(Int64(frontier.size)), .blob(last)])
            for node in frontier.append(leaf: leaf) {
                try statements.run(
                    "INSERT INTO log_node (level, position, hash) VALUES (?, ?, ?)",
                    [
                        .integer(Int64(node.position.level)), .integer(Int64(node.position.index)),
                        .blob(Data(node.hash.bytes)),
                    ])
            }
        }
        try statements.run(
            """
            INSERT INTO opening (position, label, record, salt, sealed)
            WITH RECURSIVE n(i) AS (SELECT ? UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?)
            SELECT i, 'facts', (SELECT min(id) FROM record), randomblob(32), randomblob(1400) FROM n
            """, [.integer(Int64(first)), .integer(Int64(frontier.size))])
        let head = Checkpoint(origin: signer.name, size: frontier.size, root: frontier.root)
        try statements.run(
            "INSERT INTO log_head (size, checkpoint) VALUES (?, ?)",
            [.integer(Int64(frontier.size)), .text(head.signed(by: [signer]))])
    }
}
