public import Adoption
import Foundation
import Sealing
public import WorkingDays

/// What creating an adoption record tells its administrator.
public struct AdoptionCreated: Sendable, Codable {
    /// The record's reference: an identifier, never a passcode.
    public let pin: String
    /// The people who were sent a notice, by short name.
    public let notified: [String]
    /// What was allowed and should be minded.
    public let warnings: [String]
}

/// An adoption record's structure: what it waits for, never what it says.
public struct AdoptionView: Sendable, Codable {
    /// The record's reference.
    public let pin: String
    /// Always `Secure Adoption Record`.
    public let classification: String
    /// Where the record stands in its life.
    public let stage: String
    /// The child's care record.
    public let careReference: String
    /// The day it was opened.
    public let openedOn: String
    /// The day of the intention, and its forum.
    public let intention: String?
    /// The day of the SPA decision.
    public let decisionOn: String?
    /// The day of the order.
    public let orderOn: String?
    /// Whether an import opened it.
    public let isImported: Bool
    /// Who is in its privileged group.
    public let members: [MemberLine]
    /// Who was told of it, and whether they have read so (R5).
    public let notices: [NoticeReceipt]
    /// How many entries it has.
    public let entryCount: Int
    /// What the record waits for.
    public let waitsFor: [WaitLine]
}

/// Whether one person has opened the notice of a record's creation.
public struct NoticeReceipt: Sendable, Codable {
    /// The person's short name.
    public let handle: String
    /// The day it was sent.
    public let sentOn: String
    /// Whether it was opened.
    public let isRead: Bool
}

extension Session {
    /// Notifies the Adoption Administrator of the intention to pursue adoption (R1, R17).
    public func notifyIntention(_ reference: String, forum: Forum, on day: Day) throws -> Outcome<Filed> {
        try write(Ask(.adoptionNotify, on: .record(reference)).dated(day)) { passage in
            var record = try passage.requireRecord()
            let warnings = try passage.judge(.notifyIntention, on: record, day: day).warnings
            record.intentionOn = day
            record.intentionForum = forum
            try passage.records.update(record)
            var entry = passage.content(.intention, of: record, on: day)
            entry.fields = ["forum": forum.rawValue]
            let row = try passage.file(entry, with: passage.hold(record))
            return Filed(entry: row.id, signpost: nil, warnings: warnings.map(\.message))
        }
    }

    /// Creates the child's adoption record and tells the key worker and the manager (R2 to R5).
    public func createAdoption(
        _ careReference: String, decisionOn: Day? = nil, on day: Day? = nil
    ) throws -> Outcome<AdoptionCreated> {
        try write(Ask(.adoptionCreate, on: .record(careReference)).dated(day)) { passage in
            let care = try passage.requireRecord()
            let warnings = try passage.judge(.createAdoption, on: care, day: day).warnings
            let adoption = try passage.makeAdoptionRecord(of: care, on: day ?? passage.today)
            if let decisionOn {
                try passage.judge(.recordDecision, on: adoption, day: decisionOn)
                try passage.recordDecision(decisionOn, on: adoption)
            }
            if care.isImported { try passage.carrySealedSide(of: care, to: adoption) }
            passage.touched(adoption, as: .adoptionCreate)
            return AdoptionCreated(
                pin: adoption.reference, notified: try passage.tellOfCreation(of: adoption, beside: care),
                warnings: warnings.filter { $0 != .decisionMissing || decisionOn == nil }.map(\.message))
        }
    }

    /// Shows an adoption record's structure.
    public func showAdoption(_ pin: String) throws -> Outcome<AdoptionView> {
        try read(Ask(.adoptionShow, on: .record(pin))) { passage in
            let record = try passage.requireRecord()
            let care = try passage.careRecord(of: record)
            return AdoptionView(
                pin: record.reference, classification: Classification.secureAdoptionRecord,
                stage: record.stage.rawValue, careReference: care.reference,
                openedOn: record.openedOn?.description ?? "",
                intention: care.intentionOn.map { "\($0) (\(care.intentionForum?.rawValue ?? ""))" },
                decisionOn: record.decisionOn?.description, orderOn: record.orderOn?.description,
                isImported: record.isImported, members: try passage.memberLines(of: record),
                notices: try passage.notices.about(record.id).map {
                    NoticeReceipt(handle: try passage.handle($0.recipient), sentOn: $0.sentOn, isRead: $0.isRead)
                },
                entryCount: try passage.entries.of(record: record.id).count,
                waitsFor: Waiting.waitsFor(try passage.domainFacts(record)).map(WaitLine.init))
        }
    }

