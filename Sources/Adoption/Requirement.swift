internal import WorkingDays

/// Names a condition that a row of the lifecycle table puts on a record before its event proceeds.
///
/// Each has one refusal, so that a row reads as the list of what can go wrong, in the order it is said.
public enum Requirement: String, Sendable, CaseIterable {
    /// The day is not before the record was opened.
    case dayFromOpening = "day-from-opening"
    /// The day is not before the intention.
    case dayFromIntention = "day-from-intention"
    /// The day is not before the decision.
    case dayFromDecision = "day-from-decision"
    /// The day is not before the order.
    case dayFromOrder = "day-from-order"
    /// The day is not after the order.
    case dayUpToOrder = "day-up-to-order"
    /// An intention has been notified (R1).
    case intention
    /// No adoption record of this child is current (R10, R16).
    case noAdoptionRecord = "no-adoption-record"
    /// An adoption record of this child is current.
    case adoptionRecord = "adoption-record"
    /// There is an intention or an adoption record to give up (R16).
    case somethingToReverse = "something-to-reverse"
    /// The care record exists and is open.
    case careRecordOpen = "care-record-open"
    /// The care record awaits closure too, so that both close together (R14).
    case careRecordAwaitsClosure = "care-record-awaits-closure"
    /// The SPA decision is not recorded yet.
    case decisionNotYet = "decision-not-yet"
    /// The SPA decision is recorded (R2).
    case decision
    /// The plan's type and aim stand on the care record (R7).
    case plan
    /// The file audit is signed (R14).
    case audit
    /// Nobody closes around one who asks for the order to be withdrawn.
    case noWithdrawalAsked = "no-withdrawal-asked"
    /// The background to the reversal stands on the care record (R16c).
    case reversalPlan = "reversal-plan"
    /// Some migrated entries wait for confirmation.
    case someHeld = "some-held"
    /// No migrated entry waits for confirmation any more.
    case noneHeld = "none-held"
    /// The migration's counts and digests agree (R16d).
    case countsAgree = "counts-agree"

    /// The refusal, if the record does not meet the condition.
    func unmet(by facts: RecordFacts, on day: Day) -> Refusal? {
        switch self {
        case .dayFromOpening: day < facts.openedOn ? Refusal(.dayBeforeOpening, on: facts.openedOn) : nil
        case .dayFromIntention: earlier(day, than: facts.intentionOn, .dayBeforeIntention)
        case .dayFromDecision: earlier(day, than: facts.decisionOn, .orderBeforeDecision)
        case .dayFromOrder: earlier(day, than: facts.orderOn, .dayBeforeOrder)
        case .dayUpToOrder: later(day, than: facts.orderOn, .decisionAfterOrder)
        case .intention: unless(facts.intentionOn != nil, .noIntention)
        case .noAdoptionRecord: unless(!facts.hasCurrentAdoptionRecord, .adoptionRecordExists)
        case .adoptionRecord: unless(facts.hasCurrentAdoptionRecord, .noAdoptionRecord)
        case .somethingToReverse:
            unless(facts.hasCurrentAdoptionRecord || facts.intentionOn != nil, .nothingToReverse)
        case .careRecordOpen:
            facts.careStage == nil ? Refusal(.noCareRecord) : unless(facts.careStage == .open, .careRecordNotOpen)
        case .careRecordAwaitsClosure:
            facts.careStage == nil
                ? Refusal(.noCareRecord) : unless(facts.careStage == .awaitingClosure, .recordsCloseTogether)
        case .decisionNotYet:
            facts.decisionOn == nil ? nil : Refusal(.decisionAlreadyRecorded, on: facts.decisionOn)
        case .decision: unless(facts.decisionOn != nil, .orderWithoutDecision)
        case .plan: unless(facts.planRecorded, .planMissing)
        case .noWithdrawalAsked: unless(!facts.withdrawalAsked, .withdrawalAsked)
        case .audit: unless(facts.auditSigned, .auditMissing)
        case .reversalPlan: unless(facts.reversalPlanRecorded, .reversalPlanMissing)
        case .someHeld: unless(facts.heldForConfirmation > 0, .alreadyMigrated)
        case .noneHeld: unless(facts.heldForConfirmation == 0, .entriesHeld)
        case .countsAgree: unless(facts.migrationCountsAgree, .countsDisagree)
        }
    }

    private func unless(_ met: Bool, _ kind: Refusal.Kind) -> Refusal? { met ? nil : Refusal(kind) }

    private func earlier(_ day: Day, than other: Day?, _ kind: Refusal.Kind) -> Refusal? {
        guard let other, day < other else { return nil }
        return Refusal(kind, on: other)
    }

    private func later(_ day: Day, than other: Day?, _ kind: Refusal.Kind) -> Refusal? {
        guard let other, day > other else { return nil }
        return Refusal(kind, on: other)
    }
}
