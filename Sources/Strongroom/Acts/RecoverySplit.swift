import EncryptedStore
import Foundation
public import Sealing

/// What came of splitting recovery.
public struct RecoverySplit: Sendable {
    /// One share for each custodian.
    public let shares: [RecoveryShare]
    /// Closed records that recovery does not reach until an archive keeper includes them.
    public let unreachedCount: Int
    /// Backups made while the shares before these were in force: with one of them, those open what it holds.
    public let openToFormerShares: [BackupLine]
}

extension Session {
    /// Makes a recovery key, wraps the store, the office, the archive and every open record to it, and splits it.
    ///
    /// The key itself is forgotten when this returns.
    ///
    /// - Parameter keep: gets the shares before anything is durable: a split whose pages cannot be kept never was.
    /// - Throws: ``VaultFault/unusable(_:hint:)`` if recovery is split already.
    public func splitRecovery(
        threshold: Int, count: Int, keep: ([RecoveryShare]) throws -> Void = { _ in }
    ) throws -> Outcome<RecoverySplit> {
        try splitting(Ask(.recoverySplit, on: .vault), threshold: threshold, count: count, keep: keep) {
            passage, manifest, card in
            guard passage.roster.recovery == nil else {
                throw VaultFault.unusable(
                    "recovery is split already", hint: "make new shares in their place with `strongroom recovery renew`"
                )
            }
            try passage.append(.recovery(manifest))
            try passage.wrapEverything(toRecovery: card)
        }
    }

    /// Makes a new recovery key and moves every wrap to it: whatever shares there were before open nothing from then on.
    ///
    /// The office is renewed too, and with it every group: in a backup the former shares still open the office's key of
    /// that time, which from now on opens nothing here.
    ///
    /// - Parameter former: enough shares of the split in force. Without them (nil) nobody here can open what is closed to
    ///   wrap it again, so recovery does not reach closed records until an archive keeper includes them.
    /// - Throws: ``VaultFault/unusable(_:hint:)`` if the shares are not those in force, or without them some closed
    ///   record would be left with nobody at all.
    public func renewRecovery(
        with former: [RecoveryShare]?, threshold: Int, count: Int, keep: ([RecoveryShare]) throws -> Void = { _ in }
    ) throws -> Outcome<RecoverySplit> {
        let outcome = try splitting(Ask(.recoveryRenew, on: .vault), threshold: threshold, count: count, keep: keep) {
            passage, manifest, card in
            guard passage.roster.recovery != nil else {
                throw VaultFault.unusable(
                    "recovery was never split", hint: "split it with `strongroom recovery split`")
            }
            try passage.moveRecovery(former: former, to: manifest, card)
        }
        // The former wraps must not outlive them in the write-ahead log.
        if case .done = outcome { try database.truncateLog() }
        return outcome
    }

    /// Wraps to recovery what closed before it was split, or while its shares were lost; an archive keeper's part,
    /// because nobody else opens it.
    ///
    /// - Returns: how many records are still out of recovery's reach: those of keepers before this one.
    public func includeClosed() throws -> Outcome<(included: Int, unreached: Int)> {
        try write(Ask(.recoveryInclude, on: .vault)) { passage in
            let before = try passage.keyRows.unreachedCount(closed: true)
            try passage.includeClosed()
            let after = try passage.keyRows.unreachedCount(closed: true)
            return (before - after, after)
        }
    }

    private func splitting(
        _ ask: Ask, threshold: Int, count: Int, keep: ([RecoveryShare]) throws -> Void,
        _ wrap: (Passage, RecoveryManifest, IdentityCard) throws -> Void
    ) throws -> Outcome<RecoverySplit> {
        var seed = randomBytes(RecoveryShares.secretByteCount)
        defer { seed.resetBytes(in: seed.indices) }
        let shares = try RecoveryShares.split(seed, threshold: threshold, count: count)
        let card = RecoveryIdentity.make(seed: seed).card
        let manifest = try RecoveryManifest(card: card, shares: shares)
        let outcome: Outcome<RecoverySplit> = try write(ask) { passage in
            let former = passage.roster.recoveryCard?.keyID
            try wrap(passage, manifest, card)
            try passage.beginArchiveEpoch()
            guard try passage.keyRows.unreachedCount(closed: false) == 0 else {
                throw VaultFault.damaged("a record's key that the office cannot open")
            }
            let split = RecoverySplit(
                shares: shares, unreachedCount: try passage.keyRows.unreachedCount(closed: true),
                openToFormerShares: try former.map(passage.backups.made(under:)) ?? [])
            try keep(shares)
            return split
        }
        try reconcileKeyring()
        return outcome
    }
}

