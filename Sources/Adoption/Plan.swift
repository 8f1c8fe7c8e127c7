/// Says what sort of plan stands on the care record. The raw value is stored: it never changes.
public enum PlanType: String, Codable, Sendable, CaseIterable {
    /// Where the child is to grow up.
    case permanence
    /// The care plan.
    case care
    /// The plan of a child in need.
    case childInNeed = "child-in-need"
    /// The plan of a young person leaving care.
    case pathway
}

/// Says what a plan aims at. The raw value is stored: it never changes.
public enum PlanAim: String, Codable, Sendable, CaseIterable {
    /// Adoption.
    case adoption
    /// The child returns to the parents.
    case returnHome = "return-home"
    /// The child lives with family or friends.
    case familyAndFriends = "family-and-friends"
    /// A special guardianship order.
    case specialGuardianship = "special-guardianship"
    /// Long-term fostering.
    case longTermFostering = "long-term-fostering"
    /// A children's home.
    case residentialCare = "residential-care"
    /// Living independently.
    case independence
    /// Another aim, or none settled yet.
    case undecided
}

/// Holds all that a care record shows of a plan: its type and its aim (R8).
///
/// Both are closed lists, so there is no field into which a placement or a carer could be typed.
public struct PlanOnCare: Hashable, Codable, Sendable {
    /// What sort of plan it is.
    public let type: PlanType
    /// What it aims at.
    public let aim: PlanAim

    /// Makes a plan.
    public init(type: PlanType = .permanence, aim: PlanAim = .adoption) {
        self.type = type
        self.aim = aim
    }

    /// The line the care record shows.
    public var text: String { "plan type \(type.rawValue), aim \(aim.rawValue)" }
}

/// Holds the new plan that follows a reversal, with the background to the decision (R16c).
///
/// The background is for a future audit of why the plan was given up. It stands on the open care record, so it is judged
/// as any text there.
public struct ReversalPlan: Hashable, Codable, Sendable {
    /// The plan the child has now.
    public let plan: PlanOnCare
    /// Why the plan to adopt was given up.
    public let background: String

    /// Makes the new plan.
    ///
    /// - Throws: a ``Refusal``: the aim is still adoption, the background is empty, or it names what the care record
    ///   must not show.
    public init(plan: PlanOnCare, background: String) throws(Refusal) {
        guard plan.aim != .adoption else { throw Refusal(.aimStillAdoption) }
        guard background.contains(where: { !$0.isWhitespace }) else { throw Refusal(.backgroundMissing) }
        if let refusal = CareText.judge(background) { throw refusal }
        self.plan = plan
        self.background = background
    }
}
