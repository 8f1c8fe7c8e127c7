import Adoption
import Testing

struct ScenarioTests {
    @Test(arguments: Scenario.all)
    func `a scenario ends as it says`(scenario: Scenario) throws {
        let told = try outcome(of: scenario).text
        #expect(told == scenario.fields["expect"])
    }

    @Test func `every scenario has a title and an expectation`() {
        let bare = Scenario.all.filter { $0.title.isEmpty || $0.fields["expect"] == nil }
        #expect(bare.map(\.testDescription).isEmpty)
    }

    @Test func `every rule has a file named after it`() {
        let files = Set(Scenario.all.map { $0.file.prefix(3) })
        let rules = (1...17).map { "r" + ($0 < 10 ? "0" : "") + "\($0)" }
        #expect(rules.filter { !files.contains(Substring($0)) }.isEmpty)
    }

    @Test func `every refusal has a scenario that provokes it`() throws {
        let provoked = try Set(
            Scenario.all.map { try outcome(of: $0).text }.filter { $0.hasPrefix("refused ") }.compactMap {
                $0.dropFirst("refused ".count).split(separator: ":").first.map(String.init)
            })
        #expect(Refusal.Kind.allCases.map(\.rawValue).filter { !provoked.contains($0) }.isEmpty)
    }

    @Test func `every warning has a scenario that gives it`() throws {
        let told = try Scenario.all.map { try outcome(of: $0).text }.filter { $0.contains("warned of") }
        #expect(Warning.allCases.filter { warning in !told.contains { $0.contains(warning.rawValue) } }.isEmpty)
    }

    @Test func `every row of the lifecycle table has a scenario`() throws {
        let shown = try Set(Scenario.all.compactMap { try outcome(of: $0).step })
        let rows = Lifecycle.table.map {
            LifecycleScenario.Step(event: $0.event, kind: $0.kind, from: $0.from, to: $0.to)
        }
        #expect(rows.filter { !shown.contains($0) }.isEmpty)
    }

    @Test func `everything a record can wait for has a scenario`() throws {
        let told = try Scenario.all.map { try outcome(of: $0).text }.filter { $0.hasPrefix("waits for") }
        #expect(Wait.What.allCases.filter { what in !told.contains { $0.contains(what.rawValue + " by") } }.isEmpty)
    }

    private func outcome(of scenario: Scenario) throws -> (text: String, step: LifecycleScenario.Step?) {
        var fields = Fields(scenario)
        if let key = RuleScenario.rules.keys.first(where: fields.has), let rule = RuleScenario.rules[key] {
            let text = try rule(&fields)
            try fields.end()
            return (text, nil)
        }
        let told = try LifecycleScenario(&fields)
        try fields.end()
        return (told.outcome, told.step)
    }
}
