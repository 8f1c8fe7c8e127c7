import EncryptedStore
import Foundation
import Sealing
import TransparencyLog
public import WorkingDays

/// A person at work in an open vault. Everything they can ask for is a method here, and every method goes by the door.
///
/// Not safe to share between threads: one session, one person, one thing at a time.
public final class Session {
    var database: Database
    let directory: URL
    var keyring: StoreKeyring
    let identity: Identity
    var secrets: VaultSecrets
    let clock: VaultClock
    let staff: String
    let logSigner: NoteSigner
    /// The key that signed the log so far, in a session that begins a new origin after it.
    var formerLog: NoteVerifier?
    /// A person has said that the clock's leap since the last entry is right.
    let clockIsConfirmed: Bool

    private var rosterRows: [Data] = []
    private var roster = Roster()
    private var profiles: [Data: PolicyProfile] = [:]

    init(
        database: Database, directory: URL, keyring: StoreKeyring, identity: Identity, secrets: VaultSecrets,
        clock: VaultClock, clockIsConfirmed: Bool
    ) throws {
        self.database = database
        self.directory = directory
        self.keyring = keyring
        self.identity = identity
        self.secrets = secrets
        self.clock = clock
        self.clockIsConfirmed = clockIsConfirmed
        logSigner = try NoteSigner(name: keyring.logOrigin, ed25519Seed: [UInt8](secrets.logSeed))
        guard let root = identity.pinnedRoots[keyring.vaultID] else {
            throw VaultFault.rootNotPinned(vault: keyring.vaultID)
        }
        let replayed = try database.read { try Self.replay(RosterRows(statements: $0).all(), vault: keyring.vaultID) }
        guard replayed.roster.rootFingerprint == root else { throw VaultFault.rootDiffers }
        guard replayed.roster.isPractice == keyring.isPractice else { throw VaultFault.keyringDiffers }
        guard let staff = replayed.roster.staff(withCard: identity.card.fingerprint) else {
            throw VaultFault.notAMember
        }
        self.staff = staff
        rosterRows = replayed.rows
        roster = replayed.roster
    }

    /// A session for a person whom recovery is about to sign in.
    init(
        recovering staff: String, database: Database, directory: URL, keyring: StoreKeyring, identity: Identity,
        secrets: VaultSecrets, clock: VaultClock, clockIsConfirmed: Bool, statements: any Statements
    ) throws {
        self.database = database
        self.directory = directory
        self.keyring = keyring
        self.identity = identity
        self.secrets = secrets
        self.clock = clock
        self.clockIsConfirmed = clockIsConfirmed
        self.staff = staff
        logSigner = try NoteSigner(name: keyring.logOrigin, ed25519Seed: [UInt8](secrets.logSeed))
        let root = try SignedStatement(encoded: keyring.rootStatement).digest
        let replayed = try Self.replay(RosterRows(statements: statements).all(), vault: keyring.vaultID)
        guard replayed.roster.rootFingerprint == identity.pinnedRoots[keyring.vaultID] ?? root else {
            throw VaultFault.rootDiffers
        }
        rosterRows = replayed.rows
        roster = replayed.roster
    }

    var vaultID: String { keyring.vaultID }

    /// Whether the vault was made for practice; permanent.
    public var isPractice: Bool { keyring.isPractice }

    /// The roster as it verifies at this moment, from the rows of this transaction.
    ///
    /// Rows already verified in this process are compared byte by byte; anything else is replayed from the root.
    func verifiedRoster(_ statements: any Statements) throws -> Roster {
        let rows = try RosterRows(statements: statements).all()
        guard rows != rosterRows else { return roster }
        if rows.starts(with: rosterRows) {
            for row in rows.dropFirst(rosterRows.count) { try roster.take(row, vault: vaultID) }
        } else {
            let root = roster.rootFingerprint
            roster = try Self.replay(rows, vault: vaultID).roster
            guard roster.rootFingerprint == root else { throw VaultFault.rootDiffers }
        }
        rosterRows = rows
        return roster
    }

    private static func replay(_ rows: [Data], vault: String) throws -> (rows: [Data], roster: Roster) {
        var roster = Roster()
        for row in rows { try roster.take(row, vault: vault) }
        return (rows, roster)
    }

    /// The policy set that the roster pins, read once from the store's own bytes.
    ///
    /// - Throws: ``VaultFault/policies(_:)`` if it lacks a forbid that no set may lack, whoever signed it into force.
    func profile(_ statements: any Statements, roster: Roster) throws -> PolicyProfile {
        guard let digest = roster.policyDigest else { throw VaultFault.rosterAltered("no policy set is pinned") }
        let profile = try profile(digest, statements)
        try profile.requireForbids()
        return profile
    }

    /// A policy set that is, was or may come into force, by its digest.
    func profile(_ digest: Data, _ statements: any Statements) throws -> PolicyProfile {
        if let known = profiles[digest] { return known }
        guard let bytes = try RosterRows(statements: statements).policySet(digest) else {
            throw VaultFault.damaged("a pinned policy set is missing")
        }
        let profile = try PolicyProfile(encoded: bytes)
        guard profile.digest == digest else { throw VaultFault.damaged("a pinned policy set was altered") }
        profiles[digest] = profile
        return profile
    }

    /// The keyring's log must be the one that the roster last began, or somebody could sign it with a key of before.
    func requireLogOfRoster() throws {
        guard let last = try database.read({ try verifiedRoster($0) }).logBeginnings.last else { return }
        guard last.origin == keyring.logOrigin, last.key == keyring.logVerifierKey else {
            throw VaultFault.keyringDiffers
        }
    }

    /// Today in London, in vault time, which never runs backwards.
    ///
    /// - Throws: ``VaultFault/clockBehind(seconds:)`` or ``VaultFault/clockAhead(days:)``.
    public func today() throws -> Day {
        try database.read { try Passage(session: self, statements: $0, target: .vault).today }
    }

    /// Ends the session and lets go of the store.
    public func close() throws {
        try database.close()
    }
}
