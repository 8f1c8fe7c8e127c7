import EncryptedStore
import Foundation
import Sealing

extension Session {
    /// Seals the whole store anew under a fresh store key: who left, or holds an old copy of the keyring, opens nothing
    /// of what the disk holds from now on.
    ///
    /// The steps are such that a crash at any of them loses nothing and locks nobody out: 1. the act is logged, 2. a
    /// keyring that holds both keys is on the disk, 3. the store is made anew and takes the old one's place in one step,
    /// 4. the old key leaves the keyring. Whoever opens the vault after a crash between 2 and 4 settles it.
    ///
    /// - Returns: the number of entries in the log.
    /// - Throws: a fault of the disk; then the store opens as before, under the one key or the other.
    public func rotateStoreKey() throws -> Outcome<UInt64> {
        try write(Ask(.vaultRotate, on: .vault)) { passage in
            try passage.logRows.head()?.size ?? 0
        }.map { size in
            secrets.nextStoreKey = try StoreKey()
            try saveKeyring()
            try resealStore()
            try saveKeyring()
            return size
        }
    }

    /// Puts the store under the next store key, and goes on with it.
    func resealStore() throws {
        guard let next = secrets.nextStoreKey else { preconditionFailure("there is a next store key") }
        try database.reseal(under: next)
        var opened = secrets
        database = try Vault.openStore(in: directory, with: &opened)
        secrets = opened
    }

    /// Makes the keyring say what the durable roster says: a wrap for each living card and for recovery, and no other; and
    /// no key but the one that opened the store.
    ///
    /// Only after the roster's transaction: were it done before, and the transaction failed, a stranger would hold the
    /// store's key or a member would be locked out. A crash in between is mended at the next opening by anyone.
    func reconcileKeyring() throws {
        let roster = try database.read { try verifiedRoster($0) }
        let living = Set(roster.members.values.filter(\.isActive).map(\.card.keyID))
        let recovery = Set([roster.recoveryCard?.keyID].compactMap { $0 })
        let isAsItShould =
            Set(keyring.wraps.map(\.recipient)) == living
            && Set(keyring.recoveryWraps.map(\.recipient)) == recovery && !VaultSecrets.isBeingRenewed(keyring)
        if isAsItShould {
            StoreKeyring.removeRemains(of: directory.appendingPathComponent(Vault.keyringName))
        } else {
            try saveKeyring()
        }
    }

    /// Wraps this session's secrets anew to everybody the durable roster names, and puts that keyring in place.
    func saveKeyring() throws {
        let roster = try database.read { try verifiedRoster($0) }
        var changed = keyring
        let living = roster.members.values.filter(\.isActive).map(\.card).sorted { $0.keyID < $1.keyID }
        try secrets.wrap(to: living, recovery: roster.recoveryCard, in: &changed)
        try changed.save(to: directory.appendingPathComponent(Vault.keyringName))
        keyring = changed
    }
}
