import EncryptedStore
import Foundation

/// The roster's chain, and the policy sets it pins.
struct RosterRows {
    let statements: any Statements

    func all() throws -> [Data] {
        try statements.rows("SELECT statement FROM roster ORDER BY position", []).map { try $0.blob("statement") }
    }

    func append(_ statement: Data, position: Int) throws {
        try statements.run(
            "INSERT INTO roster (position, statement) VALUES (?, ?)", [.integer(Int64(position)), .blob(statement)])
    }

    func policySet(_ digest: Data) throws -> Data? {
        try statements.rows("SELECT bytes FROM policy_set WHERE digest = ?", [.blob(digest)]).first?.blob("bytes")
    }

    func insertPolicySet(_ digest: Data, bytes: Data) throws {
        try statements.run(
            "INSERT OR IGNORE INTO policy_set (digest, bytes) VALUES (?, ?)", [.blob(digest), .blob(bytes)])
    }
}
