import Adoption
import EncryptedStore
import Foundation
import Sealing
import WorkingDays

/// Derives everything in a store again and says what does not follow.
struct VaultCheck {
    let passage: Passage
    /// What SQLite's own integrity check said.
    let pages: [String]

    func run() throws -> VaultReport {
        var problems = pages
        let log = try LogCheck(passage: passage).run()
        let everyRecord = try [RecordKind.care, .adoption, .returned].flatMap(passage.records.all(kind:))
        var opened = 0
        for record in everyRecord {
            problems += try check(record)
            opened += try openAll(of: record, &problems)
        }
        problems += try wrapsToNobody() + beyondRecovery() + policySets()
        return VaultReport(
            logSize: log.size, statementCount: passage.roster.verified.count, recordCount: everyRecord.count,
            openedEntryCount: opened, orphanCount: try passage.entries.orphans().count, problems: problems)
    }

    /// The row's holder must be a living group bound to it, and hold every epoch of its key.
    private func check(_ record: RecordRow) throws -> [String] {
        guard let holder = passage.roster.activeGroup(record.holder) else {
            return ["\(record.reference): held by no living group"]
        }
        var problems: [String] = []
        if holder.kind == .privileged, holder.binding != GroupKeys.binding(record: record.id, salt: record.holderSalt) {
            problems.append("\(record.reference): held by another record's group")
        }
        let keys = try passage.keyRows.recordKeys(record.id, recipient: holder.group).filter { $0.slot == .main }
        let epochs = Set(keys.map(\.epoch))
        for entry in try passage.entries.of(record: record.id)
        where entry.slot == .main && !epochs.contains(entry.keyEpoch) {
            problems.append("\(record.reference): an entry whose key nobody holds")
        }
        if record.stage != .closed { _ = try passage.verifiedAssignments(of: record.care ?? record.id) }
        return problems
    }

    /// Every set that ever decided must still explain what it decided, and the one in force be one that may be.
    private func policySets() throws -> [String] {
        let sets = try passage.roster.policyDigests.map { try passage.session.profile($0, passage.statements) }
        return PolicyCheck(files: sets.last?.files ?? [:], tables: [:]).report.faults.map {
            "the policy set in force: \($0)"
        }
    }

    private func openAll(of record: RecordRow, _ problems: inout [String]) throws -> Int {
        guard record.stage != .closed else { return 0 }
        var opened = 0
        for row in try passage.entries.of(record: record.id) {
            do {
                // Opened to be verified, by whatever key this person or their office has; nothing of it is answered.
                let hold = try passage.holdAsMemberOrOffice(record, slot: row.slot)
                let entry = try passage.open(row, hold)
                if let document = row.document {
                    let place = Passage.Place(
                        document: document, record: record.id, key: try passage.key(of: row, hold))
                    try passage.stream(place, digest: entry.content.digest) { _ in }
                }
                opened += 1
            } catch is NotThere {
                continue
            } catch {
                problems.append("\(record.reference): \(error)")
            }
        }
        return opened
    }

    /// Once recovery is split it must reach every open record; what is closed may wait for an archive keeper.
    private func beyondRecovery() throws -> [String] {
        guard passage.roster.recoveryCard != nil else { return [] }
        let count = try passage.keyRows.unreachedCount(closed: false)
        return count > 0 ? ["\(count) open records cannot be opened by recovery"] : []
    }

    /// Every wrap must be to a living member, the office, or recovery; the archive keeps what its keepers held before,
    /// and every closed record must have one of them left.
    private func wrapsToNobody() throws -> [String] {
        let living = Set(passage.roster.members.values.filter(\.isActive).map(\.card.keyID))
        let known = living.union([KeyRows.office, KeyRows.recovery])
        let archive = passage.roster.group(.archive)?.group
        let lost = try passage.keyRows.groupWrapRecipients()
            .filter { !known.contains($0.recipient) && $0.group != archive }
            .map { "a key of group \($0.group) is wrapped to nobody here" }
        guard let archive else { return lost }
        let unheld = try passage.keyRows.closedEpochs(archive).filter { epoch in
            try !living.contains { try passage.keyRows.groupWrap(archive, epoch: epoch, recipient: $0) != nil }
        }
        return lost + unheld.map { "closed records of archive epoch \($0) can be opened by no living keeper" }
    }
}
