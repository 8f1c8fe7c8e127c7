extension ReturnFinding.Code {
    /// Whether a child with this finding is held.
    public var severity: ReturnFinding.Severity { meaning.severity }
    /// One sentence for a person.
    public var text: String { meaning.text }
    /// Numbers of the department's rules that find the same, where there are any.
    public var departmentRules: [String] { meaning.rules }

    private typealias Meaning = (severity: ReturnFinding.Severity, rules: [String], text: String)

    private var meaning: Meaning {
        switch self {
        case .notInHeader, .repeatedInHeader, .identifierNearlySame, .identifierLong, .birthDateDiffers, .keyFieldBlank,
            .sexDiffers, .repeatedRow, .codeNotValid, .pupilNumberMalformed, .pupilNumberCheckLetter,
            .pupilNumberRepeated:
            identity
        case .noEpisode, .twoOpenEpisodes, .episodeEndsBeforeItBegins, .episodesOverlap, .episodeEndIncomplete,
            .dayInFuture, .otherDayInFuture:
            episode
        case .decisionReasonNotValid, .decisionEndIncomplete, .decisionWithoutEpisode, .decisionBeforeBirth,
            .decisionBeforeCare, .decisionAfterCare, .decisionEndsBeforeItBegins, .decisionsOverlap,
            .decisionAfterPlacementOrder, .decisionAfterPlacement, .decisionStandsAfterCare,
            .placementOrderWithoutDecision, .placedWithoutDecision:
            decision
        default: adoption
        }
    }

    private var identity: Meaning {
        switch self {
        case .notInHeader: (.held, ["INT01", "INT02", "INT03", "INT08"], "the child does not stand in Header")
        case .repeatedInHeader: (.held, ["INT32"], "the child stands in Header more than once")
        case .identifierNearlySame:
            (.held, [], "another child's identifier differs only in capitals or blanks")
        case .identifierLong: (.reported, [], "the identifier is longer than ten characters")
        case .birthDateDiffers: (.held, ["INT11", "INT12", "INT17"], "the date of birth is not the one in Header")
        case .keyFieldBlank: (.held, ["102", "141", "112", "115"], "a field that names the row is empty")
        case .sexDiffers: (.reported, ["INT21"], "the sex is not the one in Header")
        case .repeatedRow: (.reported, ["INT31", "INT33", "INT34", "INT35", "INT36"], "the child has the row twice")
        case .codeNotValid: (.reported, ["101", "103", "143", "144", "145", "149", "178"], "the code is not valid")
        case .pupilNumberMalformed: (.reported, ["168"], "the unique pupil number is malformed")
        case .pupilNumberCheckLetter: (.reported, [], "the unique pupil number has another check letter")
        default: (.reported, ["444"], "another child has the same unique pupil number")
        }
    }

    private var episode: Meaning {
        switch self {
        case .noEpisode: (.reported, [], "the child has no episode")
        case .twoOpenEpisodes: (.held, ["142"], "the child has more than one open episode")
        case .episodeEndsBeforeItBegins: (.held, [], "the episode ends before it begins")
        case .episodesOverlap: (.reported, ["501"], "the episode begins before the one before it ended")
        case .episodeEndIncomplete: (.reported, [], "the episode has a day or a reason of its end and not the other")
        case .dayInFuture: (.held, ["117"], "the day lies in the future")
        default: (.reported, [], "the day lies in the future")
        }
    }

    private var decision: Meaning {
        switch self {
        case .decisionReasonNotValid: (.held, ["120"], "the reason why the decision ceased is not a valid code")
        case .decisionEndIncomplete:
            (
                .held, ["119", "563"],
                "the end of the decision needs the day of the decision, its own day and its reason"
            )
        case .decisionWithoutEpisode: (.held, [], "there is a decision and the child has no episode")
        case .decisionBeforeBirth: (.held, ["184"], "the decision was made before the child was born")
        case .decisionBeforeCare: (.held, ["1003", "118", "334"], "the decision lies before the child's time in care")
        case .decisionAfterCare: (.held, ["117"], "the decision lies after the child left care")
        case .decisionEndsBeforeItBegins: (.held, ["522"], "the decision ceased before it was made")
        case .decisionsOverlap: (.held, ["579", "583"], "the decision was made while an earlier one stood")
        case .decisionAfterPlacementOrder: (.held, ["554"], "the decision was made after the placement order")
        case .decisionAfterPlacement: (.held, ["521", "552"], "the decision was made after the child was placed")
        case .decisionStandsAfterCare: (.held, ["557"], "the child left care unadopted and the decision still stands")
        case .placementOrderWithoutDecision: (.reported, ["553"], "there is a placement order and no decision")
        default: (.reported, ["551"], "the child was placed for adoption and there is no decision")
        }
    }

    private var adoption: Meaning {
        switch self {
        case .placedWithoutPlacementOrder: (.held, ["408"], "placed under a placement order, and none was recorded")
        case .carerAdoptsAfterMove: (.held, ["217"], "placed with the present foster carer, yet the child moved")
        case .carerAdoptsUnfostered: (.held, ["336"], "placed with the present foster carer, yet not fostered before")
        case .adoptedWithoutDay: (.held, [], "the episode ended by adoption and the day is missing")
        case .adoptedTwice: (.held, ["199"], "a second episode ended by adoption")
        case .episodeAfterAdoption: (.held, ["199"], "an episode begins after the one ended by adoption")
        case .adoptedUnplaced: (.held, ["390"], "adopted without having been placed for adoption")
        case .adoptedAfterReversal: (.held, ["525", "558"], "adopted although the decision had ceased")
        case .adoptedOverAge: (.held, ["386"], "adopted at eighteen or older")
        case .adoptedWithoutAdopters: (.reported, ["601"], "adopted, and there is no row on the adopters")
        case .adoptersWithoutAdoption: (.held, ["602"], "there is a row on adopters and the child was not adopted")
        case .adoptersOfCareLeaver: (.held, ["134"], "there is a row on adopters and one on leaving care")
        case .adoptersDecisionDiffers: (.held, ["523"], "the day of the decision is not the one in PlacedAdoption")
        case .matchedBeforeDecision: (.held, ["333"], "matched before the decision")
        case .matchedAfterPlacement: (.held, ["331"], "matched after the child was placed")
        case .matchedOnDayOfOrder: (.reported, ["582"], "matched on the day of the adoption")
        case .fosterCarerDiffers: (.held, ["335"], "whether the foster carer adopted is answered in two ways")
        case .adoptersIncomplete: (.reported, ["151"], "the row on the adopters is incomplete")
        default:
            (
                .reported, ["511", "514", "517", "518", "519", "520", "524"],
                "number, sex and legal status of the adopters disagree"
            )
        }
    }
}
