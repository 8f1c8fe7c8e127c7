import WorkingDays

// The row on the adopters, AD1.
extension ChildRules {
    static let adopterRules: [@Sendable (JudgedChild) -> [ReturnFinding]] = [adopterDays, adopterPlace, adopterRow]

    private static func adopterDays(_ subject: JudgedChild) -> [ReturnFinding] {
        let decided = Set(subject.journey.decisions.compactMap(\.day))
        return subject.child.rows(of: .adopters).flatMap { row in
            let (decision, match) = (row.day(.bestInterestDecided), row.day(.matched))
            let found: [ReturnFinding.Code?] = [
                decision.map { !decided.isEmpty && !decided.contains($0) } ?? false ? .adoptersDecisionDiffers : nil,
                isEarlier(match, than: decision) ? .matchedBeforeDecision : nil,
                isEarlier(subject.lastPlacement, than: match) ? .matchedAfterPlacement : nil,
                match != nil && match == subject.journey.orderDay ? .matchedOnDayOfOrder : nil,
            ]
            return found.compactMap(\.self).map { subject.finding($0, at: row) }
        }
    }

    private static func adopterPlace(_ subject: JudgedChild) -> [ReturnFinding] {
        let ended = subject.episodes.first(where: \.endsByAdoption)
        return subject.child.rows(of: .adopters).flatMap { row in
            let found: [ReturnFinding.Code?] = [
                ended == nil ? .adoptersWithoutAdoption : nil,
                subject.child.rows(of: .careLeavers).isEmpty ? nil : .adoptersOfCareLeaver,
                ended.map { contradicts($0, row) } ?? false ? .fosterCarerDiffers : nil,
            ]
            return found.compactMap(\.self).map { subject.finding($0, at: row) }
        }
    }

    private static func contradicts(_ episode: ReturnRow, _ adopters: ReturnRow) -> Bool {
        guard episode.isAdoptionPlacement else { return false }
        let byCarer = CodeSet.carerAdopts.contains(episode.code(.placement))
        return adopters[.fosterCarer] == (byCarer ? "0" : "1")
    }

    private static func adopterRow(_ subject: JudgedChild) -> [ReturnFinding] {
        subject.child.rows(of: .adopters).flatMap { row in
            let found: [ReturnFinding.Code?] = [
                row.cells.contains("") ? .adoptersIncomplete : nil,
                disagrees(
                    count: row.code(.adopterCount), sex: row.code(.adopterSex), status: row.code(.adopterLegalStatus))
                    ? .adoptersDisagree : nil,
            ]
            return found.compactMap(\.self).map { subject.finding($0, at: row) }
        }
    }

    /// Rules 511, 514, 517 to 520 and 524 in one table: whom each legal status can describe.
    private static func disagrees(count: String, sex: String, status: String) -> Bool {
        guard let couples = couplesByStatus[status], !sex.isEmpty else { return false }
        let isAlone = sex == "M1" || sex == "F1"
        return !couples.contains(sex) || (isAlone && count == "2")
    }

    private static let couplesByStatus: [String: Set<String>] = [
        "L0": ["M1", "F1"], "L11": ["MF"], "L12": ["MM", "FF"], "L2": ["MM", "FF", "MF"], "L3": ["MF"],
        "L4": ["MM", "FF"],
    ]
}

extension JudgedChild {
    /// The day of the placement from which the child was or may be adopted: after a disruption, the latest.
    fileprivate var lastPlacement: Day? {
        let runs = zip([nil] + episodes.map(Optional.some), episodes).filter { earlier, later in
            later.isAdoptionPlacement && !(earlier?.isAdoptionPlacement ?? false)
        }
        return runs.last?.1.day(.episodeBegan)
    }
}
