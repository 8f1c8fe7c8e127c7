import Foundation
public import Sealing

/// What a drill proved.
public struct RecoveryDrill: Sendable, Codable {
    /// The set in force, as it stands on its pages.
    public let set: String
    /// How many shares restore.
    public let threshold: Int
    /// How many there are.
    public let count: Int
    /// The numbers of the shares that were brought, each the very one that was handed out.
    public let shares: [Int]
    /// What the restored key opened; nil for fewer shares than restore.
    public let proof: Proof?

    /// What the restored key opened; nothing of it was kept.
    public struct Proof: Sendable, Codable {
        /// Private keys of groups: the office's, and each the archive ever had.
        public let groupKeyCount: Int
        /// Keys of records, each made by somebody of this vault.
        public let recordKeyCount: Int
        /// Closed records that recovery does not reach until an archive keeper includes them.
        public let unreachedCount: Int
    }
}

extension Session {
    /// Proves that custodians' shares work, and tells nobody what they open.
    ///
    /// With enough of them the key is restored, held against the roster, and tried on every wrap there is: the keyring's,
    /// the office's, the archive's, each record's. With fewer, each is held against the digest kept at the split.
    ///
    /// - Throws: ``VaultFault/unusable(_:hint:)``, logged as refused, for a share that is not of the split in force, and
    ///   for a wrap that does not open.
    public func drillRecovery(_ shares: [RecoveryShare]) throws -> Outcome<RecoveryDrill> {
        var ask = Ask(.recoveryDrill, on: .vault)
        let numbers = Set(shares.map(\.index)).sorted()
        ask.committed.append((label: "shares", value: numbers.map(String.init).joined(separator: " ")))
        return try write(ask) { passage in
            guard let manifest = passage.roster.recovery, let first = shares.first else {
                throw VaultFault.unusable("there is nothing to try", hint: "see `strongroom recovery split`")
            }
            try passage.requireInForce(shares)
            return RecoveryDrill(
                set: first.setName, threshold: manifest.threshold, count: manifest.count, shares: numbers,
                proof: numbers.count < manifest.threshold ? nil : try passage.prove(shares))
        }
    }
}

extension Passage {
    /// The key that these shares make.
    ///
    /// - Throws: ``VaultFault/unusable(_:hint:)`` if they are too few, or not of the split in force.
    func recoveryIdentity(from shares: [RecoveryShare]) throws -> Identity {
        try requireInForce(shares)
        var seed: Data
        do {
            seed = try RecoveryShares.combine(shares)
        } catch let fault as SealingFault {
            throw VaultFault.unusable(fault.description, hint: "ask more custodians for their page")
        }
        defer { seed.resetBytes(in: seed.indices) }
        let recovery = RecoveryIdentity.make(seed: seed)
        guard recovery.card == roster.recoveryCard else { throw VaultFault.formerShare(nil) }
        return recovery
    }

    /// Each share must be one that was handed out at the split in force.
    fileprivate func requireInForce(_ shares: [RecoveryShare]) throws {
        guard let manifest = roster.recovery else {
            throw VaultFault.unusable("recovery was never split", hint: "see `strongroom recovery split`")
        }
        for share in shares {
            guard manifest.set ?? share.setID == share.setID else { throw VaultFault.formerShare(share) }
            guard let known = manifest.shares else { continue }
            guard known.indices.contains(share.index - 1), known[share.index - 1] == share.commitment else {
                throw VaultFault.unusable(
                    "share \(share.index) is not the page that was handed out",
                    hint: "tell the auditor: no slip of the pen makes such a page")
            }
        }
    }

    /// Opens whatever is wrapped to recovery, and keeps nothing of it.
    fileprivate func prove(_ shares: [RecoveryShare]) throws -> RecoveryDrill.Proof {
        let recovery = try recoveryIdentity(from: shares)
        do {
            // Opens every secret, and holds the keyring's own mark against them.
            _ = try VaultSecrets.unwrap(
                from: session.keyring, recipient: recovery.card.keyID, with: recovery.encapsulation)
            var groupKeyCount = 0
            for group in [roster.group(.office), roster.group(.archive)].compactMap({ $0 }) {
                let opened = try keys(of: group, with: recovery)
                guard opened[group.epoch] != nil else {
                    throw VaultFault.damaged("recovery has no wrap of a group's present key")
                }
                groupKeyCount += opened.count
            }
            return RecoveryDrill.Proof(
                groupKeyCount: groupKeyCount, recordKeyCount: try recordKeys.tryAll(with: recovery.encapsulation),
                unreachedCount: try keyRows.unreachedCount(closed: true))
        } catch let fault as VaultFault {
            throw VaultFault.unusable(
                "the shares are right, and do not open everything: \(fault.description)",
                hint: "run `strongroom vault check`, then make new shares with `strongroom recovery renew`")
        }
    }
}

extension VaultFault {
    /// A share of an earlier split.
    static func formerShare(_ share: RecoveryShare?) -> VaultFault {
        let which = share.map { "share \($0.index) is of the set \($0.setName), which is" } ?? "the shares are of a set"
        return .unusable("\(which) no longer in force", hint: "use the pages made last")
    }
}
