import EncryptedStore
public import Foundation
public import Sealing
import TransparencyLog

/// What a restore did.
public struct RestoreReport: Sendable, Codable {
    /// What was done again from the list of removals; nil without one.
    public let reapplied: Reapplied?
    /// The name of the log from here on.
    public let origin: String
    /// Its public key, in the text form auditors' tools take.
    public let logKey: String
    /// How many entries of the log the backup held.
    public let restoredSize: UInt64
    /// How many the log is known to have had; nil without a list.
    public let knownSize: UInt64?
    /// What deriving everything again found in the restored vault.
    public let check: VaultReport
}

/// The list a restore goes by.
public enum RestoreList: Sendable {
    /// A file, and the short identifier of a card that signed it and that a person compared, where the backup does not
    /// know it.
    case removals(URL, signer: String?)
    /// None: what was removed, closed or revoked since the backup is as it was then.
    case none
}

extension Vault {
    /// Makes a new vault directory of a backup, and does again there what the list says was removed, closed, ended or
    /// replaced since.
    ///
    /// 1. The backup is copied into a directory of another name, without a keyring; 2. in one transaction the list is
    /// applied, the log goes on under a new key and origin, and the act is logged as its first entry; 3. the store is
    /// sealed anew under a fresh key; 4. everything is derived again; 5. the keyring is written; 6. the directory gets its
    /// name. On a denial, a refusal, a fault, or a crash before the last step there is no vault at the place, and what a
    /// crash leaves beside it has no keyring, or is whole and only lacks its name.
    ///
    /// - Throws: ``VaultFault/exists(_:)`` if the directory is not empty; ``VaultFault/unusable(_:hint:)`` if the list does
    ///   not go with the backup.
    public static func restore(
        backup: URL, to directory: URL, list: RestoreList, identity: Identity, clock: VaultClock,
        confirmClock: Bool = false
    ) throws -> Outcome<RestoreReport> {
        let keyring = try StoreKeyring.load(from: backup.appendingPathExtension("keyring"))
        let secrets = try VaultSecrets.unwrap(
            from: keyring, recipient: identity.card.keyID, with: identity.encapsulation)
        var opened: (list: OpenedRemovals, signer: String?)?
        if case .removals(let file, let signer) = list {
            opened = (
                try OpenedRemovals(.load(from: file), secrets: secrets, vault: keyring.vaultID), signer
            )
        }
        let staging = try Staging(for: directory)
        try staging.copy(backup, as: storeName)
        let outcome = try Restoring(
            staging: staging, keyring: keyring, secrets: secrets, list: opened, identity: identity, clock: clock,
            clockIsConfirmed: confirmClock
        ).run()
        if case .done = outcome { try staging.publish() }
        return outcome
    }

    /// What can be told of a backup without any key.
    public static func face(ofBackup file: URL) throws -> Face {
        try face(of: StoreKeyring.load(from: file.appendingPathExtension("keyring")))
    }
}

/// Turns a copy of a backup into a vault.
private struct Restoring {
    let staging: Staging
    let keyring: StoreKeyring
    let secrets: VaultSecrets
    let list: (list: OpenedRemovals, signer: String?)?
    let identity: Identity
    let clock: VaultClock
    let clockIsConfirmed: Bool

    func run() throws -> Outcome<RestoreReport> {
        var found = secrets
        let database = try Vault.openStore(in: staging.directory, with: &found)
        defer { try? database.close() }
        let renewed = VaultSecrets(
            storeKey: found.storeKey, directoryKey: found.directoryKey, logSeed: randomBytes(VaultSecrets.byteCount))
        let (next, former) = try nextLog(renewed)
        let session = try Session(
            database: database, directory: staging.directory, keyring: next, identity: identity, secrets: renewed,
            clock: clock, clockIsConfirmed: clockIsConfirmed)
        defer { try? session.close() }
        session.formerLog = former
        return try session.write(Ask(.vaultRestore, on: .vault)) { try reapply($0, next: next) }.map { done in
            session.formerLog = nil
            try session.database.truncateLog()
            session.secrets.nextStoreKey = try StoreKey()
            try session.resealStore()
            guard case .done(let check) = try session.check() else {
                throw VaultFault.damaged("the restored vault cannot be checked by who restores it")
            }
            try DurableFile.write(
                Data((next.logVerifierKey + "\n").utf8), to: staging.directory.appendingPathComponent("log.vkey"))
            try session.saveKeyring()
            try session.close()
            return RestoreReport(
                reapplied: done.reapplied, origin: next.logOrigin, logKey: next.logVerifierKey,
                restoredSize: done.beginning.former.size, knownSize: done.beginning.elsewhere?.size, check: check)
        }
    }

    private struct Done {
        let reapplied: Reapplied?
        let beginning: LogBeginning
    }

    private func reapply(_ passage: Passage, next: StoreKeyring) throws -> Done {
        guard let head = try passage.logRows.head() else { throw VaultFault.damaged("the access log has no head") }
        let former = LogHead(
            try Checkpoint.open(
                head.checkpoint, origin: keyring.logOrigin, verifier: NoteVerifier(vkey: keyring.logVerifierKey)))
        var reapplied: Reapplied?
        if let (list, signer) = list {
            try list.requireSigned(in: passage.roster, accepting: signer)
            try list.requireFollows(former, passage)
            reapplied = try Reapplying(passage: passage, list: list).run()
        }
        let beginning = LogBeginning(
            origin: next.logOrigin, key: next.logVerifierKey, former: former, formerKey: keyring.logVerifierKey,
            elsewhere: list?.list.records.head)
        try passage.append(.logBegun(beginning))
        passage.beginning = beginning
        return Done(reapplied: reapplied, beginning: beginning)
    }

    /// The keyring of the restored vault, still without wraps, and the key of the log so far.
    private func nextLog(_ renewed: VaultSecrets) throws -> (StoreKeyring, NoteVerifier) {
        let mark = "/restored-"
        let base = keyring.logOrigin.range(of: mark).map { String(keyring.logOrigin[..<$0.lowerBound]) }
        let origin = (base ?? keyring.logOrigin) + mark + randomBytes(8).hexadecimal
        let signer = try NoteSigner(name: origin, ed25519Seed: [UInt8](renewed.logSeed))
        var next = keyring
        next.logOrigin = origin
        next.logVerifierKey = signer.verifier.vkey
        next.wraps = []
        next.recoveryWraps = []
        return (next, try NoteVerifier(vkey: keyring.logVerifierKey))
    }
}
