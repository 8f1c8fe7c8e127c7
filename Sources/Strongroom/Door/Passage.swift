import Adoption
import Cedar
import EncryptedStore
import Foundation
import Sealing
import TransparencyLog
import WorkingDays

/// One passage through the door: a transaction, the moment it happens in, who passes, and the record it touches.
final class Passage {
    let session: Session
    let statements: any Statements
    let now: VaultTime
    /// The clock leapt since the last entry, and a person said that it is right.
    let clockHasLeapt: Bool
    private(set) var roster: Roster
    let log: AccessLog
    /// The record asked for; nil for an act on the vault, and for a reference that leads nowhere.
    let record: RecordRow?

    private(set) var also: [(act: Act, record: String)] = []
    /// Records that this passage removed beside the one asked for, by the alias they stood under.
    var alsoRemoved: [String] = []
    /// The alias entries of this passage stand under, if the act removes the record's own.
    var aliasBeforeRemoval: String?
    /// The act erases what the log keeps of the record beside its commitments, and so leaves nothing more of that kind.
    var erasesOpenings = false
    /// A policy set that this act proposes or puts in force; its digest stands in the entry.
    var policySet: Data?
    /// The log's new origin, if this passage begins one; both heads stand in the entry.
    var beginning: LogBeginning?
    /// The act changed who may, or what is gone: the list of removals is then written anew.
    private(set) var changesRoster = false
    var changesRemovals: Bool { changesRoster || erasesOpenings }

    var today: Day { now.day }
    var me: String { session.staff }
    var identity: Identity { session.identity }
    var records: RecordRows { RecordRows(statements: statements) }
    var entries: EntryRows { EntryRows(statements: statements) }
    var assignments: AssignmentRows { AssignmentRows(statements: statements) }
    var keyRows: KeyRows { KeyRows(statements: statements) }
    var notices: NoticeRows { NoticeRows(statements: statements) }
    var tokens: TokenRows { TokenRows(statements: statements) }
    var backups: BackupRows { BackupRows(statements: statements) }
    var removed: RemovedRows { RemovedRows(statements: statements) }
    var logRows: LogRows { LogRows(statements: statements) }
    var groupKeys: GroupKeys { GroupKeys(rows: keyRows, roster: roster, identity: identity) }
    var recordKeys: RecordKeys { RecordKeys(rows: keyRows, roster: roster, identity: identity) }

    init(session: Session, statements: any Statements, target: Ask.Target) throws {
        self.session = session
        self.statements = statements
        log = try AccessLog(
            rows: LogRows(statements: statements), signer: session.logSigner,
            continuing: session.formerLog)
        roster = try session.verifiedRoster(statements)
        let last = try log.last()
        if let last, last.roster != roster.head?.hexadecimal ?? "" {
            throw VaultFault.rosterAltered("its end is not the one the access log names")
        }
        (now, clockHasLeapt) = try VaultTime.reading(
            session.clock, lastEntry: last.flatMap { VaultTime(text: $0.t)?.milliseconds },
            confirmed: session.clockIsConfirmed)
        switch target {
        case .vault: record = nil
        case .record(let typed):
            record = try Self.canonical(typed).flatMap {
                try RecordRows(statements: statements).find(reference: $0)
            }
        }
    }

    /// The one spelling of a reference, or nil for what cannot be one.
    static func canonical(_ typed: String) -> String? {
        PIN(typed)?.description ?? CareReference(typed)?.description
    }

    // MARK: facts and the decision

    func facts(about record: RecordRow?) throws -> Facts {
        Facts(
            roster: roster, staff: me, today: today, isPractice: session.isPractice, record: record,
            assignments: try record.map { try verifiedAssignments(of: $0.care ?? $0.id) } ?? [],
            hasAdoption: try record.map { try $0.kind == .care && records.adoptionRecord(of: $0.id) != nil } ?? false,
            office: roster.group(.office)?.group ?? "")
    }

