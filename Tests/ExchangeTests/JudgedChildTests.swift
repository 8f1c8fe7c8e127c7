import Exchange
import Foundation
import Testing
import WorkingDays

@Suite struct JudgedChildTests {
    @Test(arguments: Vector.all(in: "judged"))
    func `a child's rows come to these findings and this stage`(vector: Vector) throws {
        #expect(Set(vector.fields.map(\.key)).isSubset(of: ["about", "finding", "stage"]))
        let scratch = try Scratch()
        let rows = try vector.body.map(Row.init)
        for table in ReturnTable.allCases {
            let found = rows.filter { $0.table == table }
            guard !found.isEmpty || table == .header else { continue }
            let lines = [table.columns.map(\.rawValue)] + found.map(\.cells)
            try scratch.put("\(table.rawValue).csv", lines.map { $0.joined(separator: ",") + "\n" }.joined())
        }
        let judged = try ReturnFolder.read(scratch.url).judged(on: Day("2026-11-21")!)
        let findings = judged.findings(of: 0).map { "\($0.severity.rawValue) \($0.code.rawValue)" }
        #expect(Set(findings) == Set(vector.values("finding")))
        #expect(judged.stage(of: 0).label == vector.values("stage").first)
    }

    @Test func `every finding is provoked by a vector, but for the two that take two children`() {
        let found = Vector.all(in: "judged").flatMap { $0.values("finding") }
        let codes = Set(found.compactMap { $0.split(separator: " ").last.map(String.init) })
        let all = Set(ReturnFinding.Code.allCases.map(\.rawValue))
        #expect(all.subtracting(codes) == ["identifier-nearly-same", "pupil-number-repeated"])
    }

    private struct Row {
        let table: ReturnTable
        let cells: [String]

        init(_ line: String) throws {
            let words = line.split(separator: " ").map(String.init)
            table = try #require(ReturnTable(rawValue: words[0]))
            let values = words.dropFirst().map { $0.split(separator: "=", maxSplits: 1).map(String.init) }
            cells = table.columns.map { column in values.first { $0[0] == column.rawValue }?[1] ?? "" }
            #expect(values.allSatisfy { value in table.columns.contains { $0.rawValue == value[0] } }, "\(line)")
        }
    }
}

extension ImportStage {
    var label: String {
        switch self {
        case .none: "none"
        case .open: "open"
        case .reversed(let day, let reason): "reversed \(day?.description ?? "-") \(reason)"
        case .awaitingClosure(let day): "awaiting-closure \(day)"
        }
    }
}
