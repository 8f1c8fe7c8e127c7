import EncryptedStore
public import Foundation
import Sealing
import WorkingDays

/// What deriving everything again found.
public struct VaultReport: Sendable, Codable {
    /// How many entries the access log has.
    public let logSize: UInt64
    /// How many statements the roster has.
    public let statementCount: Int
    /// How many records.
    public let recordCount: Int
    /// Entries whose seal and signature were opened with the keys of the person who ran the check.
    public let openedEntryCount: Int
    /// Documents nothing referred to, swept by the check.
    public let orphanCount: Int
    /// One line for each thing that is wrong; empty for a sound vault.
    public let problems: [String]
}

extension Session {
    /// Derives everything again: the pages, the log, the roster, every wrap's recipient, and every entry this person
    /// can open. Sweeps documents that nothing refers to.
    public func check() throws -> Outcome<VaultReport> {
        let pages = try database.integrityProblems()
        return try read(Ask(.vaultCheck, on: .vault)) { try VaultCheck(passage: $0, pages: pages).run() }.map {
            report in
            if report.orphanCount > 0 {
                try database.write { statements in
                    let entries = EntryRows(statements: statements)
                    for orphan in try entries.orphans() { try entries.deleteDocument(orphan) }
                }
            }
            return report
        }
    }

    /// Copies the store to one new file while it is in use, with its keyring and its list of removals beside it.
    ///
    /// The copy is opened again with its own keyring and compared before this returns; one that does not hold what the store
    /// holds is deleted.
    ///
    /// - Returns: the number of entries in its log.
    /// - Throws: ``VaultFault/exists(_:)`` if any of the three is there; ``VaultFault/damaged(_:)`` if the store or the copy is.
    public func backup(to file: URL) throws -> Outcome<UInt64> {
        try read(Ask(.vaultBackup, on: .vault), noting: { try $0.rememberBackup() }) { passage in
            for file in BackupFiles(store: file).all where FileManager.default.fileExists(atPath: file.path) {
                throw VaultFault.exists(file.path)
            }
            return try passage.logRows.head()?.size ?? 0
        }.map { size in
            if let problem = try database.integrityProblems().first { throw VaultFault.damaged(problem) }
            let files = BackupFiles(store: file)
            // Before what is taken away on a fault: whoever made a file of that name meanwhile keeps it.
            try database.backup(to: file.path, key: secrets.storeKey)
            do {
                try keyring.save(to: files.keyring)
                // Beside the store too: no list there is older than a backup that was made.
                try writeRemovals()
                try writeRemovals(besides: files.removals)
                try compare(with: files)
            } catch {
                for file in files.all { try? FileManager.default.removeItem(at: file) }
                throw error
            }
            return size
        }
    }
}
