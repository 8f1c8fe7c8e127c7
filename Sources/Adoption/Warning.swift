internal import WorkingDays

/// Says what is unusual about an act that proceeds all the same.
///
/// The raw value is stored: it never changes.
public enum Warning: String, Codable, Sendable, CaseIterable {
    /// The SPA decision is not recorded yet; an order will be refused until it is (R2).
    case decisionMissing = "decision-missing"
    /// The plan's type and aim are not on the care record yet (R7).
    case planMissing = "plan-missing"
    /// The detailed Adoption Plan is not filed yet (R9).
    case detailedPlanMissing = "detailed-plan-missing"
    /// The background to the reversal is not on the care record yet; removal will be refused until it is (R16c).
    case reversalPlanMissing = "reversal-plan-missing"
    /// An intention is already notified; the administrator now sees this one.
    case intentionAlreadyNotified = "intention-already-notified"
    /// The adoption record was opened after the decision, where R2 wants it in place by then.
    case openedAfterDecision = "opened-after-decision"
    /// What is recorded happened before the record was opened.
    case dayBeforeOpening = "day-before-opening"
    /// A plan to give up adoption stands on the care record.
    case planReversed = "plan-reversed"
    /// Nobody but the administrators' office will be left with a key.
    case lastMemberLeaves = "last-member-leaves"

    /// The warning in words: lower case, no full stop, nothing from inside a record.
    public var message: String {
        switch self {
        case .decisionMissing: "the decision that the child should be placed for adoption is not recorded yet"
        case .planMissing: "the plan's type and aim are not on the care record yet"
        case .detailedPlanMissing: "the detailed adoption plan is not filed on the adoption record yet"
        case .reversalPlanMissing: "the background to the reversal is not on the care record yet"
        case .intentionAlreadyNotified: "an intention was notified before, this one now stands"
        case .openedAfterDecision:
            "the adoption record was opened after the decision, it should have been in place by then"
        case .dayBeforeOpening: "the day lies before the record was opened"
        case .planReversed: "a plan to give up adoption stands on the care record"
        case .lastMemberLeaves: "nobody but the administrators' office is left with a key"
        }
    }

    /// Whether there is reason to give this warning.
    func isDue(_ facts: RecordFacts, on day: Day) -> Bool {
        switch self {
        case .decisionMissing: facts.decisionOn == nil
        case .planMissing: !facts.planRecorded
        case .detailedPlanMissing: !facts.detailedPlanFiled
        case .reversalPlanMissing: !facts.reversalPlanRecorded
        case .intentionAlreadyNotified: facts.intentionOn != nil
        case .openedAfterDecision: day < facts.openedOn
        case .dayBeforeOpening: day < facts.openedOn
        case .planReversed: facts.reversalPlanRecorded
        case .lastMemberLeaves: facts.memberCount == 1
        }
    }
}
