import EncryptedStore
import Foundation
import TransparencyLog

/// The access log's rows: entries, the hashes of complete subtrees, and signed heads.
struct LogRows: NodeSource {
    let statements: any Statements

    func head() throws -> (size: UInt64, checkpoint: String)? {
        try statements.rows("SELECT size, checkpoint FROM log_head ORDER BY size DESC LIMIT 1", [])
            .first.map { (UInt64(try $0.integer("size")), try $0.text("checkpoint")) }
    }

    func insertHead(size: UInt64, checkpoint: String) throws {
        try statements.run(
            "INSERT INTO log_head (size, checkpoint) VALUES (?, ?)", [.integer(Int64(size)), .text(checkpoint)])
    }

    func entryCount() throws -> UInt64 {
        UInt64(try statements.rows("SELECT count(*) AS n FROM log_entry", [])[0].integer("n"))
    }

    /// The position of the last entry that is there, whatever the heads say.
    func lastPosition() throws -> UInt64? {
        let row = try statements.rows("SELECT max(position) AS last FROM log_entry", [])[0]
        return try row.optionalInteger("last").map { UInt64($0) }
    }

    func entry(_ position: UInt64) throws -> [UInt8] {
        guard
            let row = try statements.rows(
                "SELECT bytes FROM log_entry WHERE position = ?", [.integer(Int64(position))]
            ).first
        else { throw VaultFault.damaged("entry \(position) of the access log is missing") }
        return [UInt8](try row.blob("bytes"))
    }

    func insertEntry(_ position: UInt64, bytes: [UInt8]) throws {
        try statements.run(
            "INSERT INTO log_entry (position, bytes) VALUES (?, ?)", [.integer(Int64(position)), .blob(Data(bytes))])
    }

    func insertNode(_ position: NodePosition, hash: Digest32) throws {
        try statements.run(
            "INSERT INTO log_node (level, position, hash) VALUES (?, ?, ?)",
            [.integer(Int64(position.level)), .integer(Int64(position.index)), .blob(Data(hash.bytes))])
    }

    func node(at position: NodePosition) throws -> Digest32 {
        let rows = try statements.rows(
            "SELECT hash FROM log_node WHERE level = ? AND position = ?",
            [.integer(Int64(position.level)), .integer(Int64(position.index))])
        guard let row = rows.first, let hash = Digest32([UInt8](try row.blob("hash"))) else {
            throw VaultFault.damaged("a node of the access log's tree is missing")
        }
        return hash
    }

    // MARK: aliases and openings

    /// The record's standing alias, made on its first use.
    func standingAlias(of record: String) throws -> String {
        let rows = try statements.rows(
            "SELECT alias FROM alias WHERE record = ? AND standing = 1", [.text(record)])
        if let known = rows.first { return try known.text("alias") }
        return try newAlias(of: record, isStanding: true)
    }

    /// An alias for one entry only; of nothing at all where there is no such record.
    func freshAlias(of record: String?) throws -> String {
        guard let record else { return Identifier.fresh(.alias) }
        return try newAlias(of: record, isStanding: false)
    }

    func aliases(of record: String) throws -> Set<String> {
        Set(
            try statements.rows("SELECT alias FROM alias WHERE record = ?", [.text(record)])
                .map { try $0.text("alias") })
    }

    private func newAlias(of record: String, isStanding: Bool) throws -> String {
        let alias = Identifier.fresh(.alias)
        try statements.run(
            "INSERT INTO alias (alias, record, standing) VALUES (?, ?, ?)",
            [.text(alias), .text(record), .integer(isStanding ? 1 : 0)])
        return alias
    }

    func insertOpening(_ position: UInt64, label: String, record: String?, salt: Data, sealed: Data) throws {
        try statements.run(
            "INSERT INTO opening (position, label, record, salt, sealed) VALUES (?, ?, ?, ?, ?)",
            [.integer(Int64(position)), .text(label), StoredValue(record), .blob(salt), .blob(sealed)])
    }

    func opening(_ position: UInt64, label: String) throws -> (salt: Data, sealed: Data)? {
        try statements.rows(
            "SELECT salt, sealed FROM opening WHERE position = ? AND label = ?",
            [.integer(Int64(position)), .text(label)]
        ).first.map { (try $0.blob("salt"), try $0.blob("sealed")) }
    }

    /// Erases what was committed to about one record; the commitments stay and hide even guessable values.
    func deleteOpenings(of record: String) throws {
        try statements.run("DELETE FROM opening WHERE record = ?", [.text(record)])
    }
}
