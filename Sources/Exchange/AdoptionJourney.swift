public import WorkingDays

/// The days of a child's way to adoption as a return gives them, under the names the law gives them.
///
/// The return's own names mislead: `DATE_PLACED` is the day of the decision that the child should be placed. The child
/// moved on the `DECOM` of the first episode at A3 to A6.
public struct AdoptionJourney: Hashable, Sendable {
    /// What the return says of adoption.
    public let facts: Set<AdoptionFact>
    /// The agency's decisions that the child should be placed, the earliest first.
    public let decisions: [Decision]
    /// `DECOM` of the first episode under a placement order.
    public let placementOrderDay: Day?
    /// AD1's `DATE_MATCH`.
    public let matchDay: Day?
    /// `DECOM` of the first episode at A3 to A6: the day the child was placed.
    public let placedDay: Day?
    /// `DEC` of the episode ended by E11 or E12: the day of the adoption order. Nil also where the return omits it.
    public let orderDay: Day?

    /// One decision that the child should be placed for adoption.
    public struct Decision: Hashable, Sendable {
        /// The day it was made, `DATE_PLACED`.
        public let day: Day?
        /// The day it ceased, `DATE_PLACED_CEASED`.
        public let ceasedDay: Day?
        /// Why it ceased, `REASON_PLACED_CEASED` as written: RD1 to RD4.
        public let reasonCeased: String
        /// Whether it ceased, whatever is missing about it.
        public var hasCeased: Bool { ceasedDay != nil || !reasonCeased.isEmpty }
    }

    /// The day of the latest decision: what the procedures call the SPA decision.
    public var decisionDay: Day? { decisions.last?.day }
    /// Whether the return says that an adoption order was made.
    public var isAdopted: Bool { facts.contains(.adopted) }

    /// Reads the journey of a child's rows. It judges nothing: see ``ReturnJudgement``.
    public init(of child: ReturnChild) {
        facts = Set(child.rows.flatMap(AdoptionFact.of))
        decisions = child.rows(of: .placedAdoption).map(Decision.init).sorted { left, right in
            (left.day ?? .earliest) < (right.day ?? .earliest)
        }
        let episodes = child.episodes
        placementOrderDay = episodes.first(where: \.isUnderPlacementOrder)?.day(.episodeBegan)
        placedDay = episodes.first(where: \.isAdoptionPlacement)?.day(.episodeBegan)
        orderDay = episodes.first(where: \.endsByAdoption)?.day(.episodeCeased)
        matchDay = child.rows(of: .adopters).first?.day(.matched)
    }

    /// What the facts alone suggest, before it is asked whether the child is held.
    var statedStage: ImportStage {
        if facts.isEmpty { return .none }
        if isAdopted { return orderDay.map(ImportStage.awaitingClosure(orderDay:)) ?? .none }
        guard let last = decisions.last, last.hasCeased else { return .open }
        return .reversed(ceasedDay: last.ceasedDay, reason: last.reasonCeased)
    }
}

extension AdoptionJourney.Decision {
    init(_ row: ReturnRow) {
        day = row.day(.placementDecided)
        ceasedDay = row.day(.placementDecisionCeased)
        reasonCeased = row[.reasonDecisionCeased]
    }
}

/// What an import may do for a child, suggested by the return and never more than the return says.
public enum ImportStage: Hashable, Sendable {
    /// Nothing: there is no adoption fact, or the child is held.
    case none
    /// An adoption record, marked imported.
    case open
    /// The decision has ceased. The four acts of a reversal are people's: the rows are held for one, nothing is acted
    /// on.
    case reversed(ceasedDay: Day?, reason: String)
    /// An adoption record whose order was made on that day: awaiting closure, never closed by an import.
    case awaitingClosure(orderDay: Day)

    /// What the care record shows, and all it shows: the plan's type and aim (R8).
    public var carePlan: CarePlan? {
        switch self {
        case .none, .reversed: nil
        case .open, .awaitingClosure: .adoption
        }
    }
}

/// A plan as the care record shows it: no detail, no placement, no carer.
public struct CarePlan: Hashable, Sendable, Codable {
    /// The plan's type.
    public let type: String
    /// The plan's aim.
    public let aim: String

    /// The plan that shows that an adoption record exists.
    public static let adoption = CarePlan(type: "adoption plan", aim: "adoption")
}
