public import Adoption
import Foundation
public import WorkingDays

extension Session {
    /// Writes a case note or a visit on a care record or an adoption record.
    ///
    /// On the adoption record it leaves a signpost on the care record, the day and nothing else (R12). Who holds no key
    /// of the care record leaves the key worker a notice instead.
    public func note(
        _ reference: String, text: String, visit: Bool = false, on day: Day? = nil, signpost: Bool = true
    ) throws -> Outcome<Filed> {
        let isSecure = TypedReference.isPIN(reference)
        let act: Act = isSecure ? .adoptionNote : visit ? .careVisit : .careNote
        return try write(Ask(act, on: .record(reference)).dated(day)) { passage in
            let record = try passage.requireRecord()
            try passage.requireText(text)
            let warnings = try passage.judge(visit ? .visit : .note, on: record, day: day).warnings
            if record.kind == .care {
                let hasAdoption = try passage.records.adoptionRecord(of: record.id) != nil
                if let refusal = CareText.judge(text, hasAdoptionRecord: hasAdoption) { throw refusal }
            }
            var entry = passage.content(visit ? .visit : .note, of: record, on: day)
            entry.text = text
            let row = try passage.file(entry, with: passage.hold(record))
            let sign = isSecure && signpost ? try passage.signpost(for: record, on: day ?? passage.today) : nil
            return Filed(entry: row.id, signpost: sign, warnings: warnings.map(\.message))
        }
    }

    /// Records plan type and aim on the care record: two words, no detail (R7, R8).
    public func recordPlan(
        _ reference: String, type: PlanType, aim: PlanAim, on day: Day? = nil
    ) throws -> Outcome<Filed> {
        try write(Ask(.planRecord, on: .record(reference)).dated(day)) { passage in
            var record = try passage.requireRecord()
            let warnings = try passage.judge(.recordPlan, on: record, day: day).warnings
            let row = try passage.filePlan(PlanOnCare(type: type, aim: aim), on: record, day: day)
            record.planRecorded = true
            try passage.records.update(record)
            return Filed(entry: row.id, signpost: nil, warnings: warnings.map(\.message))
        }
    }

    /// Records a new plan with the background to giving up the plan to adopt (R16 c).
    public func recordReversalPlan(
        _ reference: String, background: String, aim: PlanAim = .undecided, on day: Day? = nil
    ) throws -> Outcome<Filed> {
        try write(Ask(.planReverse, on: .record(reference)).dated(day)) { passage in
            var record = try passage.requireRecord()
            let warnings = try passage.judge(.recordReversalPlan, on: record, day: day).warnings
            let plan = try ReversalPlan(plan: PlanOnCare(type: .permanence, aim: aim), background: background)
            var entry = passage.content(.reversalPlan, of: record, on: day)
            entry.text = background
            entry.fields = ["plan": plan.plan.text]
            let row = try passage.file(entry, with: passage.hold(record))
            _ = try passage.filePlan(plan.plan, on: record, day: day)
            record.planRecorded = false
            if var adoption = try passage.records.adoptionRecord(of: record.id) {
                record.planRecorded = true
                record.reversalPlanOn = day ?? passage.today
                adoption.reversalPlanOn = record.reversalPlanOn
                try passage.records.update(adoption)
            } else {
                // Given up before there was a record to reverse: a second decision begins with its own intention.
                record.intentionOn = nil
                record.intentionForum = nil
            }
            try passage.records.update(record)
            return Filed(entry: row.id, signpost: nil, warnings: warnings.map(\.message))
        }
    }
}

/// What kind of record a typed reference claims to be of.
public enum TypedReference {
    /// Whether it reads as an adoption record's PIN.
    public static func isPIN(_ typed: String) -> Bool { PIN(typed: typed) != nil }
}

extension Passage {
    func requireText(_ text: String) throws {
        guard text.contains(where: { !$0.isWhitespace }) else {
            throw VaultFault.unusable("there is no text", hint: "write it in a file and name it with `--from`")
        }
    }

    @discardableResult
    func filePlan(
        _ plan: PlanOnCare, on record: RecordRow, day: Day? = nil, with held: RecordHold? = nil
    ) throws -> EntryRow {
        var entry = content(.plan, of: record, on: day)
        entry.text = plan.text
        return try file(entry, with: held ?? hold(record))
    }

    /// Leaves the day of a secure entry on the care record, or asks the key worker to.
    func signpost(for record: RecordRow, on day: Day) throws -> String? {
        let care = try careRecord(of: record)
        let text = Signpost(on: day).text
        do {
            var entry = content(.signpost, of: care, on: day)
            entry.text = text
            let row = try file(entry, with: hold(care))
            touched(care, as: .careNote)
            return row.id
        } catch is NotThere {
            for keyWorker in try verifiedAssignments(of: care.id) where keyWorker.relation == .keyWorker {
                try notify(
                    keyWorker.staff, about: care,
                    text: """
                        An entry of \(day) was made on the secure record by somebody who cannot write on the care record.
                        Please leave its signpost there, as a note of \(care.reference) that says no more than:
                        \(text)
                        """)
            }
            return nil
        }
    }
}
