public import WorkingDays

/// Holds what the lifecycle needs to know of one record to judge an event on it.
///
/// Nothing here is from inside the record: kind, stage, days of acts, yes and no. The facts of a care record include
/// those of its current adoption record (decision, order, audit), and the other way round (plan), because the rules
/// speak of both; a fact of an earlier adoption record, removed after a reversal, is not carried over.
public struct RecordFacts: Hashable, Sendable {
    /// Which record this is.
    public var kind: RecordKind
    /// How far it has come.
    public var stage: Stage
    /// The day the record was opened.
    public var openedOn: Day
    /// The day the review, the panel or the parents' request settled the intention (R1, R17).
    public var intentionOn: Day?
    /// Where the intention was formed.
    public var intentionForum: Forum?
    /// The day of the decision that the child should be placed for adoption (SPA).
    public var decisionOn: Day?
    /// The day of the Adoption Order.
    public var orderOn: Day?
    /// The day the record was closed.
    public var closedOn: Day?
    /// Whether the plan's type and aim stand on the care record (R7).
    public var planRecorded: Bool
    /// Whether the detailed Adoption Plan is filed on the adoption record (R9).
    public var detailedPlanFiled: Bool
    /// Whether the new plan with the background to the reversal stands on the care record (R16c).
    public var reversalPlanRecorded: Bool
    /// Whether the file audit is signed (R14).
    public var auditSigned: Bool
    /// Of a care record: whether an adoption record that is not removed belongs to it.
    public var hasCurrentAdoptionRecord: Bool
    /// Of an adoption record: the stage of its care record.
    public var careStage: Stage?
    /// Whether the migration's counts and digests agree (R16b).
    public var migrationCountsAgree: Bool
    /// How many migrated entries still wait for the administrator's confirmation, one by one (R16b).
    public var heldForConfirmation: Int
    /// Whether the record came from a national return.
    public var imported: Bool
    /// How many people are in the record's group.
    public var memberCount: Int
    /// Whether somebody has asked for the order to be withdrawn and nobody has confirmed it yet.
    public var withdrawalAsked: Bool

    /// Gathers the facts of a record; all but the first three have the value of a record newly opened.
    public init(
        kind: RecordKind, stage: Stage, openedOn: Day, intentionOn: Day? = nil, intentionForum: Forum? = nil,
        decisionOn: Day? = nil, orderOn: Day? = nil, closedOn: Day? = nil, planRecorded: Bool = false,
        detailedPlanFiled: Bool = false, reversalPlanRecorded: Bool = false, auditSigned: Bool = false,
        hasCurrentAdoptionRecord: Bool = false, careStage: Stage? = nil, migrationCountsAgree: Bool = false,
        heldForConfirmation: Int = 0, imported: Bool = false, memberCount: Int = 0,
        withdrawalAsked: Bool = false
    ) {
        self.kind = kind
        self.stage = stage
        self.openedOn = openedOn
        self.intentionOn = intentionOn
        self.intentionForum = intentionForum
        self.decisionOn = decisionOn
        self.orderOn = orderOn
        self.closedOn = closedOn
        self.planRecorded = planRecorded
        self.detailedPlanFiled = detailedPlanFiled
        self.reversalPlanRecorded = reversalPlanRecorded
        self.auditSigned = auditSigned
        self.hasCurrentAdoptionRecord = hasCurrentAdoptionRecord
        self.careStage = careStage
        self.migrationCountsAgree = migrationCountsAgree
        self.heldForConfirmation = heldForConfirmation
        self.imported = imported
        self.memberCount = memberCount
        self.withdrawalAsked = withdrawalAsked
    }
}
