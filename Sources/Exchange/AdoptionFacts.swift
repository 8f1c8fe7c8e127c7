/// What in a return says that adoption was or is the plan for a child.
///
/// A child with any of these has *some adoption fact*. Not counted: a freeing order (`LS` D1), which could be made
/// without a decision of the agency and was abolished on 30 December 2005; a foster placement with carers also approved
/// to adopt (U2, U5), which keeps the plan open; an earlier adoption (`PREV_PERM` P1), which is about another life and
/// must not be tied to this one.
public enum AdoptionFact: String, CaseIterable, Codable, Sendable {
    /// A row of PlacedAdoption: the agency decided that the child should be placed.
    case decision
    /// An episode under `LS` E1: a placement order was made.
    case placementOrder = "placement-order"
    /// An episode at `PLACE` A3 to A6: the child was placed.
    case placed
    /// An episode ended with `REC` E11 or E12: an adoption order was made.
    case adopted
    /// A row of AD1: there are adopters.
    case adopters

    static func of(_ row: ReturnRow) -> [AdoptionFact] {
        switch row.table {
        case .placedAdoption: [.decision]
        case .adopters: [.adopters]
        case .episodes:
            [
                row.isUnderPlacementOrder ? .placementOrder : nil, row.isAdoptionPlacement ? .placed : nil,
                row.endsByAdoption ? .adopted : nil,
            ].compactMap(\.self)
        default: []
        }
    }
}

extension ReturnRow {
    var isAdoptionPlacement: Bool { CodeSet.adoptionPlacements.contains(code(.placement)) }
    var isUnderPlacementOrder: Bool { code(.legalStatus) == CodeSet.placementOrder }
    var endsByAdoption: Bool { CodeSet.adopted.contains(code(.reasonEpisodeCeased)) }
    /// Open as the return sees it: no day of its end. An adoption without its day is not an open episode.
    var isOpenEpisode: Bool { day(.episodeCeased) == nil && !endsByAdoption }
    /// The child left care with this episode.
    var endsCare: Bool {
        let reason = code(.reasonEpisodeCeased)
        return !reason.isEmpty && reason != CodeSet.anotherEpisodeFollows
    }
}
