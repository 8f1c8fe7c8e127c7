public import WorkingDays

/// What a return says, judged: the findings, the journeys, and which children are held for a person.
public struct ReturnJudgement: Sendable {
    /// The findings, by child and then by table and line.
    public let findings: [ReturnFinding]
    /// The journeys, one for each of ``NationalReturn/children`` at the same position.
    public let journeys: [AdoptionJourney]
    /// Positions of the children a finding holds.
    public let heldChildren: Set<Int>

    /// What an import may do for the child at a position: nothing while the child is held.
    public func stage(of childIndex: Int) -> ImportStage {
        heldChildren.contains(childIndex) ? .none : journeys[childIndex].statedStage
    }

    /// The findings on one child.
    public func findings(of childIndex: Int) -> [ReturnFinding] { byChild[childIndex] ?? [] }

    private let byChild: [Int: [ReturnFinding]]

    init(findings: [ReturnFinding], journeys: [AdoptionJourney]) {
        self.findings = findings
        self.journeys = journeys
        byChild = Dictionary(grouping: findings, by: \.childIndex)
        heldChildren = Set(findings.lazy.filter { $0.severity == .held }.map(\.childIndex))
    }
}

extension NationalReturn {
    /// Judges every child of the return.
    ///
    /// - Parameter today: days after it, other than the end of a young person's status, cannot have happened yet.
    public func judged(on today: Day) -> ReturnJudgement {
        let journeys = children.map(AdoptionJourney.init)
        let neighbours = Neighbours(children)
        let findings = zip(children, journeys).enumerated().flatMap { index, pair in
            let subject = JudgedChild(
                child: pair.0, index: index, journey: pair.1, today: today, neighbours: neighbours)
            return ChildRules.all.flatMap { $0(subject) }
        }
        return ReturnJudgement(findings: findings, journeys: journeys)
    }
}

/// One child before the rules.
struct JudgedChild {
    let child: ReturnChild
    let index: Int
    let journey: AdoptionJourney
    let today: Day
    let neighbours: Neighbours
    /// Kept, since nearly every rule asks for them.
    let episodes: [ReturnRow]

    init(child: ReturnChild, index: Int, journey: AdoptionJourney, today: Day, neighbours: Neighbours) {
        (self.child, self.index, self.journey) = (child, index, journey)
        (self.today, self.neighbours) = (today, neighbours)
        episodes = child.episodes
    }

    func finding(_ code: ReturnFinding.Code, at row: ReturnRow, column: ReturnColumn? = nil) -> ReturnFinding {
        ReturnFinding(code: code, table: row.table, line: row.line, childIndex: index, column: column)
    }

    /// The episode with which the child left care, if nothing came after it.
    var lastEpisodeOfCare: ReturnRow? {
        guard let last = episodes.last, last.endsCare else { return nil }
        return last
    }

    /// The beginning of the child's time in care: known only where the return holds the episode that began it.
    var careBegan: Day? {
        episodes.filter { $0.code(.reasonForNewEpisode) == CodeSet.careBegan }.compactMap { $0.day(.episodeBegan) }
            .min()
    }
}

/// What can be known of a child only by looking at the others.
struct Neighbours {
    private let nearIdentifiers: [String: Int]
    private let pupilNumbers: [String: Int]

    init(_ children: [ReturnChild]) {
        nearIdentifiers = Self.counted(children.map { Self.nearly($0.identifier) })
        pupilNumbers = Self.counted(children.flatMap { $0.rows(of: .header).map { $0.code(.uniquePupilNumber) } })
    }

    func hasNearIdentifier(_ identifier: String) -> Bool { nearIdentifiers[Self.nearly(identifier), default: 0] > 1 }

    func sharesPupilNumber(_ number: String) -> Bool { pupilNumbers[number, default: 0] > 1 }

    private static func nearly(_ identifier: String) -> String {
        String(identifier.uppercased().filter { !$0.isWhitespace })
    }

    private static func counted(_ names: [String]) -> [String: Int] {
        Dictionary(names.map { ($0, 1) }, uniquingKeysWith: +)
    }
}

/// The rules, each a function of one child.
enum ChildRules {
    static let all: [@Sendable (JudgedChild) -> [ReturnFinding]] =
        identityRules + episodeRules + decisionRules + placementRules + orderRules + adopterRules
}
