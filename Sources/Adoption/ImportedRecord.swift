public import WorkingDays

/// Says what a national return's rows about one child amount to, before anything is made of them.
///
/// A return tells facts and leaves gaps. Nothing is guessed: an order that other rows contradict changes no stage and is
/// held for a person, an order gives awaiting closure and never a close, and the SPA decision stays unknown until the
/// administrator supplies it.
public struct ImportedRecord: Hashable, Sendable {
    /// Whether a valid row speaks of adoption; it opens an adoption record, since such rows lie on the sealed side.
    public let hasAdoptionFact: Bool
    /// The day of the order, where an episode ended by one.
    public let orderOn: Day?
    /// Whether other rows contradict the order.
    public let isContradictory: Bool

    /// Gathers what the rows say.
    public init(hasAdoptionFact: Bool, orderOn: Day? = nil, isContradictory: Bool = false) {
        self.hasAdoptionFact = hasAdoptionFact
        self.orderOn = orderOn
        self.isContradictory = isContradictory
    }

    /// The order as far as it may be acted on: none while other rows contradict it.
    public var actionableOrderOn: Day? { isContradictory ? nil : orderOn }

    /// The stage the care record should have.
    public var careStage: Stage { actionableOrderOn == nil ? .open : .awaitingClosure }

    /// The stage the adoption record should have; nil when the rows give no reason for one.
    public var adoptionStage: Stage? { hasAdoptionFact ? careStage : nil }

    /// What the care record shows of the plan; nil when the rows speak of none.
    public var plan: PlanOnCare? { adoptionStage == nil ? nil : PlanOnCare(type: .permanence, aim: .adoption) }
}
