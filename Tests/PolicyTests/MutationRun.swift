import Cedar
import Testing

/// The tables, and where they are silent the cast, asked under changed policies.
struct MutationRun {
    let policies: [Policy]
    private let shipped: PolicySet
    private let cases: [TableCase]
    private let cells: [CoverageTests.Cell]
    /// For each file its policies, and a set of those of all other files.
    private let files: [String: (policies: [Policy], rest: PolicySet)]

    init() throws {
        shipped = try PolicyTable.policies()
        policies = shipped.policies
        cases = try PolicyTable.everyCase()
        cells = try CoverageTests.cells()
        let byFile = Dictionary(grouping: policies) { Self.file(of: $0) }
        files = try Dictionary(
            uniqueKeysWithValues: byFile.map { name, inside in
                let others = byFile.filter { $0.key != name }
                let rest = try PolicySet(
                    files: others.map { (name: $0.key, text: $0.value.map(\.sourceText).joined(separator: "\n")) })
                return (name, (policies: inside, rest: rest))
            })
    }

    private static func file(of policy: Policy) -> String { String(policy.id.prefix { $0 != "/" }) }

    /// True when a row of the tables is decided otherwise, or by other policies, than it says.
    func isNoticed(_ mutation: PolicyMutation) throws -> Bool {
        let mutated = try policies(with: mutation)
        return cases.contains {
            mutation.mayDecide($0.request.action) && !Self.isDecidedAsItSays($0, by: mutated)
        }
    }

    private static func isDecidedAsItSays(_ test: TableCase, by policies: PolicySet) -> Bool {
        let response = Authorizer.isAuthorized(test.request, policies: policies, entities: test.entities)
        return response.decision == test.decision && response.errors.count == test.errorCount
            && Set(response.reasons.compactMap { policies[$0]?.annotations["id"] }) == test.reasons
    }

    /// The first of the cast whom the vault would answer otherwise, and about what; nil where there is nobody.
    ///
    /// The changed policy is asked alone first: where it says what it said before, so do all of them together.
    func firstAnsweredOtherwise(by mutation: PolicyMutation) throws -> String? {
        let mutated = try policies(with: mutation)
        let alone = try [mutation.policy.sourceText, mutation.text].map { try PolicySet(parsing: $0) }
        let cells = cells.filter { mutation.mayDecide($0.action) }
        for state in Set(cells.map(\.state)) {
            for (person, entities) in try Cast.everybody(in: state) {
                for cell in cells where cell.state == state {
                    for request in person.requests(cell.action, on: state) {
                        let said = alone.map { Self.said(to: request, by: $0, among: entities) }
                        guard said[0] != said[1] else { continue }
                        let answers = [shipped, mutated].map { Self.allows(request, by: $0, among: entities) }
                        if answers[0] != answers[1] { return "\(cell), asked by \(person)" }
                    }
                }
            }
        }
        return nil
    }

    /// What one policy alone says: that it is satisfied, that it is not, or that it cannot be evaluated.
    private static func said(to request: Request, by policy: PolicySet, among entities: Entities) -> [Int] {
        let response = Authorizer.isAuthorized(request, policies: policy, entities: entities)
        return [response.reasons.count, response.errors.count]
    }

    /// The vault's answer: an error in any policy is a deny.
    private static func allows(_ request: Request, by policies: PolicySet, among entities: Entities) -> Bool {
        let response = Authorizer.isAuthorized(request, policies: policies, entities: entities)
        return response.decision == .allow && response.errors.isEmpty
    }

    private func policies(with mutation: PolicyMutation) throws -> PolicySet {
        let name = Self.file(of: mutation.policy)
        let file = try #require(files[name])
        let texts = file.policies.map { $0.id == mutation.policy.id ? mutation.text : $0.sourceText }
        return try file.rest.adding(file: name, text: texts.joined(separator: "\n"))
    }
}
