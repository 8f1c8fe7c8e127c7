public import WorkingDays

/// Says what the lifecycle makes of an event: it proceeds, or it is refused.
public enum Judgement: Hashable, Sendable {
    /// The event may happen; the record is at `to` afterwards, and the warnings are for the person who acts.
    case proceeds(to: Stage, warnings: [Warning])
    /// The event must not happen, and nothing changes.
    case refused(Refusal)

    /// The stage after the event.
    ///
    /// - Throws: the ``Refusal``, when there is one.
    public func get() throws(Refusal) -> Stage {
        switch self {
        case .proceeds(let stage, _): return stage
        case .refused(let refusal): throw refusal
        }
    }
}

/// Judges every event on a record by one table, ``table``.
public enum Lifecycle {
    /// One line of the table: this event, on such a record at such a stage, under these conditions, leads there.
    public struct Row: Hashable, Sendable {
        /// The event.
        public let event: Event
        /// The kind of record it happens on.
        public let kind: RecordKind
        /// The stage before; nil for the event that begins a record.
        public let from: Stage?
        /// The stage after.
        public let to: Stage
        /// The conditions, in the order they are checked; the first one unmet is the refusal.
        public let requires: [Requirement]
        /// What the person who acts is warned of, where there is reason.
        public let warns: [Warning]
        /// Of an import only: whether this line is for a return that tells of an order.
        public let orderInReturn: Bool?
    }

    /// Judges an event on an existing record.
    ///
    /// Precedence, so that a low refusal never hides a high one: the record is final; the day lies in the future; the
    /// event does not belong to this kind or stage; then the row's conditions in their order.
    ///
    /// - Parameters:
    ///   - day: the day the event happened, as the person says.
    ///   - today: the vault's day.
    public static func judge(_ event: Event, on facts: RecordFacts, day: Day, today: Day) -> Judgement {
        if facts.stage == .closed { return .refused(Refusal(.recordClosed, on: facts.closedOn)) }
        if facts.stage == .removed { return .refused(Refusal(.recordRemoved)) }
        if day > today { return .refused(Refusal(.dayInFuture, on: today)) }
        guard let row = row(for: event, on: facts) else { return .refused(misplaced(event, on: facts)) }
        for requirement in row.requires {
            if let refusal = requirement.unmet(by: facts, on: day) { return .refused(refusal) }
        }
        return .proceeds(to: row.to, warnings: row.warns.filter { $0.isDue(facts, on: day) })
    }

    /// Judges the event that begins a record.
    ///
    /// Takes nothing about any other record, which is R15: a child who comes to notice after an order gets a new care
    /// record, and nothing can lead from it to the old ones. What creating an adoption record asks of the care record
    /// is judged on the care record, by ``judge(_:on:day:today:)``.
    ///
    /// - Parameter orderOn: for an import, the day of the order that the return tells of.
    public static func judgeOpening(
        of kind: RecordKind, by event: Event, day: Day, today: Day, orderOn: Day? = nil
    ) -> Judgement {
        if day > today { return .refused(Refusal(.dayInFuture, on: today)) }
        let row = table.first {
            $0.event == event && $0.kind == kind && $0.from == nil
                && $0.orderInReturn ?? (orderOn != nil)
                    == (orderOn != nil)
        }
        guard let row else { return .refused(Refusal(.notForThisRecord)) }
        return .proceeds(to: row.to, warnings: [])
    }

    private static func row(for event: Event, on facts: RecordFacts) -> Row? {
        let hasOrder = facts.orderOn != nil
        return table.first {
            $0.event == event && $0.kind == facts.kind && $0.from == facts.stage
                && ($0.orderInReturn ?? hasOrder) == hasOrder
        }
    }

    /// Why an event finds no row: said as the thing that stands in the way, not as a missing row.
    private static func misplaced(_ event: Event, on facts: RecordFacts) -> Refusal {
        switch (event, facts.kind) {
        case (.openCare, .care): return Refusal(.recordAlreadyOpen, on: facts.openedOn)
        case (.createAdoption, .adoption): return Refusal(.adoptionRecordExists)
        case (.createAdoption, .returned): return Refusal(.noCareRecord)
        default: break
        }
        guard table.contains(where: { $0.event == event && $0.kind == facts.kind && $0.from != nil }) else {
            return Refusal(.notForThisRecord)
        }
        switch (facts.stage, event) {
        case (.open, .migrate): return Refusal(.securityNotLifted)
        case (.open, .remove), (.securityLifted, .remove): return Refusal(.notMigrated)
        case (.awaitingClosure, .note), (.awaitingClosure, .visit), (.awaitingClosure, .grant):
            return Refusal(.onlyTheFileAudit, on: facts.orderOn)
        case (.awaitingClosure, _): return Refusal(.orderAlreadyMade, on: facts.orderOn)
        case (_, .withdrawOrder), (_, .signAudit), (_, .close): return Refusal(.noOrder)
        case (.migrated, _): return Refusal(.alreadyMigrated)
        default: return Refusal(.securityAlreadyLifted)
        }
    }
}
