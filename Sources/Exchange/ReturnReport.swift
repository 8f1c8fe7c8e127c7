/// What a person is told of a return that was judged: counts first, and each finding by file and line.
public struct ReturnReport: Hashable, Sendable {
    /// The counts of what was read.
    public let contents: [Line]
    /// The counts of what was found, one line for each kind of finding that occurs and the ones always asked for.
    public let findings: [Line]

    /// One count.
    public struct Line: Hashable, Sendable, CustomStringConvertible {
        /// A stable name, for programs.
        public let name: String
        /// How many.
        public let count: Int
        /// Of how many, where that says more.
        public let total: Int?
        /// What, as the words after the number.
        public let text: String

        /// The number and the words.
        public var description: String {
            total.map { "\(count) of the \($0) \(text)" } ?? "\(count) \(text)"
        }
    }

    /// Counts a return and its judgement.
    public init(of read: NationalReturn, judged: ReturnJudgement) {
        contents = Self.contents(of: read, judged)
        findings = Self.findings(of: read, judged)
    }

    private static func contents(of read: NationalReturn, _ judged: ReturnJudgement) -> [Line] {
        let stages = judged.journeys.indices.map(judged.stage(of:))
        let withFact = judged.journeys.indices.filter { !judged.journeys[$0].facts.isEmpty }
        return [
            line("children", read.headedChildCount, "children"),
            line("episodes", read.rowCount(of: .episodes), "episodes"),
            line("reviews", read.rowCount(of: .reviews), "reviews"),
            line("with-adoption-fact", withFact.count, "children with some adoption fact"),
            line("with-order", judged.journeys.count(where: \.isAdopted), "children with an order"),
            line("open", stages.count { $0 == .open }, "children whose adoption record can be opened"),
            line("awaiting-closure", stages.count(where: \.isAwaitingClosure), "children whose records await closure"),
            line("reversed", stages.count(where: \.isReversed), "children whose decision ceased, held for a person"),
            line(
                "held", withFact.count(where: judged.heldChildren.contains),
                "children with some adoption fact held for a person, no stage changed"),
        ]
    }

    private static func findings(of read: NationalReturn, _ judged: ReturnJudgement) -> [Line] {
        let endings = read.children.lazy.flatMap(\.rows).count { $0.table == .episodes && $0.endsByAdoption }
        let counts = Dictionary(grouping: judged.findings, by: \.code).mapValues(\.count)
        return ReturnFinding.Code.allCases.compactMap { code in
            let count = counts[code] ?? 0
            if code == .adoptedWithoutDay, endings > 0 {
                return Line(name: code.rawValue, count: count, total: endings, text: code.counted)
            }
            return count == 0 ? nil : line(code.rawValue, count, code.counted)
        }
    }

    private static func line(_ name: String, _ count: Int, _ text: String) -> Line {
        Line(name: name, count: count, total: nil, text: text)
    }
}

extension ReturnFinding {
    /// The finding with its place, what it does and the department's rules: a line of the report.
    public func sentence(in frame: ReturnFrame) -> String {
        let file = frame.tables.first { $0.table == table }?.fileName ?? table.rawValue
        let rules = code.departmentRules
        let cited =
            rules.isEmpty ? "" : rules.count == 1 ? ", rule \(rules[0])" : ", rules \(rules.joined(separator: " "))"
        return "\(file) line \(line): \(text) (\(severity.rawValue)\(cited))"
    }
}

extension ImportStage {
    fileprivate var isAwaitingClosure: Bool { if case .awaitingClosure = self { true } else { false } }
    fileprivate var isReversed: Bool { if case .reversed = self { true } else { false } }
}
