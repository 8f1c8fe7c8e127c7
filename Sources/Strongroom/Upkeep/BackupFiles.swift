import EncryptedStore
public import Foundation
public import Sealing
import TransparencyLog

/// The three files of a backup.
struct BackupFiles {
    let store: URL
    var keyring: URL { store.appendingPathExtension("keyring") }
    var removals: URL { store.appendingPathExtension("removals") }
    var all: [URL] { [store, keyring, removals] }
}

extension Session {
    /// Opens a backup as a restore would, and wants of it what the store holds.
    func compare(with files: BackupFiles) throws {
        let keyring = try StoreKeyring.load(from: files.keyring)
        let found = try VaultSecrets.unwrap(
            from: keyring, recipient: identity.card.keyID, with: identity.encapsulation)
        let copy = try Database.open(at: files.store.path, key: found.storeKey, migrations: Schema.migrations)
        defer { try? copy.close() }
        if let problem = try copy.integrityProblems().first { throw VaultFault.damaged("the backup: \(problem)") }
        guard try copy.read(Self.contents) == database.read(Self.contents) else {
            throw VaultFault.damaged("the backup does not hold what the store holds")
        }
        _ = try OpenedRemovals(.load(from: files.removals), secrets: found, vault: vaultID)
    }

    /// For each table how many rows it has, and the log's head, which covers every act that made them.
    private static func contents(_ statements: any Statements) throws -> [String: String] {
        var contents = ["head": try LogRows(statements: statements).head()?.checkpoint ?? ""]
        for row in try statements.rows("SELECT name FROM sqlite_schema WHERE type = 'table'", []) {
            let name = try row.text("name")
            contents["table \(name)"] = try String(
                statements.rows("SELECT count(*) AS n FROM \"\(name)\"", [])[0].integer("n"))
        }
        return contents
    }
}

extension Vault {
    /// Derives everything again in a backup, and changes nothing of it: a copy is opened, and deleted.
    ///
    /// The copy lies in the system's folder for temporary files, sealed as the backup is, and needs as much room. What is
    /// asked is decided by the policies in the backup; the vault itself does not come to know of it.
    ///
    /// - Throws: ``VaultFault/damaged(_:)`` and ``VaultFault/keyringDiffers`` if it does not open.
    public static func check(
        backup: URL, identity: Identity, clock: VaultClock, confirmClock: Bool = false
    ) throws -> Outcome<VaultReport> {
        let files = BackupFiles(store: backup)
        let folder = try Staging(
            for: FileManager.default.temporaryDirectory.appending(
                path: "strongroom-check-\(getuid())", directoryHint: .isDirectory))
        try folder.copy(files.store, as: storeName)
        try folder.copy(files.keyring, as: keyringName)
        let list = FileManager.default.fileExists(atPath: files.removals.path)
        if list { try folder.copy(files.removals, as: removalsName) }
        let session = try open(at: folder.directory, identity: identity, clock: clock, confirmClock: confirmClock)
        defer { try? session.close() }
        let beside = list ? try session.problems(of: files.removals) : ["there is no list of removals beside it"]
        return try session.check().map { $0.adding(beside) }
    }
}

extension Session {
    /// What is wrong with a list of removals beside this store.
    fileprivate func problems(of list: URL) throws -> [String] {
        do {
            let opened = try OpenedRemovals(.load(from: list), secrets: secrets, vault: vaultID)
            return try database.read { statements in
                let passage = try Passage(session: self, statements: statements, target: .vault)
                try opened.requireSigned(in: passage.roster, accepting: nil)
                guard let head = try passage.logRows.head() else { return [] }
                let checkpoint = try Checkpoint.open(
                    head.checkpoint, origin: logSigner.name, verifier: logSigner.verifier)
                try opened.requireFollows(LogHead(checkpoint), passage)
                return []
            }
        } catch let fault as VaultFault {
            return [fault.description]
        } catch let fault as StoreFault {
            return [fault.description]
        }
    }
}

extension VaultReport {
    fileprivate func adding(_ more: [String]) -> VaultReport {
        VaultReport(
            logSize: logSize, statementCount: statementCount, recordCount: recordCount,
            openedEntryCount: openedEntryCount, orphanCount: orphanCount, problems: problems + more)
    }
}
