import Adoption
import Testing
import WorkingDays

struct LifecycleTests {
    let opened = Day("2026-01-05")!
    let day = Day("2026-06-01")!

    @Test func `nothing leads out of a final stage`() {
        #expect(!Lifecycle.table.contains { $0.from == .closed || $0.from == .removed })
    }

    @Test(arguments: Event.allCases)
    func `a final record refuses every event, whatever else is so`(event: Event) {
        for kind in RecordKind.allCases {
            var facts = RecordFacts(kind: kind, stage: .closed, openedOn: opened, closedOn: day)
            #expect(refusal(event, facts)?.kind == .recordClosed)
            facts.stage = .removed
            #expect(refusal(event, facts)?.kind == .recordRemoved)
        }
    }

    @Test func `what is not in the table is refused`() {
        for event in Event.allCases {
            for kind in RecordKind.allCases {
                for stage in Stage.allCases {
                    let isInTable = Lifecycle.table.contains {
                        $0.event == event && $0.kind == kind && $0.from == stage
                    }
                    let facts = RecordFacts(kind: kind, stage: stage, openedOn: opened)
                    if !isInTable { #expect(refusal(event, facts) != nil, "\(event) \(kind) \(stage)") }
                }
            }
        }
    }

    @Test func `no event stands in two rows that could both apply`() {
        for row in Lifecycle.table {
            let others = Lifecycle.table.filter {
                $0.event == row.event && $0.kind == row.kind && $0.from == row.from
                    && ($0.orderInReturn == nil || $0.orderInReturn == row.orderInReturn)
            }
            #expect(others.count == 1)
        }
    }

    @Test func `no adoption record is reversed once an order is made`() {
        let reversing = Lifecycle.table.filter { [.liftSecurity, .migrate, .remove].contains($0.event) }
        #expect(!reversing.contains { $0.from == .awaitingClosure })
    }

    @Test func `every event has a row`() {
        #expect(Event.allCases.filter { event in !Lifecycle.table.contains { $0.event == event } }.isEmpty)
    }

    @Test(arguments: Refusal.Kind.allCases)
    func `a refusal's words are one lower-case phrase`(kind: Refusal.Kind) {
        for refusal in [Refusal(kind), Refusal(kind, on: day)] {
            for words in [refusal.message, refusal.hint].compactMap({ $0 }) {
                #expect(words.first?.isUppercase == false && !words.hasSuffix(".") && !words.contains("  "))
            }
        }
    }

    @Test(arguments: Warning.allCases)
    func `a warning's words are one lower-case phrase`(warning: Warning) {
        #expect(warning.message.first?.isLowercase == true && !warning.message.hasSuffix("."))
    }

    @Test func `a refusal tells the day it turns on`() {
        let facts = RecordFacts(kind: .care, stage: .closed, openedOn: opened, closedOn: day)
        #expect(
            refusal(.note, facts)?.message == "the record was closed on 2026-06-01, a closed record is never reopened")
    }

    private func refusal(_ event: Event, _ facts: RecordFacts) -> Refusal? {
        guard case .refused(let refusal) = Lifecycle.judge(event, on: facts, day: day, today: day) else { return nil }
        return refusal
    }
}
