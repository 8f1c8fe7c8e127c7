import Foundation
public import Sealing

extension Session {
    /// Gives an archive keeper the keys of what closed before they kept the archive, out of enough shares: for when those
    /// who kept it are gone, or lost their identities.
    ///
    /// - Returns: how many of the archive's keys they hold now that they did not hold before.
    /// - Throws: ``VaultFault/unusable(_:hint:)`` for shares that are too few or not in force, and for somebody who does
    ///   not keep the archive.
    public func recoverArchive(
        for handle: String, shares: [RecoveryShare], reason: String
    ) throws -> Outcome<Int> {
        try write(Ask(.recoveryKeeper, on: .vault).because(reason).about(handle)) { passage in
            try passage.requireReason(reason)
            let staff = try passage.requireStaff(handle)
            let recovery = try passage.recoveryIdentity(from: shares)
            guard let archive = passage.roster.group(.archive), let card = passage.roster.members[staff]?.card,
                archive.members.contains(where: { $0.staff == staff })
            else {
                throw VaultFault.unusable(
                    "`\(handle)` does not keep the archive",
                    hint: "first `strongroom staff role \(handle) --add archive-keeper`")
            }
            let keys = try passage.archiveKeys(with: recovery).filter { epoch, _ in
                try passage.keyRows.groupWrap(archive.group, epoch: epoch, recipient: card.keyID) == nil
            }
            for (epoch, key) in keys {
                try passage.wrapArchive(key, epoch: epoch, to: card, recipient: card.keyID)
            }
            return keys.count
        }
    }
}
