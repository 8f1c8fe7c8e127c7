import Adoption
import WorkingDays

/// Reads a scenario about anything but a record's stage and tells what the rule says.
enum RuleScenario {
    /// The first key of each kind of scenario, and the rule that reads it.
    static let rules: [String: @Sendable (inout Fields) throws -> String] = [
        "document": document, "care-text": careText, "signpost": signpost, "file-audit": fileAudit,
        "withdrawal": withdrawal, "handover": handover, "leaver": leaver, "grant": grant,
        "new-plan": newPlan, "adoption-record-of": siblings, "manifest": manifest, "migrates": migrates,
        "typed": reference, "return": imported, "kept": kept,
    ]

    /// `document: KIND on RECORD`
    private static func document(_ fields: inout Fields) throws -> String {
        let words = try fields.need("document").split(separator: " ").map(String.init)
        guard words.count == 3, words[1] == "on" else { throw Misread("a document is `KIND on RECORD`") }
        let refusal = FilingConvention.standard.judge(DocumentKind(words[0]), on: try word(RecordKind.self, words[2]))
        return told(refusal, otherwise: "filed")
    }

    private static func careText(_ fields: inout Fields) throws -> String {
        let text = try fields.need("care-text").replacing("\\n", with: "\n")
        let alone = try fields.flag("adoption-record", "none")
        return told(CareText.judge(text, hasAdoptionRecord: !alone), otherwise: "accepted")
    }

    private static func signpost(_ fields: inout Fields) throws -> String {
        Signpost(on: try day(fields.need("signpost"))).text
    }

    /// `file-audit: KIND on RECORD, …` and `excused: KIND because REASON; …`
    private static func fileAudit(_ fields: inout Fields) throws -> String {
        let filed = try list(fields.need("file-audit")).enumerated().map { number, text in
            let words = text.split(separator: " ").map(String.init)
            guard words.count == 3 else { throw Misread("a document is `KIND on RECORD`") }
            return FileAudit.Filed(
                kind: DocumentKind(words[0]), record: try word(RecordKind.self, words[2]), entry: "\(number)")
        }
        let excuses = (fields.take("excused") ?? "").split(separator: ";").map { text in
            text.split(separator: " because", maxSplits: 1).map { $0.drop { $0 == " " } }
        }
        let reasons = excuses.map { (DocumentKind(String($0[0])), $0.count > 1 ? String($0[1]) : "") }
        let result = FileAudit().result(of: filed, excuses: Dictionary(uniqueKeysWithValues: reasons))
        let findings =
            result.misfiled.map { "\($0.filed.kind) \($0.why.kind.rawValue)" }
            + result.missing.map { "\($0.kind) missing" }
        return told(result.refusal, otherwise: "clean")
            + (findings.isEmpty ? "" : ": " + findings.joined(separator: ", "))
    }

    /// `withdrawal: PERSON` and `confirmed-by: PERSON`; `withdrawal: nobody` when none was asked for.
    private static func withdrawal(_ fields: inout Fields) throws -> String {
        let person = try fields.need("withdrawal")
        let reason = fields.take("reason") ?? "recorded on the wrong child"
        let confirming = try fields.need("confirmed-by")
        return try asRefusal {
            let asked =
                person == "nobody"
                ? nil : try OrderWithdrawal(askedBy: person, askedOn: try day("2026-05-04"), reason: reason)
            return told(OrderWithdrawal.judgeConfirmation(of: asked, by: confirming), otherwise: "withdrawn")
        }
    }

    /// `handover: PERSON to PERSON`
    private static func handover(_ fields: inout Fields) throws -> String {
        let words = try fields.need("handover").split(separator: " ").map(String.init)
        guard words.count == 3 else { throw Misread("a handover is `PERSON to PERSON`") }
        let inactive = try fields.flag("recipient", "not-active")
        return told(
            Handover.judge(from: words[0], to: words[2], recipientIsActive: !inactive), otherwise: "handed over")
    }

    /// `leaver: ROLE beside N, …` and `assignments: N`
    private static func leaver(_ fields: inout Fields) throws -> String {
        let roles = try list(fields.need("leaver")).map { text in
            let words = text.split(separator: " ").map(String.init)
            guard words.count == 3 else { throw Misread("a leaver's role is `ROLE beside N`") }
            return (try word(Leaver.KeptRole.self, words[0]), try number(words[2]))
        }
        let assignments = try fields.take("assignments").map(number) ?? 0
        let leaver = Leaver(othersHolding: Dictionary(uniqueKeysWithValues: roles), assignmentCount: assignments)
        return told(leaver.refusalToEnd, otherwise: "ended")
    }

    /// `grant: STANDING from DAY [until DAY]`, `reason: …` and, to see whether it holds, `on: DAY`
    private static func grant(_ fields: inout Fields) throws -> String {
        let words = try fields.need("grant").split(separator: " ").map(String.init)
        let reason = fields.take("reason") ?? ""
        let asked = try fields.take("on").map(day)
        guard words.count == 3 || words.count == 5 else { throw Misread("a grant is `STANDING from DAY [until DAY]`") }
        return try asRefusal {
            let grant = try Grant(
                try word(Grant.Standing.self, words[0]), from: try day(words[2]),
                until: words.count == 5 ? try day(words[4]) : nil, reason: reason)
            guard let asked else { return "granted" }
            return grant.holds(on: asked) ? "holds" : "does not hold"
        }
    }

