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

extension Vault {
    /// Restores access when every administrator is gone: enough shares make a new administrator.
    ///
    /// - Throws: a sealing fault naming the damaged line or how many shares are missing; nothing is changed then.
    public static func recover(
        at directory: URL, shares: [RecoveryShare], identity: Identity, handle: String, reason: String,
        clock: VaultClock, confirmClock: Bool = false
    ) throws {
        try Handle.check(handle)
        var seed = try combined(shares)
        defer { seed.resetBytes(in: seed.indices) }
        let recovery = RecoveryIdentity.make(seed: seed)
        let keyring = try loadKeyring(directory)
        guard keyring.recoveryWraps.contains(where: { $0.recipient == recovery.card.keyID }) else {
            throw VaultFault.formerShare(shares.first)
        }
        var secrets = try VaultSecrets.unwrap(
            from: keyring, recipient: recovery.card.keyID, with: recovery.encapsulation)
        let database = try openStore(in: directory, with: &secrets)
        defer { try? database.close() }
        try Recovering(
            database: database, directory: directory, keyring: keyring, secrets: secrets, recovery: recovery,
            identity: identity, handle: handle, reason: reason, clock: clock, clockIsConfirmed: confirmClock
        ).run()
    }

    private static func combined(_ shares: [RecoveryShare]) throws -> Data {
        do {
            return try RecoveryShares.combine(shares)
        } catch SealingFault.damaged {
            throw VaultFault.unusable(
                "these pages do not go together: one of them is not what was handed out",
                hint: "try others; with an administrator, `strongroom recovery drill` tells which")
        }
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
    ///
    /// A crash before 4 leaves an administrator whom the keyring does not let in: running it again finishes that.
    func run() throws {
        let before = try database.read { try begin(as: Identifier.fresh(.staff), keyring, $0) }
        try before.reconcileKeyring()
        if try database.read(isAdministrator) { return }
        let staff = Identifier.fresh(.staff)
        let session = try database.write { statements in
            let session = try begin(as: staff, before.keyring, statements)
            let passage = try Passage(session: session, statements: statements, target: .vault)
            try passage.requireReason(reason)
            guard let office = passage.roster.group(.office), passage.roster.recoveryCard == recovery.card else {
                throw VaultFault.formerShare(nil)
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
                Ask(.recoveryRun, on: .vault).because(reason), .allow, .undecided(["recovery"]), passage)
            return session
        }
        try session.reconcileKeyring()
    }

    private func begin(as staff: String, _ keyring: StoreKeyring, _ statements: any Statements) throws -> Session {
        try Session(
            recovering: staff, database: database, directory: directory, keyring: keyring, identity: identity,
            secrets: secrets, clock: clock, clockIsConfirmed: clockIsConfirmed, statements: statements)
    }

    private func isAdministrator(_ statements: any Statements) throws -> Bool {
        let roster = try begin(as: Identifier.fresh(.staff), keyring, statements).verifiedRoster(statements)
        return roster.staff(withCard: identity.card.fingerprint).map(roster.active(.adoptionAdministrator).contains)
            ?? false
    }
}
