import EncryptedStore
public import Foundation
public import Sealing
import TransparencyLog

/// A vault directory: `store.db`, `store.keyring`, and `store.removals`, which a restore needs beside a backup.
public enum Vault {
    static let storeName = "store.db"
    static let keyringName = "store.keyring"
    static let removalsName = "store.removals"

    /// What making a vault tells its founder.
    public struct Created: Sendable {
        /// The vault's random identifier.
        public let vaultID: String
        /// The fingerprint that every identity must be told by a way other than the vault itself.
        public let rootFingerprint: Data
        /// The access log's public key, in the text form auditors' tools take.
        public let logKey: String
    }

    /// What can be told of a vault without any key.
    public struct Face: Sendable {
        /// The vault's identifier.
        public let vaultID: String
        /// Whether it was made for practice.
        public let isPractice: Bool
        /// The root fingerprint that the keyring claims; to be compared with the one an administrator holds.
        public let rootFingerprint: Data
        /// The access log's public key that the keyring claims.
        public let logKey: String
    }

    /// Makes a vault with its founder as the first adoption administrator, one team, and a pinned policy set.
    ///
    /// Entry 0 of the access log pins the policies. Until it returns there is no vault: a crash leaves a directory
    /// without a keyring, which no command opens.
    ///
    /// - Parameters:
    ///   - directory: must not exist, or be empty.
    ///   - practice: permanent; stands in the log's origin, and alone allows a settable clock.
    ///   - policies: the directory of the policy profile to pin; it must validate and pass its own tables.
    /// - Throws: ``VaultFault/exists(_:)``, ``VaultFault/policies(_:)``, or what the disk says.
    public static func create(
        at directory: URL, founder: Identity, handle: String, team: String, practice: Bool, policies: URL,
        clock: VaultClock, disk: String? = nil
    ) throws -> Created {
        let profile = try PolicyCheck(PolicyFolder(policies)).accepted()
        let files = FileManager.default
        if let found = try? files.contentsOfDirectory(atPath: directory.path), !found.isEmpty {
            throw VaultFault.exists(directory.path)
        }
        try files.createDirectory(
            at: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let store = directory.appendingPathComponent(storeName)
        let secrets = try VaultSecrets.fresh()
        let database = try Database.create(
            at: store.path, key: secrets.storeKey, migrations: Schema.migrations, disk: disk ?? Database.ownedDisk)
        do {
            let founding = Founding(
                database: database, directory: directory, secrets: secrets, founder: founder, handle: handle,
                team: team,
                practice: practice, profile: profile, clock: clock)
            let created = try founding.run()
            try database.close()
            return created
        } catch {
            try? database.close()
            for name in (try? files.contentsOfDirectory(atPath: directory.path)) ?? [] {
                try? files.removeItem(at: directory.appendingPathComponent(name))
            }
            throw error
        }
    }

    /// Opens a vault for one person.
    ///
    /// - Parameters:
    ///   - confirmClock: a person's word that the clock's leap since the last entry is right; logged.
    ///   - disk: the name of the disk the store is opened on; tests pass one that fails.
    /// - Throws: ``VaultFault/notAMember``, ``VaultFault/rootNotPinned(vault:)``, ``VaultFault/rootDiffers``,
    ///   ``VaultFault/rosterAltered(_:)``; a store fault if another process holds the store.
    public static func open(
        at directory: URL, identity: Identity, clock: VaultClock, confirmClock: Bool = false, disk: String? = nil,
        waitMilliseconds: Int = 5_000
    ) throws -> Session {
        let keyring = try loadKeyring(directory)
        var secrets = try VaultSecrets.unwrap(
            from: keyring, recipient: identity.card.keyID, with: identity.encapsulation)
        let database = try openStore(
            in: directory, with: &secrets, waitMilliseconds: waitMilliseconds, disk: disk)
        do {
            let session = try Session(
                database: database, directory: directory, keyring: keyring, identity: identity, secrets: secrets,
                clock: clock, clockIsConfirmed: confirmClock)
            try session.requireLogOfRoster()
            try session.reconcileKeyring()
            try session.reconcileRemovals()
            return session
        } catch {
            try? database.close()
            throw error
        }
    }

    /// Opens the store under its key, or under the one it was being sealed anew under when a crash came; the secrets say
    /// which it was.
    ///
    /// - Throws: ``VaultFault/keyringDiffers`` if neither opens it, whatever it is; then the files are unchanged.
    static func openStore(
        in directory: URL, with secrets: inout VaultSecrets, waitMilliseconds: Int = 5_000, disk: String? = nil
    ) throws -> Database {
        for key in [secrets.storeKey, secrets.nextStoreKey].compactMap({ $0 }) {
            do {
                let database = try Database.open(
                    at: directory.appendingPathComponent(storeName).path, key: key, migrations: Schema.migrations,
                    waitMilliseconds: waitMilliseconds, disk: disk ?? Database.ownedDisk)
                secrets.storeKey = key
                secrets.nextStoreKey = nil
                return database
            } catch StoreFault.notAStore {
                continue
            }
        }
        throw VaultFault.keyringDiffers
    }

    /// Forbids core dumps of this process, and others to look into it: a program calls it before it asks for a
    /// passphrase.
    public static func guardMemory() {
        ProcessMemory.refuseDumps()
    }

    /// Reads what the keyring shows to anyone.
    public static func face(of directory: URL) throws -> Face {
        try face(of: loadKeyring(directory))
    }

    static func face(of keyring: StoreKeyring) throws -> Face {
        let root = try SignedStatement(encoded: keyring.rootStatement)
        return Face(
            vaultID: keyring.vaultID, isPractice: keyring.isPractice, rootFingerprint: root.digest,
            logKey: keyring.logVerifierKey)
    }

    static func loadKeyring(_ directory: URL) throws -> StoreKeyring {
        try StoreKeyring.load(from: directory.appendingPathComponent(keyringName))
    }
}
