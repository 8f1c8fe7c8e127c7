// The placement for adoption, A3 to A6.
extension ChildRules {
    static let placementRules: [@Sendable (JudgedChild) -> [ReturnFinding]] = [
        placementOrderStands, carerStays, carerFostered,
    ]

    private static func placementOrderStands(_ subject: JudgedChild) -> [ReturnFinding] {
        subject.episodes
            .filter { CodeSet.underPlacementOrder.contains($0.code(.placement)) && !$0.isUnderPlacementOrder }
            .map { subject.finding(.placedWithoutPlacementOrder, at: $0) }
    }

    /// Placed where the child already lives, the child does not move: a new legal status or nothing but the placement.
    private static func carerStays(_ subject: JudgedChild) -> [ReturnFinding] {
        let reasons: Set<String> = ["S", "T", "U"]
        return subject.episodes
            .filter { CodeSet.carerAdopts.contains($0.code(.placement)) }
            .filter { !reasons.contains($0.code(.reasonForNewEpisode)) }
            .map { subject.finding(.carerAdoptsAfterMove, at: $0) }
    }

    /// Only where the return holds the episode before: the first one of a year may continue one of the year before.
    private static func carerFostered(_ subject: JudgedChild) -> [ReturnFinding] {
        let before = CodeSet.fosterPlacements.union(CodeSet.adoptionPlacements)
        return zip(subject.episodes, subject.episodes.dropFirst())
            .filter { earlier, later in
                CodeSet.carerAdopts.contains(later.code(.placement)) && !before.contains(earlier.code(.placement))
            }
            .map { subject.finding(.carerAdoptsUnfostered, at: $1) }
    }
}
