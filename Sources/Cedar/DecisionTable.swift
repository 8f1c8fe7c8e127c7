/// Requests with the decisions they must get: the file that Cedar's own command line reads with `cedar run-tests`.
///
/// A list of objects, each with `name`, `request`, `entities`, `decision`, `reason`, the `@id`s of the policies that
/// decide, and `num_errors`, how many policies cannot be evaluated.
///
/// <https://docs.cedarpolicy.com/> (the command line's `run-tests`)
public struct DecisionTable: Sendable {
    /// One request with the decision it must get, and by which policies.
    public struct Case: Sendable {
        /// What the case says, as a sentence.
        public let name: String
        /// The request.
        public let request: Request
        /// The entities it is decided among.
        public let entities: Entities
        /// Yes or no.
        public let decision: Response.Decision
        /// The `@id`s of the policies that decide; a policy without one goes by its name.
        public let reasons: Set<String>
        /// How many policies cannot be evaluated.
        public let errorCount: Int
    }

    /// A case that was decided in another way than its table says.
    public struct Failure: Hashable, Sendable {
        /// The case's name.
        public let name: String
        /// What was decided, by which policies, and what was expected.
        public let message: String
    }

    /// The cases in the order they were written.
    public let cases: [Case]

    /// Reads a table.
    ///
    /// - Throws: ``JSONFault``, by case, with the place of a case of another shape.
    public init(json bytes: [UInt8]) throws(JSONFault) {
        let root = ValueJSON(place: .document)
        let json = try JSONValue(parsing: bytes)
        guard let list = json.array else { throw root.fault("expected a list of cases") }
        var cases: [Case] = []
        for (index, member) in list.enumerated() { cases.append(try root.at(index).decisionCase(member)) }
        self.cases = cases
    }

    /// The cases that these policies decide in another way than the table says; none where all is as it should be.
    public func failures(under policies: PolicySet) -> [Failure] {
        let names = Dictionary(
            policies.policies.map { (CedarString($0.id), $0.annotations["id"] ?? $0.id) }, uniquingKeysWith: { $1 })
        return cases.compactMap { $0.failure(under: policies, names: names) }
    }
}

extension DecisionTable.Case {
    fileprivate func failure(under policies: PolicySet, names: [CedarString: String]) -> DecisionTable.Failure? {
        let response = Authorizer.isAuthorized(request, policies: policies, entities: entities)
        let found = Set(response.reasons.map { names[CedarString($0)] ?? $0 })
        guard response.decision != decision || found != reasons || response.errors.count != errorCount else {
            return nil
        }
        let decided = Self.words(response.decision, found, response.errors.count)
        return DecisionTable.Failure(
            name: name, message: "\(decided), expected \(Self.words(decision, reasons, errorCount))")
    }

    private static func words(_ decision: Response.Decision, _ reasons: Set<String>, _ errorCount: Int) -> String {
        let by = reasons.isEmpty ? "" : " by " + reasons.sorted().map { "`\($0)`" }.joined(separator: ", ")
        return decision.rawValue + by + (errorCount == 0 ? "" : " with \(errorCount) errors")
    }
}

extension ValueJSON {
    fileprivate func decisionCase(_ json: JSONValue) throws(JSONFault) -> DecisionTable.Case {
        try expectKeys(of: json, required: ["name", "request", "entities", "decision", "reason", "num_errors"])
        guard let name = json["name"]?.string else { throw at("name").fault("expected a text") }
        guard let decision = json["decision"]?.string.flatMap(Response.Decision.init) else {
            throw at("decision").fault("expected `allow` or `deny`")
        }
        guard let written = json["reason"]?.array else { throw at("reason").fault("expected a list") }
        var reasons: Set<String> = []
        for (index, reason) in written.enumerated() {
            guard let text = reason.string else { throw at("reason").at(index).fault("expected a text") }
            reasons.insert(text)
        }
        guard case .integer(let errorCount)? = json["num_errors"], let errorCount = Int(exactly: errorCount) else {
            throw at("num_errors").fault("expected a number")
        }
        return DecisionTable.Case(
            name: name, request: try Request(json["request"] ?? .null),
            entities: try Entities(json["entities"] ?? .null),
            decision: decision, reasons: reasons, errorCount: errorCount)
    }
}
