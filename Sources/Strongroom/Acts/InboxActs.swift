import Adoption
import EncryptedStore
import Foundation
import Sealing
import WorkingDays

/// One message waiting, without its text.
public struct NoticeLine: Sendable, Codable {
    /// The message's identifier.
    public let id: String
    /// The day it was sent.
    public let sentOn: String
    /// Whether it was opened.
    public let isRead: Bool
}

/// One message opened.
public struct NoticeView: Sendable, Codable {
    /// The message's identifier.
    public let id: String
    /// The day it was sent.
    public let sentOn: String
    /// What it says.
    public let text: String
}

/// One thing that waits for the person who asks.
public struct TodoLine: Sendable, Codable {
    /// The record's reference, where it is about one they may know.
    public let reference: String?
    /// What waits.
    public let what: String
    /// The command that does it.
    public let command: String
}

extension Session {
    /// Lists the messages sent to this person.
    public func listInbox() throws -> Outcome<[NoticeLine]> {
        try read(Ask(.inboxList, on: .vault)) { passage in
            try passage.notices.to(passage.me).map {
                NoticeLine(id: $0.id, sentOn: $0.sentOn, isRead: $0.isRead)
            }
        }
    }

    /// Opens one message; its log entry is the receipt that it was read (R5).
    public func readNotice(_ id: String) throws -> Outcome<NoticeView> {
        let marked: Outcome<NoticeRow> = try write(Ask(.inboxRead, on: .vault)) { passage in
            guard let notice = try passage.notices.find(id, to: passage.me) else { throw NotThere() }
            try passage.notices.markRead(id)
            return notice
        }
        return try marked.map { notice in
            do {
                let text = try Envelope.open(
                    notice.sealed, with: identity.encapsulation, label: VaultLabel.notice, context: Data(id.utf8))
                return NoticeView(id: id, sentOn: notice.sentOn, text: String(decoding: text, as: UTF8.self))
            } catch {
                throw VaultFault.unusable(
                    "the message was sealed for an identity you no longer use", hint: "ask its sender to repeat it")
            }
        }
    }

    /// What waits for this person, by role and by assignment.
    public func todo() throws -> Outcome<[TodoLine]> {
        try read(Ask(.todoList, on: .vault)) { passage in try passage.todo() }
    }
}

extension Passage {
    func todo() throws -> [TodoLine] {
        var lines: [TodoLine] = []
        let unread = try notices.to(me).filter { !$0.isRead }.count
        if unread > 0 { lines.append(TodoLine(reference: nil, what: "\(unread) unread", command: "inbox list")) }
        for duty in try duties() {
            for wait in Waiting.waitsFor(try domainFacts(duty.record)) where duty.duties.contains(wait.duty) {
                lines.append(
                    TodoLine(reference: duty.record.reference, what: wait.words, command: wait.command))
            }
        }
        if isAdministrator { lines += try administratorsTodo() }
        if let proposal = roster.proposal, proposal.by != me, mayPinPolicies(me) {
            lines.append(
                TodoLine(
                    reference: nil, what: "a policy set waits for a second person", command: "policy show --proposal"))
        }
        return lines
    }

    private var isAdministrator: Bool { roster.members[me]?.roles.contains(.adoptionAdministrator) ?? false }

    /// Whether the roster would count this person's word on a policy set that another proposed.
    private func mayPinPolicies(_ staff: String) -> Bool {
        !(roster.members[staff]?.roles ?? []).isDisjoint(with: [.adoptionAdministrator, .disclosureAuthoriser])
    }

    /// The open records this person answers for, and as what.
    private func duties() throws -> [(record: RecordRow, duties: Set<Duty>)] {
        var found: [String: (record: RecordRow, duties: Set<Duty>)] = [:]
        func add(_ record: RecordRow, _ duty: Duty) {
            found[record.id, default: (record, [])].duties.insert(duty)
        }
        for assignment in try assignments.of(staff: me) {
            guard let care = try records.find(id: assignment.record) else { continue }
            let duty: Duty = assignment.relation == .manager ? .manager : .keyWorker
            add(care, duty)
            guard let adoption = try records.adoptionRecord(of: care.id),
                roster.groups[adoption.holder]?.isMember(me, on: today.description) ?? false
            else { continue }
            add(adoption, duty)
        }
        if isAdministrator {
            for record in try records.waitingForOffice() { add(record, .adoptionAdministrator) }
        }
        for record in try records.lifted(to: me) { add(record, .teamAdministrator) }
        return found.values.sorted { $0.record.id < $1.record.id }
    }

    private func administratorsTodo() throws -> [TodoLine] {
        var lines: [TodoLine] = []
        for record in try records.importedWithoutMembers(office: roster.group(.office)?.group ?? "") {
            lines.append(
                TodoLine(
                    reference: record.reference, what: "imported: its privileged group and its SPA decision",
                    command: "access grant"))
        }
        let unassigned = try records.openWithoutKeyWorker()
        if unassigned > 0 {
            lines.append(
                TodoLine(
                    reference: nil, what: "\(unassigned) care records without a key worker", command: "care assign"))
        }
        let held = try entries.heldCount()
        if held > 0 {
            lines.append(TodoLine(reference: nil, what: "\(held) held rows of a return", command: "import held"))
        }
        let office = roster.group(.office)?.members.count ?? 0
        if office < 2 {
            lines.append(
                TodoLine(
                    reference: nil, what: "the office has one administrator, two are advised", command: "staff add"))
        }
        if roster.recovery == nil {
            lines.append(TodoLine(reference: nil, what: "no recovery shares were made", command: "recovery split"))
        }
        for group in roster.groups.values.sorted(by: { $0.group < $1.group })
        where roster.activeGroup(group.group) != nil {
            let ended = group.members.filter { !$0.isCurrent(on: today.description) }
            for record in try ended.isEmpty ? [] : records.held(by: group.group) {
                lines.append(
                    TodoLine(
                        reference: record.reference, what: "\(ended.count) grants have run out and still hold a key",
                        command: "access revoke"))
            }
        }
        return lines
    }
}
