/// Orders the four acts that end a plan to adopt before an order is made (R16).
public enum Reversal {
    /// One of the four acts; the raw value is its letter in the rule.
    public enum Act: String, Sendable, CaseIterable {
        /// The administrator removes the security: the record is re-wrapped to the named team administrator only.
        case liftSecurity = "a"
        /// The team administrator migrates everything to the open care record.
        case migrate = "b"
        /// A new plan with the background to the reversal is recorded there.
        case recordPlan = "c"
        /// The adoption record is removed.
        case remove = "d"

        /// The event of the act.
        public var event: Event {
            switch self {
            case .liftSecurity: .liftSecurity
            case .migrate: .migrate
            case .recordPlan: .recordReversalPlan
            case .remove: .remove
            }
        }

        /// Who does it.
        public var duty: Duty {
            switch self {
            case .liftSecurity, .remove: .adoptionAdministrator
            case .migrate: .teamAdministrator
            case .recordPlan: .keyWorker
            }
        }
    }

    /// How a migrated entry stands on the care record.
    public enum Treatment: String, Codable, Sendable {
        /// Like any entry.
        case ordinary
        /// Under a second care key: the key worker, the manager and the administrator; held until confirmed.
        case restricted
    }

    /// Whether a reversal has begun on this adoption record.
    public static func hasBegun(_ facts: RecordFacts) -> Bool {
        facts.reversalPlanRecorded || [.securityLifted, .migrated, .removed].contains(facts.stage)
    }

    /// The acts still to be done, in the order they can be; empty when no reversal has begun or all is done.
    public static func remaining(_ facts: RecordFacts) -> [Act] {
        guard hasBegun(facts), facts.stage != .removed else { return [] }
        return Act.allCases.filter { act in
            switch act {
            case .liftSecurity: facts.stage == .open
            case .migrate: facts.stage != .migrated || facts.heldForConfirmation > 0
            case .recordPlan: !facts.reversalPlanRecorded
            case .remove: true
            }
        }
    }

    /// How an entry stands on the care record after migration.
    ///
    /// - Parameter kind: the document's kind; nil for an entry that is no document.
    public static func treatment(of kind: DocumentKind?, by convention: FilingConvention = .standard) -> Treatment {
        guard let kind else { return .ordinary }
        return convention.row(for: kind).map { $0.care != .never } ?? false ? .ordinary : .restricted
    }
}
