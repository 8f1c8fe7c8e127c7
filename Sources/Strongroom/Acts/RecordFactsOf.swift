import Adoption
import WorkingDays

extension Passage {
    /// What the domain is told of a record.
    func domainFacts(_ record: RecordRow) throws -> RecordFacts {
        let care = try record.care.flatMap { try records.find(id: $0) }
        let adoption = record.kind == .care ? try records.adoptionRecord(of: record.id) : record
        let filed = try adoption.map { try entries.of(record: $0.id) } ?? []
        let members = roster.activeGroup(adoption?.holder ?? "")
            .map { $0.kind == .privileged ? $0.members.count(where: { $0.isCurrent(on: today.description) }) : 0 }
        let manifest = try migrationCounts(adoption)
        return RecordFacts(
            kind: record.kind, stage: record.stage, openedOn: record.openedOn ?? today,
            intentionOn: (care ?? record).intentionOn, intentionForum: (care ?? record).intentionForum,
            decisionOn: (adoption ?? record).decisionOn, orderOn: record.orderOn, closedOn: record.closedOn,
            planRecorded: (care ?? record).planRecorded,
            detailedPlanFiled: filed.contains { $0.documentKind == DocumentKind.detailedAdoptionPlan.rawValue },
            reversalPlanRecorded: (care ?? record).reversalPlanOn != nil,
            auditSigned: (care ?? record).auditSignedOn != nil, hasCurrentAdoptionRecord: adoption != nil,
            careStage: care?.stage, migrationCountsAgree: manifest.agree, heldForConfirmation: manifest.held,
            imported: record.isImported, memberCount: members ?? 0,
            withdrawalAsked: try records.withdrawalAsked((care ?? record).id) != nil)
    }

    /// A migrated record keeps its entries until it is removed: those its manifest does not account for are held.
    private func migrationCounts(_ adoption: RecordRow?) throws -> (agree: Bool, held: Int) {
        guard let adoption, adoption.stage == .migrated, let migrated = adoption.migratedCount else {
            return (false, 0)
        }
        let held = try entries.of(record: adoption.id).count - migrated
        return (held >= 0, held)
    }

    /// Judges an event of the lifecycle, and throws the domain's refusal.
    @discardableResult
    func judge(_ event: Event, on record: RecordRow, day: Day? = nil) throws -> (stage: Stage, warnings: [Warning]) {
        switch Lifecycle.judge(event, on: try domainFacts(record), day: day ?? today, today: today) {
        case .proceeds(let stage, let warnings): return (stage, warnings)
        case .refused(let refusal): throw refusal
        }
    }

    /// The record that was asked for. Only a decision that was allowed gets here, so there is one.
    func requireRecord() throws -> RecordRow {
        guard let record else { throw NotThere() }
        return record
    }

    /// The care record of the child whose record was asked for.
    func careRecord(of record: RecordRow) throws -> RecordRow {
        guard let care = record.care else { return record }
        guard let found = try records.find(id: care) else { throw VaultFault.damaged("a care record is missing") }
        return found
    }

    func requireStaff(_ handle: String) throws -> String {
        guard let staff = try staff(handle: handle), roster.members[staff]?.isActive == true else {
            throw VaultFault.unusable("there is nobody called `\(handle)` here", hint: "see `strongroom staff list`")
        }
        return staff
    }

    func requireReason(_ reason: String) throws {
        guard reason.contains(where: { !$0.isWhitespace }) else { throw Refusal(.reasonMissing) }
    }
}
