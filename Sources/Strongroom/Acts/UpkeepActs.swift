import EncryptedStore
public import Foundation
public import Sealing
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

    /// Copies the store, with its keyring, to one new file while it is in use.
    public func backup(to file: URL) throws -> Outcome<UInt64> {
        try read(Ask(.vaultBackup, on: .vault), noting: { try $0.rememberBackup() }) { passage in
            guard !FileManager.default.fileExists(atPath: file.path) else { throw VaultFault.exists(file.path) }
            return try passage.logRows.head()?.size ?? 0
        }.map { size in
            if let problem = try database.integrityProblems().first { throw VaultFault.damaged(problem) }
            try database.backup(to: file.path, key: secrets.storeKey)
            try keyring.save(to: file.appendingPathExtension("keyring"))
            return size
        }
    }
}

extension Vault {
    /// Puts a backup in place as a new vault directory, if policy lets this person, and checks that it derives.
    ///
    /// The act is the restored log's next entry. On a denial or any fault the directory is left as it was.
    ///
    /// - Throws: ``VaultFault/exists(_:)`` if the directory is not empty.
    public static func restore(
        backup: URL, to directory: URL, identity: Identity, clock: VaultClock, confirmClock: Bool = false
    ) throws -> Outcome<VaultReport> {
        let files = FileManager.default
        if let found = try? files.contentsOfDirectory(atPath: directory.path), !found.isEmpty {
            throw VaultFault.exists(directory.path)
        }
        let keyring = try StoreKeyring.load(from: backup.appendingPathExtension("keyring"))
        try files.createDirectory(
            at: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        func clear() {
            for name in [storeName, keyringName, storeName + "-wal"] {
                try? files.removeItem(at: directory.appendingPathComponent(name))
            }
        }
        do {
            try files.copyItem(at: backup, to: directory.appendingPathComponent(storeName))
            try keyring.save(to: directory.appendingPathComponent(keyringName))
            let outcome = try restored(directory, identity: identity, clock: clock, confirmClock: confirmClock)
            if case .done = outcome { return outcome }
            clear()
            return outcome
        } catch {
            clear()
            throw error
        }
    }

    private static func restored(
        _ directory: URL, identity: Identity, clock: VaultClock, confirmClock: Bool
    ) throws -> Outcome<VaultReport> {
        let session = try open(at: directory, identity: identity, clock: clock, confirmClock: confirmClock)
        defer { try? session.close() }
        let decided = try session.write(Ask(.vaultRestore, on: .vault)) { _ in }
        guard case .done = decided else { return .denied(Denial(typed: nil)) }
        return try session.check()
    }
}
