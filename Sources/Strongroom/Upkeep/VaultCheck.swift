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
        problems +=
            try WrapCheck(passage: passage).run(records: everyRecord) + pointers() + beyondRecovery()
            + policySets()
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

    /// A closed record is named by nothing but its own rows and aliases, and a removed one by nothing at all.
    private func pointers() throws -> [String] {
        let rows = PointerRows(statements: passage.statements)
        let removed = try rows.toRemoved()
        return try rows.toClosed().map { "\($0.count) rows of `\($0.table)` point at closed records" }
            + (removed > 0 ? ["\(removed) records are there that were removed for good"] : [])
    }
}
