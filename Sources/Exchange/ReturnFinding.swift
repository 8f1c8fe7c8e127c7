/// Something a return says that cannot stand, or that a person should know, at one row.
public struct ReturnFinding: Hashable, Sendable {
    /// What it is.
    public let code: Code
    /// The table of the row.
    public let table: ReturnTable
    /// The line of the row in its file.
    public let line: Int
    /// The child's position in ``NationalReturn/children``.
    public let childIndex: Int
    /// The column, where one column is meant.
    public let column: ReturnColumn?

    /// Whether the child is held for it.
    public var severity: Severity { code.severity }
    /// One sentence for a person, without any value of the row.
    public var text: String { column.map { "\(code.text): \($0.rawValue)" } ?? code.text }

    /// What a finding does.
    public enum Severity: String, Codable, Sendable {
        /// The return contradicts itself about this child's adoption or identity: no stage changes until a person
        /// decided.
        case held
        /// The return is incomplete or wrong in something that decides nothing here.
        case reported
    }

    /// The findings, by their stable names.
    public enum Code: String, CaseIterable, Codable, Sendable {
        // who the child is
        case notInHeader = "not-in-header"
        case repeatedInHeader = "repeated-in-header"
        case identifierNearlySame = "identifier-nearly-same"
        case identifierLong = "identifier-long"
        case birthDateDiffers = "birth-date-differs"
        case keyFieldBlank = "key-field-blank"
        case sexDiffers = "sex-differs"
        case repeatedRow = "repeated-row"
        case codeNotValid = "code-not-valid"
        case pupilNumberMalformed = "pupil-number-malformed"
        case pupilNumberCheckLetter = "pupil-number-check-letter"
        case pupilNumberRepeated = "pupil-number-repeated"
        // episodes
        case noEpisode = "no-episode"
        case twoOpenEpisodes = "two-open-episodes"
        case episodeEndsBeforeItBegins = "episode-ends-before-it-begins"
        case episodesOverlap = "episodes-overlap"
        case episodeEndIncomplete = "episode-end-incomplete"
        case dayInFuture = "day-in-future"
        case otherDayInFuture = "other-day-in-future"
        // the decision
        case decisionReasonNotValid = "decision-reason-not-valid"
        case decisionEndIncomplete = "decision-end-incomplete"
        case decisionWithoutEpisode = "decision-without-episode"
        case decisionBeforeBirth = "decision-before-birth"
        case decisionBeforeCare = "decision-before-care"
        case decisionAfterCare = "decision-after-care"
        case decisionEndsBeforeItBegins = "decision-ends-before-it-begins"
        case decisionsOverlap = "decisions-overlap"
        case decisionAfterPlacementOrder = "decision-after-placement-order"
        case decisionAfterPlacement = "decision-after-placement"
        case decisionStandsAfterCare = "decision-stands-after-care"
        case placementOrderWithoutDecision = "placement-order-without-decision"
        case placedWithoutDecision = "placed-without-decision"
        // the placement
        case placedWithoutPlacementOrder = "placed-without-placement-order"
        case carerAdoptsAfterMove = "carer-adopts-after-move"
        case carerAdoptsUnfostered = "carer-adopts-unfostered"
        // the order
        case adoptedWithoutDay = "adopted-without-day"
        case adoptedTwice = "adopted-twice"
        case episodeAfterAdoption = "episode-after-adoption"
        case adoptedUnplaced = "adopted-unplaced"
        case adoptedAfterReversal = "adopted-after-reversal"
        case adoptedOverAge = "adopted-over-age"
        case adoptedWithoutAdopters = "adopted-without-adopters"
        // the adopters
        case adoptersWithoutAdoption = "adopters-without-adoption"
        case adoptersOfCareLeaver = "adopters-of-care-leaver"
        case adoptersDecisionDiffers = "adopters-decision-differs"
        case matchedBeforeDecision = "matched-before-decision"
        case matchedAfterPlacement = "matched-after-placement"
        case matchedOnDayOfOrder = "matched-on-day-of-order"
        case fosterCarerDiffers = "foster-carer-differs"
        case adoptersIncomplete = "adopters-incomplete"
        case adoptersDisagree = "adopters-disagree"
    }
}