    /// `new-plan: AIM` and `background: …`
    private static func newPlan(_ fields: inout Fields) throws -> String {
        let aim = try word(PlanAim.self, fields.need("new-plan"))
        let background = fields.take("background") ?? ""
        return try asRefusal {
            _ = try ReversalPlan(plan: PlanOnCare(type: .permanence, aim: aim), background: background)
            return "recorded"
        }
    }

    /// `adoption-record-of: N` and `used-for: N`, children by number
    private static func siblings(_ fields: inout Fields) throws -> String {
        let references = try ["adoption-record-of", "used-for"].map { key in
            CareReference(random: [UInt8](repeating: UInt8(try number(fields.need(key))), count: 16))
        }
        return told(Siblings.judge(recordOf: references[0], for: references[1]), otherwise: "their own")
    }

    /// `manifest: ENTRY moved to ENTRY, ENTRY matched with ENTRY, ENTRY held, …`, each perhaps with `damaged` at the end;
    /// `record: ENTRY, …`; and `confirmed: ENTRY to ENTRY`
    private static func manifest(_ fields: inout Fields) throws -> String {
        let items = try list(fields.need("manifest")).map { text in
            let words = text.split(separator: " ").map(String.init)
            let digest = words.last == "damaged" ? "another" : "of-\(words[0])"
            let outcome: MigrationManifest.Outcome =
                switch words.dropFirst().first {
                case "moved": .moved(to: words[3], digest: digest)
                case "matched": .matched(with: words[3], digest: digest)
                case "held": .held
                default: throw Misread("`\(text)` is no item")
                }
            return MigrationManifest.Item(source: .init(entry: words[0], digest: "of-\(words[0])"), outcome: outcome)
        }
        let sources = try list(fields.need("record")).map { MigrationManifest.Source(entry: $0, digest: "of-\($0)") }
        let confirmed = fields.take("confirmed")?.split(separator: " ").map(String.init)
        return try asRefusal {
            var manifest = MigrationManifest(items: items)
            if let confirmed {
                try manifest.confirm(entry: confirmed[0], to: confirmed[2], digest: "of-\(confirmed[0])")
            }
            let counts = manifest.counts
            let agreed =
                "agrees: \(counts.moved) moved, \(counts.matched) matched, \(counts.restricted) restricted, "
                + "\(counts.held) held"
            return told(manifest.refusalToRemove(against: sources), otherwise: agreed)
        }
    }

    private static func migrates(_ fields: inout Fields) throws -> String {
        let kind = try fields.need("migrates")
        return Reversal.treatment(of: kind == "note" ? nil : DocumentKind(kind)).rawValue
    }

    /// `typed: TEXT` and `series: adoption | care | return`
    private static func reference(_ fields: inout Fields) throws -> String {
        let typed = try fields.need("typed")
        let read: String? =
            switch try fields.need("series") {
            case "adoption": PIN(typed: typed)?.description
            case "care": CareReference(typed: typed)?.description
            case "return": ReturnReference(typed: typed)?.description
            case let other: throw Misread("`\(other)` is no series")
            }
        return read.map { "read \($0)" } ?? "not a reference"
    }

    /// `return: adoption-fact | no-adoption-fact [order DAY] [contradicted]`
    private static func imported(_ fields: inout Fields) throws -> String {
        var words = try fields.need("return").split(separator: " ").map(String.init)[...]
        let hasFact = words.popFirst() == "adoption-fact"
        let hasOrder = words.first == "order"
        let order = hasOrder ? try day(words.dropFirst().first ?? "") : nil
        words = words.dropFirst(hasOrder ? 2 : 0)
        guard words.isEmpty || words == ["contradicted"] else { throw Misread("a return") }
        let record = ImportedRecord(hasAdoptionFact: hasFact, orderOn: order, isContradictory: !words.isEmpty)
        return "care \(record.careStage.rawValue), adoption \(record.adoptionStage?.rawValue ?? "none")"
    }

    /// `kept: RECORD`, `order: made | none` and `from: DAY`
    private static func kept(_ fields: inout Fields) throws -> String {
        let kind = try word(RecordKind.self, fields.need("kept"))
        let hasOrder = try fields.flag("order", "made")
        let from = try day(fields.need("from"))
        guard let kept = RetentionSchedule.standard.retention(of: kind, hasOrder: hasOrder) else { return "no class" }
        return "\(kept.name), \(kept.end(from: from).map { "until \($0)" } ?? "as the agency decides")"
    }

    private static func list(_ text: String) -> [String] {
        text.split(separator: ",").map { String($0.drop { $0 == " " }) }.filter { $0 != "nothing" }
    }

    private static func told(_ refusal: Refusal?, otherwise: String) -> String {
        refusal.map { "refused \($0.kind.rawValue)" } ?? otherwise
    }

    private static func asRefusal(_ body: () throws -> String) throws -> String {
        do { return try body() } catch let refusal as Refusal { return told(refusal, otherwise: "") }
    }
}