extension Passage {
    /// Everything this administrator's office can open.
    fileprivate func wrapEverything(toRecovery card: IdentityCard) throws {
        for group in roster.groups.values.sorted(by: { $0.group < $1.group })
        where roster.activeGroup(group.group) != nil && group.kind != .archive {
            guard let key = try groupKeys.byOffice(group) else { throw NotThere() }
            try recordKeys.wrapToRecovery(keyRows.all(recipient: group.group), with: key, recovery: card)
            if group.kind == .office {
                try wrap(key, of: group, to: card.encapsulation, recipient: KeyRows.recovery)
            }
        }
    }

    /// 1. what only the former shares open is opened, 2. the new key is signed into force and the former's wraps dropped,
    /// 3. the office is renewed, which wraps all it opens to the new key, 4. what was opened is wrapped to it as well.
    fileprivate func moveRecovery(
        former shares: [RecoveryShare]?, to manifest: RecoveryManifest, _ card: IdentityCard
    ) throws {
        guard let office = roster.group(.office) else { throw VaultFault.rosterAltered("there is no office") }
        let former = try shares.map(recoveryIdentity(from:))
        let closed = try keyRows.closedRecoveryKeys()
        let archive = try former.map(archiveKeys(with:)) ?? [:]
        if former == nil { try requireKeepers(of: closed) }
        try append(.recovery(manifest))
        try keyRows.deleteRecoveryWraps()
        try renewOffice(members: office.members)
        guard let former else { return }
        try recordKeys.wrapToRecovery(closed, with: former.encapsulation, recovery: card)
        for (epoch, key) in archive { try wrapArchive(key, epoch: epoch, to: card, recipient: KeyRows.recovery) }
    }

    /// The archive's private keys that recovery holds, by epoch.
    func archiveKeys(with recovery: Identity) throws -> [UInt32: EncapsulationPrivateKey] {
        try roster.group(.archive).map { try keys(of: $0, with: recovery) } ?? [:]
    }

    /// The private keys of a group that recovery holds, by epoch.
    func keys(of group: GroupManifest, with recovery: Identity) throws -> [UInt32: EncapsulationPrivateKey] {
        var keys: [UInt32: EncapsulationPrivateKey] = [:]
        for epoch in try keyRows.groupEpochs(group.group, recipient: KeyRows.recovery) {
            guard let sealed = try keyRows.groupWrap(group.group, epoch: epoch, recipient: KeyRows.recovery) else {
                continue
            }
            keys[epoch] = try groupKeys.open(sealed, group: group, epoch: epoch, with: recovery.encapsulation)
        }
        return keys
    }

    func wrapArchive(
        _ key: EncapsulationPrivateKey, epoch: UInt32, to card: IdentityCard, recipient: String
    ) throws {
        guard let archive = roster.group(.archive) else { return }
        try keyRows.insertGroupWrap(
            archive.group, epoch: epoch, recipient: recipient,
            sealed: try Envelope.seal(
                key.seed, to: card.encapsulation, label: VaultLabel.groupPrivate,
                context: GroupKeys.context(archive.group, epoch)))
    }

    /// Dropping recovery's wrap of a closed record that no keeper opens would lose it for ever.
    func requireKeepers(of closed: [RecordKeyRow]) throws {
        guard let archive = roster.group(.archive) else { return }
        let keepers = archive.members.compactMap { roster.members[$0.staff]?.card.keyID }
        let reached = Set(closed.map(\.record))
        let held = try keyRows.all(recipient: archive.group).filter { reached.contains($0.record) }
        for epoch in Set(held.map(\.recipientEpoch)) {
            let isKept = try keepers.contains {
                try keyRows.groupWrap(archive.group, epoch: epoch, recipient: $0) != nil
            }
            guard isKept else {
                throw VaultFault.unusable(
                    "closed records that no archive keeper opens would be lost without the former shares",
                    hint: "bring enough of them: leave out `--without-former-shares`")
            }
        }
    }

    /// What closes from now on is wrapped to the recovery key in force; what closed before keeps its keepers.
    fileprivate func beginArchiveEpoch() throws {
        if let archive = roster.group(.archive) { try renewArchive(members: archive.members) }
    }

    fileprivate func includeClosed() throws {
        guard let recovery = roster.recoveryCard else {
            throw VaultFault.unusable(
                "recovery was never split", hint: "ask the administrator for `strongroom recovery split`")
        }
        guard let archive = roster.group(.archive) else { throw NotThere() }
        for epoch in try keyRows.groupEpochs(archive.group, recipient: identity.card.keyID) {
            guard let key = try groupKeys.asMember(of: archive, epoch: epoch) else { throw NotThere() }
            let unreached = try keyRows.unreachedKeys(of: archive.group, epoch: epoch)
            try recordKeys.wrapToRecovery(unreached, with: key, recovery: recovery)
            if try keyRows.groupWrap(archive.group, epoch: epoch, recipient: KeyRows.recovery) == nil {
                try wrapArchive(key, epoch: epoch, to: recovery, recipient: KeyRows.recovery)
            }
        }
    }
}
