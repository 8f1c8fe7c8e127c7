import Exchange
import Foundation
import Testing
import WorkingDays

/// The sample return on which the quickstart runs.
@Suite struct SampleReturnTests {
    let today = Day(year: 2026, month: 11, day: 21)!

    private func stages(_ year: Int) throws -> [String: String] {
        let read = try ReturnFolder.read(Repository.sample.appendingPathComponent("\(year)"))
        let judged = read.judged(on: today)
        #expect(judged.findings.filter { $0.severity == .held }.isEmpty)
        return Dictionary(
            uniqueKeysWithValues: read.children.indices.map {
                (read.children[$0].identifier, judged.stage(of: $0).label)
            })
    }

    @Test func `every authored way of the first year comes to its stage`() throws {
        let stages = try stages(2026)
        #expect(stages.count == 32)
        let orders = [
            "410201": "2025-09-08", "410202": "2025-12-01", "410203": "2025-07-21", "410204": "2026-01-19",
            "410206": "2025-11-24", "410216": "2025-12-15", "410217": "2025-12-15", "410220": "2025-08-11",
        ]
        for (child, day) in orders { #expect(stages[child] == "awaiting-closure \(day)") }
        let reversals = [
            "410208": "2025-07-28 RD1", "410209": "2025-06-23 RD2", "410210": "2025-10-20 RD3",
            "410211": "2025-09-15 RD4",
        ]
        for (child, end) in reversals { #expect(stages[child] == "reversed \(end)") }
        let open = ["410205", "410212", "410213", "410214", "410215", "410219", "410222", "410223"]
        for child in open { #expect(stages[child] == "open") }
        let named = Set(orders.keys).union(reversals.keys).union(open)
        #expect(stages.filter { !named.contains($0.key) }.allSatisfy { $0.value == "none" })
    }

    @Test func `the second year brings two orders and a child placed anew`() throws {
        let stages = try stages(2027)
        #expect(stages["410205"] == "awaiting-closure 2026-06-15")
        #expect(stages["410212"] == "awaiting-closure 2026-10-12")
        #expect(stages["410213"] == "open" && stages["410222"] == "open")
        #expect(stages["410201"] == nil, "an adopted child is not in the next year's return")
    }

    @Test func `the second year updates the first`() throws {
        let first = try ReturnFolder.read(Repository.sample.appendingPathComponent("2026"))
        let second = try ReturnFolder.read(Repository.sample.appendingPathComponent("2027"))
        func child(_ read: NationalReturn) -> ReturnChild { read.children.first { $0.identifier == "410205" }! }
        let difference = try child(second).difference(from: ReturnSides(of: child(first)))
        #expect(difference.changed.contains { $0.columns == [.episodeCeased, .reasonEpisodeCeased] })
        #expect(difference.added.contains { $0.table == .adopters })
    }

    @Test func `each child of the sample has a name and a way in the companion`() throws {
        let bytes = try Data(contentsOf: Repository.sample.appendingPathComponent("children.csv"))
        let table = try CommaSeparatedTable(reading: bytes, file: "children.csv")
        #expect(table.records[0].cells == ["CHILD", "GIVEN_NAME", "FAMILY_NAME", "JOURNEY"])
        let read = try ReturnFolder.read(Repository.sample.appendingPathComponent("2026"))
        let named = Set(table.records.dropFirst().map { $0.cells[0] })
        #expect(Set(read.children.map(\.identifier)).isSubset(of: named))
    }
}
