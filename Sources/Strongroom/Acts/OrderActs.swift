import Adoption
import EncryptedStore
import Foundation
import Sealing
public import WorkingDays

/// How far the withdrawal of an order has come.
public enum Withdrawal: String, Sendable, Codable {
    /// One person has asked; a second must say the same.
    case asked
    /// Both records are open again.
    case withdrawn
}

extension Session {
    /// Records the Adoption Order on both of the child's records, which then await closure.
    public func recordOrder(_ reference: String, on day: Day) throws -> Outcome<Filed> {
        try write(Ask(.orderRecord, on: .record(reference)).dated(day)) { passage in
            let (care, adoption) = try passage.bothRecords()
            let warnings = try passage.judge(.recordOrder, on: care, day: day).warnings
            try passage.judge(.recordOrder, on: adoption, day: day)
            let row = try passage.file(
                passage.content(.order, of: adoption, on: day), with: passage.holdAsMemberOrOffice(adoption))
            for var record in [care, adoption] {
                record.stage = .awaitingClosure
                record.orderOn = day
                try passage.records.update(record)
            }
            // From the order on a new record of the child may stand beside this one, and no word may find both.
            try passage.tokens.deleteSearch(record: care.id)
            passage.touchedOther(of: care, adoption, as: .orderRecord)
            return Filed(entry: row.id, signpost: nil, warnings: warnings.map(\.message))
        }
    }

    /// Withdraws an order recorded by mistake, before closing: one person asks, a second confirms.
    public func withdrawOrder(_ reference: String, reason: String) throws -> Outcome<Withdrawal> {
        let isAskedByAnother = try database.read { statements in
            let passage = try Passage(session: self, statements: statements, target: .record(reference))
            guard let record = passage.record,
                try passage.records.withdrawalAsked(record.care ?? record.id).map({ $0.by != passage.me }) ?? false
            else { return false }
            // Who may not confirm is logged as asking, or the entry would tell that the record is there.
            return try passage.decide(Ask(.orderWithdrawConfirm, on: .record(reference)), on: record).isAllowed
        }
        let act: Act = isAskedByAnother ? .orderWithdrawConfirm : .orderWithdrawAsk
        return try write(Ask(act, on: .record(reference)).because(reason)) { passage in
            let (care, adoption) = try passage.bothRecords()
            try passage.requireReason(reason)
            try passage.judge(.withdrawOrder, on: care)
            try passage.judge(.withdrawOrder, on: adoption)
            passage.touchedOther(of: care, adoption, as: act)
            guard isAskedByAnother else {
                if try passage.records.withdrawalAsked(care.id) != nil { throw Refusal(.samePerson) }
                try passage.records.askWithdrawal(care.id, by: passage.me, on: passage.today)
                try passage.tellOfWithdrawal(of: care)
                return .asked
            }
            try passage.withdrawOrder(care, adoption, reason: reason)
            return .withdrawn
        }
    }
}

extension Passage {
    /// The child's two records, whichever of them was asked for.
    func bothRecords() throws -> (care: RecordRow, adoption: RecordRow) {
        let record = try requireRecord()
        if record.kind == .adoption { return (try careRecord(of: record), record) }
        guard let adoption = try records.adoptionRecord(of: record.id) else { throw Refusal(.noAdoptionRecord) }
        return (record, adoption)
    }

    func touchedOther(of care: RecordRow, _ adoption: RecordRow, as act: Act) {
        touched(record?.id == care.id ? adoption : care, as: act)
    }

    /// Tells everybody who could be the second person.
    fileprivate func tellOfWithdrawal(of care: RecordRow) throws {
        let managers = try verifiedAssignments(of: care.id).filter { $0.relation == .manager }.map(\.staff)
        for person in Set(managers + roster.active(.adoptionAdministrator)).sorted() where person != me {
            try notify(
                person, about: care,
                text: """
                    The Adoption Order on \(care.reference) is said to have been recorded in error. Until a second person \
                    confirms that, nothing changes, and the records cannot close:
                    strongroom order withdraw \(care.reference) --reason @reason.txt
                    """)
        }
    }

    fileprivate func withdrawOrder(_ care: RecordRow, _ adoption: RecordRow, reason: String) throws {
        try records.endWithdrawal(care.id)
        // On the care record, which a manager outside the privileged group can write on too.
        var entry = content(.orderWithdrawn, of: care)
        entry.reason = reason
        try file(entry, with: holdAsMemberOrOffice(care))
        for var record in [care, adoption] {
            record.stage = .open
            record.orderOn = nil
            record.auditSignedOn = nil
            try records.update(record)
        }
        let hold = try holdAsMemberOrOffice(care)
        if let words = try particulars(hold)?.words { try insertSearchWords(words, with: hold) }
    }
}
