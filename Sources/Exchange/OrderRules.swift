import WorkingDays

// The adoption order: E11 and E12.
extension ChildRules {
    static let orderRules: [@Sendable (JudgedChild) -> [ReturnFinding]] = [
        orderRows, adoptedOnce, nothingAfterwards, adoptedAgainstDecision, adoptersMissing,
    ]

    private static let ageOfMajorityYears = 18

    private static func orderRows(_ subject: JudgedChild) -> [ReturnFinding] {
        let majority = subject.child.rows(of: .header).first?.day(.dateOfBirth)?.adding(years: ageOfMajorityYears)
        return subject.episodes.filter(\.endsByAdoption).flatMap { row in
            let ordered = row.day(.episodeCeased)
            let found: [ReturnFinding.Code?] = [
                ordered == nil ? .adoptedWithoutDay : nil,
                row.isAdoptionPlacement ? nil : .adoptedUnplaced,
                ordered != nil && !isEarlier(ordered, than: majority) && majority != nil ? .adoptedOverAge : nil,
            ]
            return found.compactMap(\.self).map { subject.finding($0, at: row) }
        }
    }

    private static func adoptedOnce(_ subject: JudgedChild) -> [ReturnFinding] {
        subject.episodes.filter(\.endsByAdoption).dropFirst().map { subject.finding(.adoptedTwice, at: $0) }
    }

    /// A child adopted who comes back into care has a new identifier. The same one is held, and never merged.
    private static func nothingAfterwards(_ subject: JudgedChild) -> [ReturnFinding] {
        guard let ended = subject.episodes.first(where: \.endsByAdoption) else { return [] }
        let later = subject.episodes.first { isEarlier(ended.day(.episodeBegan), than: $0.day(.episodeBegan)) }
        return later.map { [subject.finding(.episodeAfterAdoption, at: $0)] } ?? []
    }

    private static func adoptedAgainstDecision(_ subject: JudgedChild) -> [ReturnFinding] {
        guard subject.journey.isAdopted, subject.journey.decisions.last?.hasCeased ?? false else { return [] }
        return subject.child.rows(of: .placedAdoption).suffix(1).map { subject.finding(.adoptedAfterReversal, at: $0) }
    }

    private static func adoptersMissing(_ subject: JudgedChild) -> [ReturnFinding] {
        guard subject.child.rows(of: .adopters).isEmpty else { return [] }
        return subject.episodes.filter(\.endsByAdoption).prefix(1)
            .map { subject.finding(.adoptedWithoutAdopters, at: $0) }
    }
}
