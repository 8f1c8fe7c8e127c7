/// A column of the national return, spelt as the return spells it.
///
/// The spelling stands in files of every council and in what the vault has sealed: a case may be added, never changed.
public enum ReturnColumn: String, CaseIterable, Codable, Sendable {
    case child = "CHILD"
    case sex = "SEX"
    case dateOfBirth = "DOB"

    // Header
    case ethnic = "ETHNIC"
    case uniquePupilNumber = "UPN"
    case mother = "MOTHER"
    case mothersChildBorn = "MC_DOB"

    // Episodes
    case episodeBegan = "DECOM"
    case reasonForNewEpisode = "RNE"
    case legalStatus = "LS"
    case categoryOfNeed = "CIN"
    case placement = "PLACE"
    case placementProvider = "PLACE_PROVIDER"
    case episodeCeased = "DEC"
    case reasonEpisodeCeased = "REC"
    case reasonPlacementChanged = "REASON_PLACE_CHANGE"
    case homePostcode = "HOME_POST"
    case placementPostcode = "PL_POST"
    case ofstedNumber = "URN"

    // Reviews
    case review = "REVIEW"
    case reviewCode = "REVIEW_CODE"

    // AD1
    case bestInterestDecided = "DATE_INT"
    case matched = "DATE_MATCH"
    case fosterCarer = "FOSTER_CARE"
    case adopterCount = "NB_ADOPTR"
    case adopterSex = "SEX_ADOPTR"
    case adopterLegalStatus = "LS_ADOPTR"

    // PlacedAdoption. DATE_PLACED is the day of the DECISION; the child moved in on the DECOM of the first A3 to A6.
    case placementDecided = "DATE_PLACED"
    case placementDecisionCeased = "DATE_PLACED_CEASED"
    case reasonDecisionCeased = "REASON_PLACED_CEASED"

    // PrevPerm
    case previousPermanence = "PREV_PERM"
    case previousAuthority = "LA_PERM"
    case previousPermanenceBegan = "DATE_PERM"

    // Missing
    case missing = "MISSING"
    case missingBegan = "MIS_START"
    case missingEnded = "MIS_END"

    // UASC
    case unaccompaniedStatusCeased = "DUC"

    // OC2
    case strengthsScore = "SDQ_SCORE"
    case strengthsReason = "SDQ_REASON"
    case convicted = "CONVICTED"
    case healthCheck = "HEALTH_CHECK"
    case immunisations = "IMMUNISATIONS"
    case teethCheck = "TEETH_CHECK"
    case healthAssessment = "HEALTH_ASSESSMENT"
    case substanceMisuse = "SUBSTANCE_MISUSE"
    case interventionReceived = "INTERVENTION_RECEIVED"
    case interventionOffered = "INTERVENTION_OFFERED"

    // OC3
    case inTouch = "IN_TOUCH"
    case activity = "ACTIV"
    case accommodation = "ACCOM"

    // SWEpisodes
    case socialWorker = "SW_ID"
    case socialWorkerBegan = "SW_DECOM"
    case socialWorkerCeased = "SW_DEC"
    case socialWorkerReason = "SW_REASON"
}
