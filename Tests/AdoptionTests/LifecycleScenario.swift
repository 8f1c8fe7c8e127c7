import Adoption
import WorkingDays

/// Reads a scenario about a record's stage and tells what the lifecycle makes of it.
struct LifecycleScenario {
    let outcome: String
    /// What the lifecycle let happen, to show that every row of its table has a scenario.
    let step: Step?

    struct Step: Hashable {
        let event: Event
        let kind: RecordKind
        let from: Stage?
        let to: Stage
    }

    static let openedOn = Day("2026-01-05")
    static let today = Day("2026-11-21")

    init(_ fields: inout Fields) throws {
        guard let opened = Self.openedOn, let today = try fields.take("today").map(day) ?? Self.today else {
            throw Misread("no day")
        }
        let record = try fields.need("record").split(separator: " ").map(String.init)
        let event = fields.take("event").map { $0.split(separator: " ").map(String.init) }
        if record == ["none"] {
            guard let event, event.count == 5, event[1] == "of", event[3] == "on" else { throw Misread("event") }
            let name = try word(Event.self, event[0])
            let kind = try word(RecordKind.self, event[2])
            let judgement = Lifecycle.judgeOpening(
                of: kind, by: name, day: try day(event[4]), today: today, orderOn: try fields.take("order").map(day))
            (outcome, step) = Self.told(judgement, name, kind, nil)
            return
        }
        let facts = try Self.facts(record, opened, &fields)
        guard let event else {
            let waits = Waiting.waitsFor(facts).map { "\($0.what.rawValue) by \($0.duty.rawValue)" }
            outcome = waits.isEmpty ? "waits for nothing" : "waits for " + waits.joined(separator: ", ")
            step = nil
            return
        }
        guard event.count == 3, event[1] == "on" else { throw Misread("an event is `NAME on DAY`") }
        let name = try word(Event.self, event[0])
        let judgement = Lifecycle.judge(name, on: facts, day: try day(event[2]), today: today)
        (outcome, step) = Self.told(judgement, name, facts.kind, facts.stage)
    }

    private static func told(
        _ judgement: Judgement, _ event: Event, _ kind: RecordKind, _ from: Stage?
    ) -> (String, Step?) {
        switch judgement {
        case .refused(let refusal):
            return ("refused \(refusal.kind.rawValue)", nil)
        case .proceeds(let stage, let warnings):
            let warned = warnings.map(\.rawValue).joined(separator: ", ")
            let step = Step(event: event, kind: kind, from: from, to: stage)
            return ("proceeds to \(stage.rawValue)" + (warned.isEmpty ? "" : ", warned of \(warned)"), step)
        }
    }

    /// `record: KIND STAGE [DAY]`, the day being that of the opening, the order or the closing, as the stage has it.
    private static func facts(_ record: [String], _ opened: Day, _ fields: inout Fields) throws -> RecordFacts {
        guard (2...3).contains(record.count) else { throw Misread("a record is `KIND STAGE [DAY]`") }
        var facts = RecordFacts(
            kind: try word(RecordKind.self, record[0]), stage: try word(Stage.self, record[1]), openedOn: opened)
        if record.count == 3 {
            let given = try day(record[2])
            switch facts.stage {
            case .open: facts.openedOn = given
            case .awaitingClosure: facts.orderOn = given
            case .closed: facts.closedOn = given
            default: throw Misread("no day goes with `\(record[1])`")
            }
        }
        if let words = fields.take("intention")?.split(separator: " "), words.count == 2 {
            facts.intentionOn = try day(String(words[0]))
            facts.intentionForum = try word(Forum.self, String(words[1]))
        }
        facts.decisionOn = try fields.take("decision").map(day)
        if let order = fields.take("order") { facts.orderOn = try day(order) }
        facts.planRecorded = try fields.flag("plan", "recorded")
        facts.detailedPlanFiled = try fields.flag("detailed-plan", "filed")
        facts.reversalPlanRecorded = try fields.flag("reversal-plan", "recorded")
        facts.auditSigned = try fields.flag("audit", "signed")
        facts.hasCurrentAdoptionRecord = try fields.flag("adoption-record", "exists")
        facts.careStage = try fields.take("care-record").map { try word(Stage.self, $0) }
        facts.migrationCountsAgree = try fields.flag("counts", "agree")
        facts.heldForConfirmation = try fields.take("held").map(number) ?? 0
        facts.memberCount = try fields.take("members").map(number) ?? 2
        facts.withdrawalAsked = try fields.flag("pending-withdrawal", "asked")
        facts.imported = try fields.flag("imported", "yes")
        return facts
    }
}

func day(_ text: String) throws -> Day {
    guard let day = Day(text) else { throw Misread("`\(text)` is no day") }
    return day
}

func number(_ text: String) throws -> Int {
    guard let number = Int(text) else { throw Misread("`\(text)` is no number") }
    return number
}

func word<Word: RawRepresentable<String>>(_ type: Word.Type, _ text: String) throws -> Word {
    guard let word = Word(rawValue: text) else { throw Misread("`\(text)` is not in the vocabulary") }
    return word
}
