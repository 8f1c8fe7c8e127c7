import Adoption
import Crypto
import Foundation
import Sealing
import WorkingDays

/// Closes a child's two records: seals everything anew under the archive, and leaves nothing of them in any list.
struct Closing {
    let passage: Passage
    private let care: RecordRow
    private let adoption: RecordRow?
    private let archive: GroupManifest
    private let day: Day
    /// A restore repeats a closing that somebody else had made, with the office's hold.
    private let isAgain: Bool

    private var records: [RecordRow] { [adoption, care].compactMap { $0 } }

    /// - Throws: the domain's refusal if either record cannot close, or a fault if nobody keeps the archive.
    init(passage: Passage) throws {
        self.passage = passage
        let both = try passage.bothRecords()
        (care, adoption) = (both.care, both.adoption)
        for record in [both.care, both.adoption] { try passage.judge(.close, on: record) }
        archive = try Self.archive(passage)
        day = passage.today
        isAgain = false
    }

    /// For records that were closed before, on `day`, and that a restore found open in its backup.
    init(passage: Passage, again care: RecordRow, _ adoption: RecordRow?, on day: Day) throws {
        self.passage = passage
        (self.care, self.adoption) = (care, adoption)
        archive = try Self.archive(passage)
        self.day = day
        isAgain = true
    }

    private func hold(_ record: RecordRow) throws -> RecordHold {
        try isAgain ? passage.holdAsMemberOrOffice(record) : passage.hold(record)
    }

    private static func archive(_ passage: Passage) throws -> GroupManifest {
        guard let archive = passage.roster.group(.archive), !archive.members.isEmpty else {
            throw VaultFault.unusable(
                "nobody keeps the archive yet, so nothing can be closed into it",
                hint: "ask the administrator for `strongroom staff role HANDLE --add archive-keeper`")
        }
        return archive
    }

    /// 1. the certificate is made from what is there, 2. filed on each record, 3. each record sealed anew, 4. its group
    /// ended, 5. what points at it removed, 6. its row closed. All in the passage's one transaction.
    func run() throws -> ClosingCertificate {
        let certificate = try certificate(isPreview: false)
        for record in records {
            var entry = passage.content(.closureCertificate, of: record)
            entry.payload = try CanonicalJSON.encode(certificate)
            try passage.file(entry, with: hold(record))
        }
        for record in records { try close(record) }
        passage.erasesOpenings = true
        for record in records where record.id != passage.record?.id { passage.touched(record, as: .closureClose) }
        return certificate
    }

    func certificate(isPreview: Bool) throws -> ClosingCertificate {
        ClosingCertificate(
            closedOn: day.description, orderOn: care.orderOn?.description ?? "",
            auditSignedOn: care.auditSignedOn?.description ?? "", records: try records.map(summary),
            isPreview: isPreview)
    }

    private func summary(of record: RecordRow) throws -> ClosingCertificate.Closed {
        let rows = try passage.entries.of(record: record.id).sorted { $0.id < $1.id }
        var hash = SHA256()
        for row in rows {
            let opened = try passage.open(row, passage.holdAsMemberOrOffice(record, slot: row.slot))
            hash.update(data: Data(SHA256.hash(data: opened.signed)))
        }
        let retention = RetentionSchedule.standard.retention(of: record.kind, hasOrder: true)
        let basis = try retention?.from == .birth ? passage.particulars(hold(care))?.born : record.orderOn
        return ClosingCertificate.Closed(
            kind: record.kind.rawValue, entryCount: rows.count, documentCount: rows.count { $0.document != nil },
            digest: Data(hash.finalize()).hexadecimal,
            keptUntil: basis.flatMap { retention?.end(from: $0)?.description },
            retention: retention?.name ?? "")
    }

    private func close(_ record: RecordRow) throws {
        try sealAnew(record)
        try passage.assignments.endAll(record: record.id)
        try passage.tokens.deleteSearch(record: record.id)
        try passage.tokens.closeReturnSubject(record: record.id)
        try passage.notices.delete(record: record.id)
        try passage.records.endWithdrawal(record.id)
        try passage.entries.forgetReaders(record: record.id)
        try passage.entries.deleteStaged(record: record.id)
        try passage.logRows.deleteOpenings(of: record.id)
        var closed = record
        closed.stage = .closed
        closed.team = nil
        closed.holder = archive.group
        closed.holderSalt = randomBytes(16)
        closed.planRecorded = false
        closed.openedOn = nil
        closed.intentionOn = nil
        closed.intentionForum = nil
        closed.decisionOn = nil
        closed.orderOn = nil
        closed.auditSignedOn = nil
        closed.reversalPlanOn = nil
        closed.closedOn = day
        try passage.records.update(closed)
    }

    /// Opens everything once more and seals it under one fresh key that only the archive holds.
    private func sealAnew(_ record: RecordRow) throws {
        let rows = try passage.entries.of(record: record.id)
        var holds: [KeySlot: RecordHold] = [:]
        var opened: [(entry: OpenedEntry, key: RecordKey)] = []
        for row in rows {
            let hold = try holds[row.slot] ?? passage.holdAsMemberOrOffice(record, slot: row.slot)
            holds[row.slot] = hold
            opened.append((try passage.open(row, hold), try passage.key(of: row, hold)))
        }
        try passage.keyRows.deleteRecordKeys(record.id)
        let fresh = try passage.recordKeys.make(record: record.id, slot: .main, holder: archive)
        for (entry, old) in opened {
            let document = try entry.row.document.map {
                try passage.recopy(
                    Passage.Place(document: $0, record: record.id, key: old), toRecord: record.id, key: fresh.key)
            }
            try passage.entries.reseal(
                entry.row,
                sealed: Passage.seal(entry.signed, entry: entry.row.id, record: record.id, key: fresh.key),
                keyEpoch: fresh.epoch, document: document)
        }
        for hold in holds.values where hold.holder.kind == .privileged || hold.holder.kind == .restricted {
            try passage.endGroup(hold.holder.group)
        }
        try passage.keyRows.deleteRestrictedHolder(record.id)
    }
}
