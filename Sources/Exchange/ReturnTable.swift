/// One of the eleven tables of the national return SSDA903, known by its set of columns and never by a file's name.
///
/// Source: the Department for Education's guide to the return and the column sets the department's validator accepts.
/// The raw value is the table's name there, and stands in what the vault has sealed.
public enum ReturnTable: String, CaseIterable, Codable, Sendable {
    case header = "Header"
    case episodes = "Episodes"
    case reviews = "Reviews"
    case adopters = "AD1"
    case placedAdoption = "PlacedAdoption"
    case previousPermanence = "PrevPerm"
    case missing = "Missing"
    case unaccompanied = "UASC"
    case outcomes = "OC2"
    case careLeavers = "OC3"
    case socialWorkers = "SWEpisodes"

    /// The table's columns in the order the guide prints them, which is the order of ``ReturnRow/cells``.
    public var columns: [ReturnColumn] { Self.columns[self]! }

    /// The table whose columns are exactly these, in any order.
    ///
    /// The spelling is compared exactly: the department's tools refuse lower-case headings, and so does this.
    public init?(columns names: [String]) {
        let columns = names.compactMap(ReturnColumn.init(rawValue:))
        guard columns.count == names.count, Set(columns).count == names.count else { return nil }
        guard let table = Self.allCases.first(where: { Set($0.columns) == Set(columns) }) else { return nil }
        self = table
    }

    /// Columns that hold a whole date, dd/mm/yyyy. `DATE_PERM` is not among them: it may be partial.
    var dateColumns: [ReturnColumn] { columns.filter(Self.wholeDates.contains) }

    /// Columns that tell one row of a child from another: the same values name the same thing in next year's return.
    var keyColumns: [ReturnColumn] {
        switch self {
        case .header, .adopters, .previousPermanence, .unaccompanied, .outcomes, .careLeavers: []
        case .episodes: [.episodeBegan]
        case .reviews: [.review]
        case .placedAdoption: [.placementDecided]
        case .missing: [.missingBegan]
        case .socialWorkers: [.socialWorker, .socialWorkerBegan]
        }
    }

    private static let wholeDates: Set<ReturnColumn> = [
        .dateOfBirth, .mothersChildBorn, .episodeBegan, .episodeCeased, .review, .bestInterestDecided, .matched,
        .placementDecided, .placementDecisionCeased, .missingBegan, .missingEnded, .unaccompaniedStatusCeased,
        .socialWorkerBegan, .socialWorkerCeased,
    ]

    private static let columns: [ReturnTable: [ReturnColumn]] = [
        .header: [.child, .sex, .dateOfBirth, .ethnic, .uniquePupilNumber, .mother, .mothersChildBorn],
        .episodes: [
            .child, .episodeBegan, .reasonForNewEpisode, .legalStatus, .categoryOfNeed, .placement, .placementProvider,
            .episodeCeased, .reasonEpisodeCeased, .reasonPlacementChanged, .homePostcode, .placementPostcode,
            .ofstedNumber,
        ],
        .reviews: [.child, .dateOfBirth, .review, .reviewCode],
        .adopters: [
            .child, .dateOfBirth, .bestInterestDecided, .matched, .fosterCarer, .adopterCount, .adopterSex,
            .adopterLegalStatus,
        ],
        .placedAdoption: [.child, .dateOfBirth, .placementDecided, .placementDecisionCeased, .reasonDecisionCeased],
        .previousPermanence: [
            .child, .dateOfBirth, .previousPermanence, .previousAuthority, .previousPermanenceBegan,
        ],
        .missing: [.child, .dateOfBirth, .missing, .missingBegan, .missingEnded],
        .unaccompanied: [.child, .sex, .dateOfBirth, .unaccompaniedStatusCeased],
        .outcomes: [
            .child, .dateOfBirth, .strengthsScore, .strengthsReason, .convicted, .healthCheck, .immunisations,
            .teethCheck, .healthAssessment, .substanceMisuse, .interventionReceived, .interventionOffered,
        ],
        .careLeavers: [.child, .dateOfBirth, .inTouch, .activity, .accommodation],
        .socialWorkers: [
            .child, .dateOfBirth, .socialWorker, .socialWorkerBegan, .socialWorkerCeased, .socialWorkerReason,
        ],
    ]
}
