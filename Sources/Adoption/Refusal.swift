public import WorkingDays

/// Says no, on behalf of a rule of the domain.
///
/// A value: nothing is broken, and nothing has changed. Equal refusals have the same kind and the same day; the words
/// follow from those. No refusal carries anything from inside a record.
public struct Refusal: Error, Hashable, Sendable, CustomStringConvertible {
    /// Which rule refuses.
    public let kind: Kind
    /// The day the rule turns on, where there is one: of the closing, the order, the decision, the opening.
    public let day: Day?

    /// Makes a refusal.
    public init(_ kind: Kind, on day: Day? = nil) {
        self.kind = kind
        self.day = day
    }

    /// What is refused and why, as the command line says it.
    public var description: String { message }

    /// Names a rule that refuses. The raw value stands in vectors and in the program's answers: it never changes.
    public enum Kind: String, Codable, Sendable, CaseIterable {
        // The record's stage
        case recordClosed = "record-closed"
        case recordRemoved = "record-removed"
        case recordAlreadyOpen = "record-already-open"
        case notForThisRecord = "not-for-this-record"
        case orderAlreadyMade = "order-already-made"
        case onlyTheFileAudit = "only-the-file-audit"
        case noOrder = "no-order"
        case securityNotLifted = "security-not-lifted"
        case securityAlreadyLifted = "security-already-lifted"
        case notMigrated = "not-migrated"
        case alreadyMigrated = "already-migrated"

        // Days
        case dayInFuture = "day-in-future"
        case dayBeforeOpening = "day-before-opening"
        case dayBeforeIntention = "day-before-intention"
        case dayBeforeOrder = "day-before-order"
        case orderBeforeDecision = "order-before-decision"
        case decisionAfterOrder = "decision-after-order"

        // What an act needs
        case noIntention = "no-intention"
        case noCareRecord = "no-care-record"
        case careRecordNotOpen = "care-record-not-open"
        case noAdoptionRecord = "no-adoption-record"
        case adoptionRecordExists = "adoption-record-exists"
        case oneRecordPerChild = "one-record-per-child"
        case decisionAlreadyRecorded = "decision-already-recorded"
        case orderWithoutDecision = "order-without-decision"
        case planMissing = "plan-missing"

        // Closing
        case auditMissing = "audit-missing"
        case auditFoundMisfiled = "audit-found-misfiled"
        case auditIncomplete = "audit-incomplete"
        case recordsCloseTogether = "records-close-together"
        case withdrawalNotAsked = "withdrawal-not-asked"
        case withdrawalAsked = "withdrawal-asked"
        case samePerson = "same-person"

        // Reversal
        case nothingToReverse = "nothing-to-reverse"
        case reversalPlanMissing = "reversal-plan-missing"
        case backgroundMissing = "background-missing"
        case aimStillAdoption = "aim-still-adoption"
        case countsDisagree = "counts-disagree"
        case entriesHeld = "entries-held"
        case notHeld = "not-held"

        // Filing
        case belongsOnAdoptionRecord = "belongs-on-adoption-record"
        case belongsOnCareRecord = "belongs-on-care-record"
        case belongsOnAdopterRecord = "belongs-on-adopter-record"
        case neverOnCareRecord = "never-on-care-record"
        case unknownDocumentKind = "unknown-document-kind"
        case namesSecureRecord = "names-secure-record"
        case namesPlacement = "names-placement"

        // People
        case lastAdministrator = "last-administrator"
        case lastArchiveKeeper = "last-archive-keeper"
        case lastDisclosureAuthoriser = "last-disclosure-authoriser"
        case stillAssigned = "still-assigned"
        case notActive = "not-active"
        case reasonMissing = "reason-missing"
        case grantWithoutEnd = "grant-without-end"
        case grantEndsTooSoon = "grant-ends-too-soon"

        /// Filed on the wrong record, with the right one named.
        public static func wrongRecord(_ right: FilingPlace) -> Kind {
            switch right {
            case .adoption: .belongsOnAdoptionRecord
            case .care: .belongsOnCareRecord
            case .adopter: .belongsOnAdopterRecord
            }
        }

        /// The right record, when the refusal is of a wrong one.
        public var rightPlace: FilingPlace? {
            switch self {
            case .belongsOnAdoptionRecord, .neverOnCareRecord: .adoption
            case .belongsOnCareRecord: .care
            case .belongsOnAdopterRecord: .adopter
            default: nil
            }
        }
    }
}
