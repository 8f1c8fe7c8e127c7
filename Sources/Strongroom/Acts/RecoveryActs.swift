import Crypto
import EncryptedStore
public import Foundation
public import Sealing
import TransparencyLog
import WorkingDays

/// The identity that recovery's seed makes, the same each time: its card stands in the roster, its private half nowhere
/// but in the custodians' shares.
enum RecoveryIdentity {
    static func make(seed: Data) -> Identity { Identity(random: Expansion(seed: seed)) }

    /// Bytes drawn from a seed: HMAC-SHA-256 of a counter.
    private final class Expansion: SecureRandom, @unchecked Sendable {
        private let key: SymmetricKey
        private var counter: UInt64 = 0
        private var held = Data()

        init(seed: Data) { key = SymmetricKey(data: seed) }

        func bytes(_ count: Int) -> Data {
            while held.count < count {
                let block = withUnsafeBytes(of: counter.bigEndian) {
                    HMAC<SHA256>.authenticationCode(
                        for: Data(VaultLabel.recoveryIdentity.text.utf8) + Data($0), using: key)
                }
                held += Data(block)
                counter += 1
            }
            defer { held = Data(held.dropFirst(count)) }
            return Data(held.prefix(count))
        }
    }
}

extension Session {
    /// Makes a recovery key, wraps the store, the office, the archive and every record to it, and splits it.
    ///
    /// The key itself is forgotten when this returns; shares of an earlier split open nothing from now on.
    public func splitRecovery(threshold: Int, count: Int) throws -> Outcome<[RecoveryShare]> {
        let seed = randomBytes(RecoveryShares.secretByteCount)
        let shares = try RecoveryShares.split(seed, threshold: threshold, count: count)
        let card = RecoveryIdentity.make(seed: seed).card
        let outcome: Outcome<[RecoveryShare]> = try write(Ask(.recoverySplit, on: .vault)) { passage in
            try passage.append(
                .recovery(RecoveryManifest(card: card.encoded, threshold: threshold, count: count)))
            try passage.keyRows.deleteRecoveryWraps(but: passage.roster.group(.archive)?.group)
            try passage.wrapEverything(toRecovery: card)
            return shares
        }
        try reconcileKeyring()
        return outcome
    }
}

extension Passage {
    /// Everything this administrator's office can open. Closed records are added by the archive's own wrap.
    fileprivate func wrapEverything(toRecovery card: IdentityCard) throws {
        for group in roster.groups.values.sorted(by: { $0.group < $1.group })
        where roster.activeGroup(group.group) != nil && group.kind != .archive {
            guard let key = try groupKeys.byOffice(group) else { throw NotThere() }
            try recordKeys.wrapToRecovery(holder: group.group, with: key, recovery: card)
            if group.kind == .office {
                try wrap(key, of: group, to: card.encapsulation, recipient: KeyRows.recovery)
            }
        }
        // A fresh archive epoch for what closes from now on. What closed before keeps its keepers, and the shares of the
        // split it was closed under: nobody here can open it to wrap it again.
        if let archive = roster.group(.archive) { try renewArchive(members: archive.members) }
    }
}

extension Vault {
    /// Restores access when every administrator is gone: enough shares make a new administrator.
    ///
    /// - Throws: a sealing fault naming the damaged line or how many shares are missing; nothing is changed then.
    public static func recover(
        at directory: URL, shares: [RecoveryShare], identity: Identity, handle: String, reason: String,
        clock: VaultClock, confirmClock: Bool = false
    ) throws {
        try Handle.check(handle)
        let recovery = RecoveryIdentity.make(seed: try RecoveryShares.combine(shares))
        let keyring = try loadKeyring(directory)
        var secrets = try VaultSecrets.unwrap(
            from: keyring, recipient: recovery.card.keyID, with: recovery.encapsulation)
        let database = try openStore(in: directory, with: &secrets)
        defer { try? database.close() }
        try Recovering(
            database: database, directory: directory, keyring: keyring, secrets: secrets, recovery: recovery,
            identity: identity, handle: handle, reason: reason, clock: clock, clockIsConfirmed: confirmClock
        ).run()
    }
}

/// Makes a new administrator with recovery's own signature.
private struct Recovering {
    let database: Database
    let directory: URL
    let keyring: StoreKeyring
    let secrets: VaultSecrets
    let recovery: Identity
    let identity: Identity
    let handle: String
    let reason: String
    let clock: VaultClock
    let clockIsConfirmed: Bool

    /// 1. recovery signs the new administrator in, 2. opens the office for them, 3. the act is logged under the
    /// new administrator's own key, 4. once all that is durable, the keyring gets their wrap.
    func run() throws {
        let staff = Identifier.fresh(.staff)
        let session = try database.write { statements in
            let session = try Session(
                recovering: staff, database: database, directory: directory, keyring: keyring, identity: identity,
                secrets: secrets, clock: clock, clockIsConfirmed: clockIsConfirmed, statements: statements)
            let passage = try Passage(session: session, statements: statements, target: .vault)
            guard let office = passage.roster.group(.office), passage.roster.recoveryCard == recovery.card else {
                throw VaultFault.unusable("the shares are of an earlier split", hint: "use the pages made last")
            }
            guard
                let sealed = try passage.keyRows.groupWrap(
                    office.group, epoch: office.epoch, recipient: KeyRows.recovery)
            else { throw VaultFault.damaged("recovery's wrap of the office is missing") }
            try passage.requireUnknown(identity.card)
            if let taken = try passage.staff(handle: handle), passage.roster.members[taken]?.isActive ?? false {
                throw VaultFault.unusable(
                    "there is already somebody called `\(handle)`", hint: "choose another short name")
            }
            let key = try passage.groupKeys.open(
                sealed, group: office, epoch: office.epoch, with: recovery.encapsulation)
            try passage.append(
                .staffAdded(
                    staff: staff, card: identity.card.encoded,
                    handle: secrets.sealHandle(handle, vault: keyring.vaultID), team: nil), by: recovery)
            try passage.append(
                .roleGranted(staff: staff, role: Role.adoptionAdministrator.rawValue), by: recovery)
            let member = GroupMember(staff: staff, since: passage.today.description, until: nil)
            try passage.join(member, to: office, key: key)
            for team in passage.roster.groups.values.filter({ $0.kind == .team }).sorted(by: { $0.group < $1.group }) {
                try passage.join(staff, toTeam: team)
            }
            try session.enter(
                Ask(.recoveryRestore, on: .vault).because(reason), .allow, .undecided(["recovery"]), passage)
            return session
        }
        try session.reconcileKeyring()
    }
}
