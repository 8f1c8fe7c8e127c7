/// The codes the return's columns may hold, of all years since 2005 together: a retired code is not a mistake.
///
/// Source: the department's guide and the rules of its validator, 2022/23 to 2026/27. Columns that are not here are not
/// judged.
enum CodeSet {
    static let sexNumbers: Set<String> = ["1", "2"]
    static let sexLetters: Set<String> = ["M", "F", "U"]

    /// The codes of a column, or nil where this does not judge them.
    static func of(_ column: ReturnColumn) -> Set<String>? { sets[column] }

    static let adoptionPlacements: Set<String> = ["A3", "A4", "A5", "A6"]
    /// A3 and A5: with the present foster carer.
    static let carerAdopts: Set<String> = ["A3", "A5"]
    /// A5 and A6: under a placement order rather than by consent.
    static let underPlacementOrder: Set<String> = ["A5", "A6"]
    static let fosterPlacements: Set<String> = ["U1", "U2", "U3", "U4", "U5", "U6"]
    static let adopted: Set<String> = ["E11", "E12"]
    /// RD1 to RD4: why a decision that the child should be placed was given up.
    static let decisionCeased: Set<String> = ["RD1", "RD2", "RD3", "RD4"]
    static let placementOrder = "E1"
    static let anotherEpisodeFollows = "X1"
    static let careBegan = "S"
    /// Short breaks: no period of care begins with them.
    static let shortBreaks: Set<String> = ["V3", "V4"]

    private static let yesOrNo: Set<String> = ["0", "1"]

    private static let sets: [ReturnColumn: Set<String>] = [
        .sex: sexNumbers.union(sexLetters),
        .ethnic: [
            "WBRI", "WIRI", "WOTH", "WIRT", "WROM", "MWBC", "MWBA", "MWAS", "MOTH", "AIND", "APKN", "ABAN", "AOTH",
            "BCRB",
            "BAFR", "BOTH", "CHNE", "OOTH", "REFU", "NOBT",
        ],
        .mother: yesOrNo,
        .reasonForNewEpisode: ["S", "L", "P", "T", "B", "U"],
        .legalStatus: [
            "C1", "C2", "D1", "E1", "V2", "V3", "V4", "J1", "J2", "J3", "L1", "L2", "L3",
        ],
        .categoryOfNeed: ["N1", "N2", "N3", "N4", "N5", "N6", "N7", "N8"],
        .placement: adoptionPlacements.union(fosterPlacements).union([
            "K1", "K2", "K3", "P1", "P2", "P3", "R1", "R2", "R3", "R5", "S1", "T0", "T1", "T2", "T3", "T4", "H5", "Z1",
            "Z11", "Z12", "Z13", "Z14",
        ]),
        .placementProvider: ["PR0", "PR1", "PR2", "PR3", "PR4", "PR5"],
        .reasonEpisodeCeased: adopted.union([
            "X1", "E2", "E3", "E4A", "E4B", "E5", "E6", "E7", "E8", "E9", "E13", "E14", "E15", "E16", "E17", "E41",
            "E45",
            "E46", "E47", "E48",
        ]),
        .reasonPlacementChanged: [
            "CARPL", "CLOSE", "ALLEG", "STAND", "APPRR", "CREQB", "CREQO", "CHILD", "LAREQ", "PLACE", "CUSTOD", "OTHER",
        ],
        .reviewCode: ["PN0", "PN1", "PN2", "PN3", "PN4", "PN5", "PN6", "PN7"],
        .fosterCarer: yesOrNo,
        .adopterCount: ["1", "2"],
        .adopterSex: ["M1", "F1", "MM", "FF", "MF"],
        .adopterLegalStatus: ["L0", "L11", "L12", "L2", "L3", "L4"],
        .previousPermanence: ["P1", "P2", "P3", "P4", "Z1"],
        .missing: ["M", "A"],
        .convicted: yesOrNo, .healthCheck: yesOrNo, .immunisations: yesOrNo, .teethCheck: yesOrNo,
        .healthAssessment: yesOrNo, .substanceMisuse: yesOrNo, .interventionReceived: yesOrNo,
        .interventionOffered: yesOrNo,
        .strengthsReason: ["SDQ1", "SDQ2", "SDQ3", "SDQ4", "SDQ5"],
        .socialWorkerReason: [
            "MANAGE", "FCONTA", "LEFTRL", "ORGRST", "TSPROC", "ABSENC", "CHCHAN", "PCCHAN", "SWDIED", "OTHERS",
        ],
    ]
}
