import EncryptedStore
import Foundation
import Strongroom
import StrongroomTesting
import Testing
import WorkingDays

/// No cross-reference (RULES.md section 3): after an order nothing the vault holds or says leads from the child's new
/// record to the old ones or back.
@Suite("no cross-reference after an order")
struct JoinTests {
    /// The columns whose equal values tell nothing, each with its reason in the file.
    private static let lowVariety: Set<String> = {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("low-variety-columns.txt")
        let lines = (try? String(contentsOf: file, encoding: .utf8))?.split(separator: "\n") ?? []
        return Set(lines.filter { !$0.hasPrefix("#") }.compactMap { $0.split(separator: ":").first.map(String.init) })
    }()

    @Test func `nothing in the store, in an answer or in the log leads from a new record to the old ones`() throws {
        let soak = ProcessInfo.processInfo.environment["STRONGROOM_SOAK_COUNT"].flatMap { Int($0) }
        let scenario = try JoinScenario(childCount: max(50, soak ?? 0), seed: 20_260_105)
        let dump = try JoinDump(scenario.vault)
        let pairs = scenario.children.map { child in
            (
                child: child, later: dump.belongings(of: child.later),
                old: [dump.belongings(of: child.care), dump.belongings(of: child.pin)]
            )
        }
        for pair in pairs {
            #expect(!pair.later.cells.isEmpty && pair.old.allSatisfy { !$0.cells.isEmpty && !$0.aliases.isEmpty })
        }
        var joining: [String: Set<Int>] = [:]
        for (number, pair) in pairs.enumerated() {
            for old in pair.old {
                for join in Self.joins(pair.later.cells, old.cells) { joining[join, default: []].insert(number) }
            }
        }
        #expect(
            joining.isEmpty,
            "values that join: \(joining.map { "\($0.key) (\($0.value.count) children)" }.sorted().joined(separator: ", "))"
        )
        for pair in pairs {
            expectNoName(of: pair.old, within: [pair.later])
            expectNoName(of: [pair.later], within: pair.old)
        }
        expectAllowancesAreUsed(dump)
        expectNoOrderOfRows(dump)
        expectLogDistanceTellsNothing(pairs.map { (later: $0.later, old: $0.old[0]) })
        try expectNoAnswerNamesBoth(scenario)
        #expect(try scenario.vault.problems() == [])
    }

    /// The pairs of columns in which a value of one record equals one of another, but for low-variety columns.
    ///
    /// Texts and bytes are compared wherever they stand; a number only with the same column's, because 3 of one kind has
    /// nothing to do with 3 of another.
    private static func joins(_ later: Set<JoinDump.Cell>, _ old: Set<JoinDump.Cell>) -> Set<String> {
        let known = Dictionary(grouping: old, by: \.value)
        var found: Set<String> = []
        for cell in later {
            for other in known[cell.value] ?? [] {
                if case .integer = cell.value, other.column != cell.column { continue }
                if lowVariety.contains(cell.column), lowVariety.contains(other.column) { continue }
                found.insert(cell.column == other.column ? cell.column : "\(cell.column) = \(other.column)")
            }
        }
        return found
    }

    /// No cell of the one holds a random name of the other, as a part of whatever text or bytes.
    private func expectNoName(of these: [JoinDump.Belongings], within others: [JoinDump.Belongings]) {
        let names = these.flatMap(\.names).map { Data($0.utf8) }
        for cell in others.flatMap(\.cells) {
            let bytes: Data
            switch cell.value {
            case .text(let text): bytes = Data(text.utf8)
            case .blob(let blob): bytes = blob
            case .integer, .null: continue
            }
            for name in names where bytes.count >= name.count {
                #expect(bytes.range(of: name) == nil, "\(cell.column) names the other record")
            }
        }
    }

    /// An allowance for a column that is not there is a misspelling, and hides the next join.
    private func expectAllowancesAreUsed(_ dump: JoinDump) {
        let columns = Set(dump.tables.values.flatMap { $0.flatMap { $0.map(\.column) } })
        #expect(Self.lowVariety.subtracting(columns).isEmpty, "listed and not there")
    }

    /// Only the chains, the log's and the roster's, may show in which order rows came, and openings, which lie in the
    /// log's order.
    private func expectNoOrderOfRows(_ dump: JoinDump) {
        #expect(dump.rowNumbered.subtracting(["log_entry", "log_head", "opening", "roster"]).isEmpty)
    }

    /// Of all old records the child's own must not stand nearest to the new one in the log more often than chance has it.
    private func expectLogDistanceTellsNothing(_ pairs: [(later: JoinDump.Belongings, old: JoinDump.Belongings)]) {
        let ranks = pairs.map { pair -> Double in
            func distance(_ old: JoinDump.Belongings) -> Int64 {
                let first = pair.later.logPositions.min() ?? 0
                return old.logPositions.map { abs($0 - first) }.min() ?? .max
            }
            let own = distance(pair.old)
            return Double(pairs.filter { distance($0.old) < own }.count) / Double(max(pairs.count - 1, 1))
        }
        let mean = ranks.reduce(0, +) / Double(ranks.count)
        let standardError = (1.0 / 12 / Double(ranks.count)).squareRoot()
        #expect(mean > 0.5 - 5 * standardError, "the child's own old record stands too near: mean rank \(mean)")
        #expect(ranks.filter { $0 == 0 }.count <= max(3, ranks.count / 5))
    }

    /// Whoever asks for whatever, no single answer names the new record and an old one.
    private func expectNoAnswerNamesBoth(_ scenario: JoinScenario) throws {
        for handle in ["asha", "morgan", "oona", "admin"] {
            try scenario.vault.with(handle) { session in
                for child in scenario.children {
                    for words in [child.given, child.born.description, child.pupilNumber] {
                        let hits = try session.searchCare(words).done().map(\.reference)
                        #expect(hits.contains(child.later) && !hits.contains(child.care), "searched for a word of both")
                    }
                    #expect(try session.searchCare(child.birthFamily).done().isEmpty)
                    let said =
                        try Self.words(of: session.showCare(child.later))
                        + Self.words(of: session.listEntries(child.later))
                    for old in [child.care, child.pin, child.birthFamily] {
                        #expect(!said.contains(old), "an answer on the new record names an old one")
                    }
                    guard child.closesBeforeReturn else { continue }
                    #expect(try session.showCare(child.care).isDenied && session.showAdoption(child.pin).isDenied)
                }
                let waiting = try session.todo().done()
                for child in scenario.children where child.closesBeforeReturn {
                    #expect(!waiting.contains { $0.reference == child.care || $0.reference == child.pin })
                }
            }
        }
        let lines = try scenario.vault.with("audrey") { try $0.showLog().done() }
        #expect(!lines.isEmpty && lines.allSatisfy { $0.alias.isEmpty || $0.alias.hasPrefix("r_") })
    }

    private static func words<Answer: Encodable>(of outcome: Outcome<Answer>) throws -> String {
        guard case .done(let answer) = outcome else { return "" }
        return String(decoding: try JSONEncoder().encode(answer), as: UTF8.self)
    }
}
