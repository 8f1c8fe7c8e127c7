import WorkingDays

// The agency's decision that the child should be placed for adoption, and the decision that it should not.
extension ChildRules {
    static let decisionRules: [@Sendable (JudgedChild) -> [ReturnFinding]] = [
        decisionRows, decisionWithinCare, overlappingDecisions, decisionBeforePlacement, standingDecision,
        missingDecision,
    ]

    /// Each decision by itself.
    private static func decisionRows(_ subject: JudgedChild) -> [ReturnFinding] {
        subject.child.rows(of: .placedAdoption).flatMap { row in
            let (made, ceased) = (row.day(.placementDecided), row.day(.placementDecisionCeased))
            let reason = row.code(.reasonDecisionCeased)
            let isEnded = ceased != nil || !reason.isEmpty
            let found: [ReturnFinding.Code?] = [
                !reason.isEmpty && !CodeSet.decisionCeased.contains(reason) ? .decisionReasonNotValid : nil,
                isEnded && (ceased == nil || reason.isEmpty || made == nil) ? .decisionEndIncomplete : nil,
                isEarlier(ceased, than: made) ? .decisionEndsBeforeItBegins : nil,
                isEarlier(made, than: row.day(.dateOfBirth)) ? .decisionBeforeBirth : nil,
                subject.episodes.isEmpty ? .decisionWithoutEpisode : nil,
            ]
            return found.compactMap(\.self).map { subject.finding($0, at: row) }
        }
    }

    private static func decisionWithinCare(_ subject: JudgedChild) -> [ReturnFinding] {
        let began = subject.careBegan
        let left = subject.lastEpisodeOfCare?.day(.episodeCeased)
        return subject.child.rows(of: .placedAdoption).flatMap { row in
            let days = [row.day(.placementDecided), row.day(.placementDecisionCeased)]
            let found: [ReturnFinding.Code?] = [
                days.contains { isEarlier($0, than: began) } ? .decisionBeforeCare : nil,
                days.contains { isEarlier(left, than: $0) } ? .decisionAfterCare : nil,
            ]
            return found.compactMap(\.self).map { subject.finding($0, at: row) }
        }
    }

    private static func overlappingDecisions(_ subject: JudgedChild) -> [ReturnFinding] {
        let rows = subject.child.rows(of: .placedAdoption).sorted { left, right in
            (left.day(.placementDecided) ?? .earliest) < (right.day(.placementDecided) ?? .earliest)
        }
        return zip(rows, rows.dropFirst()).compactMap { earlier, later in
            let ceased = earlier.day(.placementDecisionCeased)
            guard ceased == nil || isEarlier(later.day(.placementDecided), than: ceased) else { return nil }
            return subject.finding(.decisionsOverlap, at: later)
        }
    }

    /// The first decision comes before the first placement order and the first placement; a later decision may follow
    /// both.
    private static func decisionBeforePlacement(_ subject: JudgedChild) -> [ReturnFinding] {
        let rows = subject.child.rows(of: .placedAdoption)
        guard let first = rows.min(by: { isEarlier($0.day(.placementDecided), than: $1.day(.placementDecided)) }) else {
            return []
        }
        let day = first.day(.placementDecided)
        let found: [ReturnFinding.Code?] = [
            isEarlier(subject.journey.placementOrderDay, than: day) ? .decisionAfterPlacementOrder : nil,
            isEarlier(subject.journey.placedDay, than: day) ? .decisionAfterPlacement : nil,
        ]
        return found.compactMap(\.self).map { subject.finding($0, at: first) }
    }

    private static func standingDecision(_ subject: JudgedChild) -> [ReturnFinding] {
        guard let last = subject.lastEpisodeOfCare, !subject.journey.isAdopted, !subject.journey.facts.isEmpty,
            !(subject.journey.decisions.last?.hasCeased ?? false)
        else { return [] }
        return [subject.finding(.decisionStandsAfterCare, at: last)]
    }

    private static func missingDecision(_ subject: JudgedChild) -> [ReturnFinding] {
        guard subject.journey.decisions.isEmpty else { return [] }
        let rows: [(ReturnFinding.Code, ReturnRow?)] = [
            (.placementOrderWithoutDecision, subject.episodes.first(where: \.isUnderPlacementOrder)),
            (.placedWithoutDecision, subject.episodes.first(where: \.isAdoptionPlacement)),
        ]
        return rows.compactMap { code, row in row.map { subject.finding(code, at: $0) } }
    }
}

/// Whether both days are known and the one lies before the other: what is not known contradicts nothing.
func isEarlier(_ day: Day?, than other: Day?) -> Bool {
    guard let day, let other else { return false }
    return day < other
}