    /// Asks the policies. An error in any policy is a deny: an erroring `forbid` must never fail open.
    func decide(_ ask: Ask, on record: RecordRow?) throws -> Verdict {
        if case .record = ask.target, record == nil { return .undecided() }
        let facts = try facts(about: record)
        if let record { try verifyBinding(of: record) }
        let about = try ask.about.flatMap { try staff(handle: $0) }
        let isMember = about.map { person in
            record.flatMap { roster.groups[$0.holder] }?.isMember(person, on: today.description) ?? false
        }
        let request = facts.request(
            ask, target: about, isSameStaff: try isSameStaff(ask, record), isMember: isMember)
        let entities = facts.entities(about: about)
        let profile = try session.profile(statements, roster: roster)
        let answer = try profile.decide(request, entities)
        return Verdict(
            isAllowed: answer.isAllowed, reasons: answer.reasons, policyDigest: profile.digest,
            facts: RecordedFacts(request, entities))
    }

    /// Whether who asks is the one person that the act wants another than; nil where it wants none.
    private func isSameStaff(_ ask: Ask, _ record: RecordRow?) throws -> Bool? {
        if ask.right == .policyApprove { return roster.proposal?.by == me }
        return try record.flatMap { try records.withdrawalAsked($0.care ?? $0.id) }.map { $0.by == me }
    }

    /// The domain's refusal that a deny restates, for a person who may be shown the record all the same; on an act that
    /// touches no record, for anybody.
    ///
    /// Nil when a policy without `@refusal` had a part in the deny, and nil for who may not be shown the record: they get
    /// the one answer for everything denied.
    func restatedRefusal(_ ask: Ask, reasons: [String]) throws -> Refusal? {
        guard !reasons.isEmpty else { return nil }
        let policies = try session.profile(statements, roster: roster).policies
        let kinds = reasons.compactMap { policies[$0]?.annotations["refusal"].flatMap(Refusal.Kind.init(rawValue:)) }
        guard kinds.count == reasons.count, let kind = kinds.first else { return nil }
        guard case .record(let typed) = ask.target else { return Refusal(kind) }
        guard let record else { return nil }
        let shown = Ask(record.kind == .care ? .careShow : .adoptionShow, on: .record(typed))
        return try decide(shown, on: record).isAllowed ? Refusal(kind, on: record.orderOn) : nil
    }

    /// The group a row names must be of the kind that holds such a record, and a privileged one the very group whose
    /// signed manifest is bound to it.
    func verifyBinding(of record: RecordRow) throws {
        guard let group = roster.groups[record.holder] else {
            throw VaultFault.rosterAltered("a record is held by a group without a manifest")
        }
        let isItsHolder =
            switch (group.kind, record.kind) {
            case (.archive, _): record.stage == .closed
            case (_, _) where record.stage == .closed: false
            case (.team, .care): record.team == record.holder
            case (.office, .adoption), (.office, .returned): true
            case (.privileged, .adoption):
                group.binding == GroupKeys.binding(record: record.id, salt: record.holderSalt)
            default: false
            }
        guard isItsHolder else { throw VaultFault.rosterAltered("a record is held by a group that is not its own") }
    }

    // MARK: people

    func handle(_ staff: String) throws -> String {
        guard let member = roster.members[staff] else { return "someone" }
        return try session.secrets.openHandle(member.handle, vault: session.vaultID)
    }

    /// The person of this handle, or nil.
    func staff(handle: String) throws -> String? {
        try roster.members.keys.sorted().first { try self.handle($0) == handle }
    }

    func verifiedAssignments(of record: String) throws -> [Assignment] {
        try assignments.of(record: record).map { row in
            let statement = try AssignmentStatement.verified(row, roster: roster, vault: session.vaultID)
            return Assignment(
                relation: row.relation, staff: row.staff, until: statement.until.flatMap { Day($0) })
        }
    }

    // MARK: what a passage adds

    /// Signs one more statement of the roster, as an act of authority, and takes it into force.
    func append(_ act: RosterAct, by signer: Identity? = nil) throws {
        let body = try CanonicalJSON.encode(RosterBody(vault: session.vaultID, at: now.text, act: act))
        let statement = try SignedStatement(
            signing: body, previous: roster.head, by: signer ?? identity, label: VaultLabel.roster)
        let position = roster.verified.count
        try roster.take(statement.encoded, vault: session.vaultID)
        changesRoster = true
        try RosterRows(statements: statements).append(statement.encoded, position: position)
    }

    /// Logs that this passage touched one more record: an entry of its own, under that record's alias alone.
    func touched(_ record: RecordRow, as act: Act) {
        also.append((act, record.id))
    }
}