    /// Records the day of the decision that the child should be placed for adoption (R2).
    public func recordDecision(_ pin: String, on day: Day) throws -> Outcome<Filed> {
        try write(Ask(.adoptionDecide, on: .record(pin)).dated(day)) { passage in
            let record = try passage.requireRecord()
            let warnings = try passage.judge(.recordDecision, on: record, day: day).warnings
            let row = try passage.recordDecision(day, on: record)
            return Filed(entry: row.id, signpost: nil, warnings: warnings.map(\.message))
        }
    }
}

extension Passage {
    /// A new adoption record beside a care record, held by the office until somebody is let in.
    func makeAdoptionRecord(of care: RecordRow, on day: Day, isImported: Bool = false) throws -> RecordRow {
        guard let office = roster.group(.office) else { throw VaultFault.rosterAltered("there is no office") }
        let record = RecordRow(
            id: Identifier.fresh(.record), reference: try freshPIN(), kind: .adoption, stage: .open, team: care.team,
            holder: office.group, holderSalt: randomBytes(16), care: care.id, isImported: isImported,
            planRecorded: false, openedOn: day)
        try records.insert(record)
        try recordKeys.make(record: record.id, slot: .main, holder: office)
        return record
    }

    /// A PIN that was never given away before, and never will be again.
    private func freshPIN() throws -> String {
        while true {
            let pin = PIN(random: randomBytes(PIN.randomByteCount)).description
            let token = session.secrets.token(Data(pin.utf8), VaultLabel.usedPin)
            guard try !records.isUsed(pin: token) else { continue }
            try records.use(pin: token)
            return pin
        }
    }

    @discardableResult
    func recordDecision(_ day: Day, on record: RecordRow) throws -> EntryRow {
        var changed = record
        changed.decisionOn = day
        if day > today { throw Refusal(.dayInFuture, on: today) }
        try records.update(changed)
        let entry = content(.decision, of: record, on: day)
        return try file(entry, with: holdAsMemberOrOffice(record))
    }

    /// The hold a member has, or the office's, for acts the administrator does without being a reader.
    func holdAsMemberOrOffice(_ record: RecordRow, slot: KeySlot = .main) throws -> RecordHold {
        do {
            return try hold(record, slot: slot)
        } catch is NotThere {
            return try holdByOffice(record, slot: slot)
        }
    }

    /// An imported child's sealed rows leave the return's annex for the adoption record made by hand.
    fileprivate func carrySealedSide(of care: RecordRow, to adoption: RecordRow) throws {
        guard let identifier = try particulars(hold(care))?.other["child"],
            let sealed = try ReturnKeeping(passage: self).takeOut(identifier)
        else { return }
        var entry = content(.returnRows, of: adoption)
        entry.fields = try latest(.returnRows, hold(care))?.content.fields
        entry.payload = sealed
        try file(entry, with: holdAsMemberOrOffice(adoption))
    }

    fileprivate func tellOfCreation(of adoption: RecordRow, beside care: RecordRow) throws -> [String] {
        guard let pin = PIN(adoption.reference), let reference = CareReference(care.reference) else { return [] }
        let notice = CreationNotice(pin: pin, care: reference)
        let recipients = try verifiedAssignments(of: care.id)
            .filter { $0.relation != .deputy && $0.isCurrent(on: today) }.map(\.staff)
        for recipient in Set(recipients) { try notify(recipient, about: adoption, text: notice.text) }
        return try Set(recipients).map(handle).sorted()
    }

    /// Sends one person a sealed message.
    func notify(_ staff: String, about record: RecordRow?, text: String) throws {
        guard let member = roster.members[staff], member.isActive else { return }
        let id = Identifier.fresh(.notice)
        try notices.insert(
            NoticeRow(
                id: id, recipient: staff, record: record?.id, sentOn: today.description, isRead: false,
                sealed: try Envelope.seal(
                    Data(text.utf8), to: member.card.encapsulation, label: VaultLabel.notice, context: Data(id.utf8))))
    }
}
