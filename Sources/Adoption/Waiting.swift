public import WorkingDays

/// Says one thing a record waits for, who must act, and the command that does it.
public struct Wait: Hashable, Sendable {
    /// What is waited for. The raw value stands in the program's answers: it never changes.
    public enum What: String, Sendable, CaseIterable {
        /// The administrator creates the adoption record (R2, R4).
        case adoptionRecord = "adoption-record"
        /// The day of the SPA decision (R2).
        case decision = "spa-decision"
        /// Plan type and aim on the care record (R7).
        case plan
        /// The detailed Adoption Plan on the adoption record (R9).
        case detailedPlan = "detailed-plan"
        /// Someone in the privileged group (R6).
        case members
        /// The Adoption Order.
        case order
        /// The signed file audit (R14).
        case audit
        /// Closing both records (R14).
        case closing
        /// The security's removal (R16a).
        case liftedSecurity = "lifted-security"
        /// Everything carried to the care record (R16b).
        case migration
        /// The administrator's word on restricted entries (R16b).
        case confirmations
        /// The background to the reversal on the care record (R16c).
        case reversalPlan = "reversal-plan"
        /// The record's removal (R16d).
        case removal
    }

    /// What is waited for.
    public let what: What
    /// Who must act.
    public let duty: Duty
    /// The command that does it, without the program's name and the record's reference.
    public let command: String
    /// The day since which it is due, where there is one.
    public let since: Day?

    init(_ what: What, _ duty: Duty, _ command: String, since: Day? = nil) {
        self.what = what
        self.duty = duty
        self.command = command
        self.since = since
    }

    /// What is waited for, in words.
    public var words: String {
        switch what {
        case .adoptionRecord: "the adoption record to be created"
        case .decision: "the day of the decision that the child should be placed for adoption"
        case .plan: "plan type and aim on the care record"
        case .detailedPlan: "the detailed adoption plan to be filed"
        case .members: "people to be let into the privileged group"
        case .order: "the adoption order"
        case .audit: "the file audit"
        case .closing: "both records to be closed"
        case .liftedSecurity: "the security to be lifted"
        case .migration: "the information to be migrated to the care record"
        case .confirmations: "restricted entries to be confirmed"
        case .reversalPlan: "the background to the reversal on the care record"
        case .removal: "the adoption record to be removed"
        }
    }
}

/// Tells what a record waits for, in the order it can be done.
public enum Waiting {
    /// What a record waits for; empty for a record that waits for nothing.
    ///
    /// The order itself is waited for last of all: it comes from a court, and nobody can hurry it.
    public static func waitsFor(_ facts: RecordFacts) -> [Wait] {
        switch (facts.kind, facts.stage) {
        case (.returned, _), (_, .closed), (_, .removed): []
        case (.care, .open): onOpenCare(facts)
        case (.care, _): toClose(facts)
        case (.adoption, .awaitingClosure): decision(facts) + toClose(facts)
        case (.adoption, _): Reversal.hasBegun(facts) ? toReverse(facts) : onOpenAdoption(facts)
        }
    }

    private static func onOpenCare(_ facts: RecordFacts) -> [Wait] {
        guard facts.hasCurrentAdoptionRecord else {
            guard let since = facts.intentionOn, !facts.reversalPlanRecorded else { return [] }
            return [Wait(.adoptionRecord, .adoptionAdministrator, "adoption create", since: since)]
        }
        return facts.planRecorded ? [] : [Wait(.plan, .keyWorker, "plan record")]
    }

    private static func onOpenAdoption(_ facts: RecordFacts) -> [Wait] {
        var waits = decision(facts)
        if facts.memberCount == 0 { waits.append(Wait(.members, .adoptionAdministrator, "access grant")) }
        if !facts.planRecorded { waits.append(Wait(.plan, .keyWorker, "plan record")) }
        if !facts.detailedPlanFiled {
            waits.append(Wait(.detailedPlan, .keyWorker, "document add --kind \(DocumentKind.detailedAdoptionPlan)"))
        }
        return waits + [Wait(.order, .keyWorker, "order record")]
    }

    private static func decision(_ facts: RecordFacts) -> [Wait] {
        guard facts.decisionOn == nil else { return [] }
        return [Wait(.decision, .adoptionAdministrator, "adoption note --decision", since: facts.openedOn)]
    }

    private static func toClose(_ facts: RecordFacts) -> [Wait] {
        facts.auditSigned
            ? [Wait(.closing, .keyWorker, "care close", since: facts.orderOn)]
            : [Wait(.audit, .keyWorker, "closure audit", since: facts.orderOn)]
    }

    private static func toReverse(_ facts: RecordFacts) -> [Wait] {
        Reversal.remaining(facts).map { act in
            switch act {
            case .liftSecurity: Wait(.liftedSecurity, act.duty, "reversal lift-security")
            case .migrate where facts.stage == .migrated:
                Wait(.confirmations, .adoptionAdministrator, "reversal migrate --confirm")
            case .migrate: Wait(.migration, act.duty, "reversal migrate")
            case .recordPlan: Wait(.reversalPlan, act.duty, "plan record --reversal")
            case .remove: Wait(.removal, act.duty, "reversal remove")
            }
        }
    }
}
