extension Lifecycle {
    /// Every event that may happen, on which record, at which stage, under which conditions, and where it leads.
    ///
    /// What is not here is refused. There is no row from ``Stage/closed`` or ``Stage/removed``, and a test keeps it so.
    public static let table: [Row] = beginning + working + ordering + reversing + importing

    /// How a record begins.
    private static let beginning: [Row] = [
        row(.openCare, .care, nil, .open),
        row(.createAdoption, .adoption, nil, .open),
        row(
            .notifyIntention, .care, .open, .open, [.noAdoptionRecord], [.dayBeforeOpening, .intentionAlreadyNotified]),
        row(
            .createAdoption, .care, .open, .open, [.dayFromOpening, .noAdoptionRecord, .intention, .dayFromIntention],
            [.decisionMissing, .planMissing]),
    ]

    /// What happens on an open record. Between order and closing a record takes only what the file audit needs: filing,
    /// correcting, moving; a new key worker and a grant, since someone must close it; and a revocation, which nothing
    /// may stop.
    private static let working: [Row] = [
        row(.recordDecision, .adoption, .open, .open, [.decisionNotYet, .dayFromIntention], [.openedAfterDecision]),
        // An imported order may have come without its decision: the administrator supplies it before closing.
        row(
            .recordDecision, .adoption, .awaitingClosure, .awaitingClosure,
            [.decisionNotYet, .dayFromIntention, .dayUpToOrder], [.openedAfterDecision]),
        row(.note, .care, .open, .open, [], [.dayBeforeOpening]),
        row(.note, .adoption, .open, .open, [], [.dayBeforeOpening]),
        row(.visit, .care, .open, .open, [], [.dayBeforeOpening]),
        row(.visit, .adoption, .open, .open, [], [.dayBeforeOpening]),
        row(.addDocument, .care, .open, .open),
        row(.addDocument, .care, .awaitingClosure, .awaitingClosure),
        row(.addDocument, .adoption, .open, .open),
        row(.addDocument, .adoption, .awaitingClosure, .awaitingClosure),
        row(.correct, .care, .open, .open),
        row(.correct, .care, .awaitingClosure, .awaitingClosure),
        row(.correct, .adoption, .open, .open),
        row(.correct, .adoption, .awaitingClosure, .awaitingClosure),
        row(.move, .care, .open, .open),
        row(.move, .care, .awaitingClosure, .awaitingClosure),
        row(.move, .adoption, .open, .open),
        row(.move, .adoption, .awaitingClosure, .awaitingClosure),
        row(.assign, .care, .open, .open, [.dayFromOpening]),
        row(.assign, .care, .awaitingClosure, .awaitingClosure, [.dayFromOpening]),
        row(.assign, .adoption, .open, .open, [.dayFromOpening]),
        row(.assign, .adoption, .awaitingClosure, .awaitingClosure, [.dayFromOpening]),
        row(.recordPlan, .care, .open, .open, [.dayFromOpening]),
        row(.grant, .care, .open, .open, [.dayFromOpening]),
        row(.grant, .adoption, .open, .open, [.dayFromOpening]),
        // An imported order may have come before anybody was let in, and somebody must file what the audit needs.
        row(.grant, .adoption, .awaitingClosure, .awaitingClosure, [.dayFromOpening]),
        row(.revoke, .care, .open, .open, [], [.lastMemberLeaves]),
        row(.revoke, .care, .awaitingClosure, .awaitingClosure, [], [.lastMemberLeaves]),
        row(.revoke, .adoption, .open, .open, [], [.lastMemberLeaves]),
        row(.revoke, .adoption, .awaitingClosure, .awaitingClosure, [], [.lastMemberLeaves]),
        row(.revoke, .adoption, .securityLifted, .securityLifted, [], [.lastMemberLeaves]),
        row(.revoke, .adoption, .migrated, .migrated, [], [.lastMemberLeaves]),
    ]

    /// The order, and the way to closing both records (R14).
    private static let ordering: [Row] = [
        row(
            .recordOrder, .care, .open, .awaitingClosure,
            [.dayFromOpening, .adoptionRecord, .decision, .dayFromDecision, .plan],
            [.detailedPlanMissing, .planReversed]),
        row(
            .recordOrder, .adoption, .open, .awaitingClosure,
            [.dayFromOpening, .careRecordOpen, .decision, .dayFromDecision, .plan],
            [.detailedPlanMissing, .planReversed]),
        row(.withdrawOrder, .care, .awaitingClosure, .open, [.dayFromOrder]),
        row(.withdrawOrder, .adoption, .awaitingClosure, .open, [.dayFromOrder]),
        row(.signAudit, .care, .awaitingClosure, .awaitingClosure, [.dayFromOrder]),
        row(.signAudit, .adoption, .awaitingClosure, .awaitingClosure, [.dayFromOrder]),
        row(
            .close, .care, .awaitingClosure, .closed,
            [.dayFromOrder, .adoptionRecord, .decision, .noWithdrawalAsked, .audit]),
        row(
            .close, .adoption, .awaitingClosure, .closed,
            [.dayFromOrder, .careRecordAwaitsClosure, .decision, .noWithdrawalAsked, .audit]),
    ]

    /// The four acts of a reversal (R16). The new plan may come at any time before the removal.
    private static let reversing: [Row] = [
        row(.recordReversalPlan, .care, .open, .open, [.dayFromOpening, .somethingToReverse]),
        row(
            .liftSecurity, .adoption, .open, .securityLifted, [.dayFromOpening, .careRecordOpen], [.reversalPlanMissing]
        ),
        // Once more, to name another team administrator when the first one cannot act.
        row(
            .liftSecurity, .adoption, .securityLifted, .securityLifted, [.dayFromOpening, .careRecordOpen],
            [.reversalPlanMissing]),
        row(
            .migrate, .adoption, .securityLifted, .migrated, [.dayFromOpening, .careRecordOpen], [.reversalPlanMissing]),
        // Once more for each restricted entry that the administrator confirms.
        row(.migrate, .adoption, .migrated, .migrated, [.dayFromOpening, .careRecordOpen, .someHeld]),
        row(.remove, .adoption, .migrated, .removed, [.dayFromOpening, .reversalPlan, .noneHeld, .countsAgree]),
    ]

    /// What a national return brings. An order in it gives awaiting closure, never an automatic close.
    private static let importing: [Row] = [
        row(.import, .care, nil, .open, orderInReturn: false),
        row(.import, .care, nil, .awaitingClosure, orderInReturn: true),
        row(.import, .adoption, nil, .open, orderInReturn: false),
        row(.import, .adoption, nil, .awaitingClosure, orderInReturn: true),
        row(.import, .returned, nil, .open),
        row(.import, .care, .open, .open, orderInReturn: false),
        row(.import, .care, .open, .awaitingClosure, orderInReturn: true),
        row(.import, .care, .awaitingClosure, .awaitingClosure),
        row(.import, .adoption, .open, .open, orderInReturn: false),
        row(.import, .adoption, .open, .awaitingClosure, orderInReturn: true),
        row(.import, .adoption, .awaitingClosure, .awaitingClosure),
        row(.import, .returned, .open, .open),
    ]

    private static func row(
        _ event: Event, _ kind: RecordKind, _ from: Stage?, _ to: Stage, _ requires: [Requirement] = [],
        _ warns: [Warning] = [], orderInReturn: Bool? = nil
    ) -> Row {
        Row(
            event: event, kind: kind, from: from, to: to, requires: requires, warns: warns, orderInReturn: orderInReturn
        )
    }
}
