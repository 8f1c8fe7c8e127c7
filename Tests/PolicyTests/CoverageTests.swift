import Cedar
import Testing

/// The tables leave no act and no state of a record unspoken of.
struct CoverageTests {
    /// One act in one state: what a table must speak of.
    struct Cell: Hashable, CustomStringConvertible {
        let action: EntityUID
        let state: VaultState

        var description: String { "`\(action.id)` on \(state)" }
    }

    /// Every act of the schema in every state of what it is about.
    static func cells() throws -> [Cell] {
        try PolicyTable.schema().actions.values.flatMap { action in
            try action.resources.flatMap { type in
                try #require(VaultState.all(of: type), "no states are known of a `\(type)`")
                    .map { Cell(action: action.uid, state: $0) }
            }
        }
    }

    /// The decisions that rows of the tables expect in each cell.
    static func matrix() throws -> [Cell: Set<Response.Decision>] {
        var matrix = Dictionary(uniqueKeysWithValues: try cells().map { ($0, Set<Response.Decision>()) })
        for test in try PolicyTable.everyCase() {
            let state = try #require(VaultState(of: test.request, among: test.entities), "\(test.name): no state")
            let cell = Cell(action: test.request.action, state: state)
            #expect(matrix[cell] != nil, "\(test.name): the schema knows no \(cell)")
            matrix[cell, default: []].insert(test.decision)
        }
        return matrix
    }

    @Test func `every act is denied to somebody in each state of what it is about`() throws {
        let missing = try Self.matrix().filter { !$0.value.contains(.deny) }.keys.map(\.description).sorted()
        #expect(missing.isEmpty, "no deny row: \(missing.joined(separator: "; "))")
    }

    /// Where no row allows an act, nobody may do it: all of the cast ask, in all circumstances, and every one is denied.
    @Test func `every act is allowed to somebody in each state in which anybody may`() throws {
        let policies = try PolicyTable.policies()
        let matrix = try Self.matrix()
        let silent = matrix.filter { !$0.value.contains(.allow) }.keys
        var missing: [(cell: Cell, person: Cast)] = []
        for state in Set(silent.map(\.state)) {
            for (person, entities) in try Cast.everybody(in: state) {
                for cell in silent where cell.state == state {
                    let mayDo = person.requests(cell.action, on: state).contains {
                        Authorizer.isAuthorized($0, policies: policies, entities: entities).decision == .allow
                    }
                    if mayDo { missing.append((cell: cell, person: person)) }
                }
            }
        }
        let lines = missing.map { "\($0.cell), to \($0.person)" }.sorted()
        #expect(lines.isEmpty, "no allow row: \(lines.joined(separator: "; "))")
        print(
            "coverage: \(Set(matrix.keys.map(\.action)).count) acts, \(matrix.count) acts in a state:",
            "\(matrix.values.count { $0.contains(.deny) }) have rows that deny,",
            "\(matrix.count - silent.count) have rows that allow,",
            "in \(silent.count - Set(missing.map(\.cell)).count) nobody of \(Cast.everybody.count) people may")
    }
}
