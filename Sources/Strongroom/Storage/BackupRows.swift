import EncryptedStore
import Sealing

/// One backup as the vault remembers it. Where it went is never kept.
public struct BackupLine: Sendable, Codable, Hashable {
    /// When it was made, UTC.
    public let at: String
    /// How many entries the access log had.
    public let logSize: Int
}

/// The backups that were made: until when which shares open them.
struct BackupRows {
    let statements: any Statements

    /// Remembers a backup.
    ///
    /// - Parameter recovery: the recovery card in force, whose shares open it for as long as it exists.
    func insert(at: String, logSize: UInt64, recovery: String?) throws {
        try statements.run(
            "INSERT INTO backup_made (log_size, at, recovery) VALUES (?, ?, ?)",
            [.integer(Int64(logSize)), .text(at), StoredValue(recovery)])
    }

    /// Those that a recovery card's shares open, the first made first.
    func made(under recovery: String) throws -> [BackupLine] {
        try statements.rows(
            "SELECT at, log_size FROM backup_made WHERE recovery = ? ORDER BY log_size", [.text(recovery)]
        ).map { BackupLine(at: try $0.text("at"), logSize: Int(try $0.integer("log_size"))) }
    }
}

extension Passage {
    /// Remembers, with the entry that says so, that a backup is about to be made: one too many on the list harms nobody.
    func rememberBackup() throws {
        try backups.insert(at: now.text, logSize: logRows.head()?.size ?? 0, recovery: roster.recoveryCard?.keyID)
    }
}
