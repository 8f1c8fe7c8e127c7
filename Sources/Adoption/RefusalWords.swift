internal import WorkingDays

extension Refusal {
    /// What is refused and why: lower case, no full stop, no name and nothing from inside a record.
    public var message: String {
        switch kind {
        case .recordClosed: "the record was closed\(dated(" on")), a closed record is never reopened"
        case .recordRemoved: "the record was removed after the plan was reversed"
        case .recordAlreadyOpen: "the record is open already\(dated(", since"))"
        case .notForThisRecord: "this act does not belong on this kind of record"
        case .orderAlreadyMade: "an order was made\(dated(" on")), this can no longer be done"
        case .onlyTheFileAudit: "an order was made\(dated(" on")), the record takes only what the file audit needs"
        case .noOrder: "no order is recorded"
        case .securityNotLifted: "the security of the adoption record has not been lifted"
        case .securityAlreadyLifted: "the security was lifted, the record takes only its migration to the care record"
        case .notMigrated: "the information has not been migrated to the care record"
        case .alreadyMigrated: "the information has been migrated already"

        case .dayInFuture: "the day lies in the future\(dated(", today is"))"
        case .dayBeforeOpening: "the day lies before the record was opened\(dated(" on"))"
        case .dayBeforeIntention: "the day lies before the intention\(dated(" of"))"
        case .dayBeforeOrder: "the day lies before the order\(dated(" of"))"
        case .orderBeforeDecision: "the order lies before the decision\(dated(" of"))"
        case .decisionAfterOrder: "the decision lies after the order\(dated(" of"))"

        case .noIntention: "no intention to pursue adoption has been notified"
        case .noCareRecord: "an adoption record needs a care record first"
        case .careRecordNotOpen: "the care record is not open"
        case .noAdoptionRecord: "the child has no adoption record"
        case .adoptionRecordExists: "the child has an adoption record already"
        case .oneRecordPerChild: "each child has an adoption record of their own, siblings share none"
        case .decisionAlreadyRecorded: "the decision is recorded already\(dated(", of"))"
        case .orderWithoutDecision: "the decision that the child should be placed for adoption is not recorded"
        case .planMissing: "the plan's type and aim are not on the care record"

        case .auditMissing: "the file audit is not signed"
        case .auditFoundMisfiled: "the file audit found documents on the wrong record"
        case .auditIncomplete: "the file audit found documents missing without a reason"
        case .recordsCloseTogether: "the care record does not await closure, both records close together"
        case .withdrawalNotAsked: "nobody has asked for the order to be withdrawn"
        case .withdrawalAsked: "somebody has asked for the order to be withdrawn"
        case .samePerson: "the person who asked cannot be the one who confirms"

        case .nothingToReverse: "there is no intention and no adoption record to reverse"
        case .reversalPlanMissing: "the background to the reversal is not on the care record"
        case .backgroundMissing: "a reversal needs the background to the decision"
        case .aimStillAdoption: "the new plan's aim is still adoption"
        case .countsDisagree: "the counts and digests of the migration do not agree"
        case .entriesHeld: "migrated entries still wait to be confirmed"
        case .notHeld: "the entry is not held for confirmation"

        case .belongsOnAdoptionRecord: "this belongs on the adoption record"
        case .belongsOnCareRecord: "this belongs on the care record"
        case .belongsOnAdopterRecord: "this belongs on the adopter record"
        case .neverOnCareRecord: "this never stands on a care record, it belongs on the adoption record alone"
        case .unknownDocumentKind: "the filing convention has no such kind of document"
        case .namesSecureRecord: "the text holds the reference of a secure record"
        case .namesPlacement: "the text shows placement or carer details"

        case .lastAdministrator: "this is the last adoption administrator"
        case .lastArchiveKeeper: "this is the last archive keeper"
        case .lastDisclosureAuthoriser: "this is the last disclosure authoriser"
        case .stillAssigned: "the person is still key worker or manager of records"
        case .notActive: "the person who would take over is not active"
        case .reasonMissing: "a reason is needed"
        case .grantWithoutEnd: "a deputy's grant needs an end"
        case .grantEndsTooSoon: "the grant would end before it begins"
        }
    }

    /// What to do instead, where there is something to do.
    public var hint: String? {
        switch kind {
        case .recordClosed: "for a new concern open a new record, in the name the child has now"
        case .notForThisRecord: "see `strongroom help` for which record an act belongs on"
        case .orderAlreadyMade, .onlyTheFileAudit:
            "close both records after the file audit, see `strongroom help closing`"
        case .noOrder: "record the order first with `order record`"
        case .securityNotLifted: "the adoption administrator lifts it with `reversal lift-security`"
        case .securityAlreadyLifted, .notMigrated: "the team administrator migrates it with `reversal migrate`"
        case .dayBeforeOpening, .dayBeforeIntention, .dayBeforeOrder, .orderBeforeDecision, .decisionAfterOrder:
            "check the day given with `--on`"
        case .noIntention: "the key worker notifies it with `adoption notify`"
        case .noCareRecord: "open the care record with `care open`"
        case .noAdoptionRecord: "the adoption administrator creates it with `adoption create`"
        case .adoptionRecordExists: "a second decision needs the first record's reversal completed"
        case .oneRecordPerChild: "create one with `adoption create` for each child"
        case .decisionAlreadyRecorded: "correct it with `entry correct`"
        case .orderWithoutDecision: "record its day with `adoption note --decision`"
        case .planMissing: "record them with `plan record`"
        case .auditMissing: "run `closure audit` and sign it"
        case .auditFoundMisfiled: "move each to the record named with `document move`"
        case .auditIncomplete: "add each document, or give the reason why there is none"
        case .recordsCloseTogether: "record the order on both records with `order record`"
        case .withdrawalAsked: "a second person confirms it with `order withdraw`, or the records wait"
        case .withdrawalNotAsked: "one person asks with `order withdraw`, another confirms"
        case .samePerson: "ask a second person who may"
        case .reversalPlanMissing, .backgroundMissing: "record it with `plan record --reversal`"
        case .aimStillAdoption: "name the aim the child has now"
        case .countsDisagree: "run `reversal migrate` again, nothing is removed before they agree"
        case .entriesHeld: "the adoption administrator confirms them one by one with `reversal migrate`"
        case .belongsOnAdoptionRecord, .neverOnCareRecord, .namesPlacement:
            "file it on the adoption record and leave a signpost on the care record"
        case .namesSecureRecord: "leave it out: a signpost says only that detail is held on the secure record"
        case .unknownDocumentKind: "see the filing convention with `policy show`"
        case .lastAdministrator, .lastArchiveKeeper, .lastDisclosureAuthoriser: "give the role to another person first"
        case .stillAssigned: "hand their records over with `staff handover`"
        case .grantWithoutEnd, .grantEndsTooSoon: "give the last day with `--until`"
        default: nil
        }
    }

    /// The day with a word before it, or nothing when no day is known.
    private func dated(_ word: String) -> String { day.map { "\(word) \($0)" } ?? "" }
}
