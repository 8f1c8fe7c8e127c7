import Exchange
import Testing

/// What stands in sealed rows and in reports is never spelt otherwise.
@Suite struct SpellingTests {
    @Test func `the tables and columns keep their spelling`() {
        #expect(
            ReturnTable.allCases.map(\.rawValue) == [
                "Header", "Episodes", "Reviews", "AD1", "PlacedAdoption", "PrevPerm", "Missing", "UASC", "OC2", "OC3",
                "SWEpisodes",
            ])
        let columns = ReturnTable.allCases.map { $0.columns.map(\.rawValue).joined(separator: ",") }
        #expect(
            columns == [
                "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB",
                "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN",
                "CHILD,DOB,REVIEW,REVIEW_CODE",
                "CHILD,DOB,DATE_INT,DATE_MATCH,FOSTER_CARE,NB_ADOPTR,SEX_ADOPTR,LS_ADOPTR",
                "CHILD,DOB,DATE_PLACED,DATE_PLACED_CEASED,REASON_PLACED_CEASED",
                "CHILD,DOB,PREV_PERM,LA_PERM,DATE_PERM",
                "CHILD,DOB,MISSING,MIS_START,MIS_END",
                "CHILD,SEX,DOB,DUC",
                "CHILD,DOB,SDQ_SCORE,SDQ_REASON,CONVICTED,HEALTH_CHECK,IMMUNISATIONS,TEETH_CHECK,HEALTH_ASSESSMENT,"
                    + "SUBSTANCE_MISUSE,INTERVENTION_RECEIVED,INTERVENTION_OFFERED",
                "CHILD,DOB,IN_TOUCH,ACTIV,ACCOM",
                "CHILD,DOB,SW_ID,SW_DECOM,SW_DEC,SW_REASON",
            ])
    }

    @Test func `the findings keep their names, and each has words and a severity`() {
        let codes = ReturnFinding.Code.allCases
        #expect(codes.count == 51)
        #expect(Set(codes.map(\.text)).count >= codes.count - 1)
        #expect(codes.allSatisfy { code in code.rawValue.allSatisfy { $0.isLowercase || $0 == "-" } })
        #expect(
            codes.filter { $0.severity == .reported }.map(\.rawValue).sorted() == [
                "adopted-without-adopters", "adopters-disagree", "adopters-incomplete", "code-not-valid",
                "episode-end-incomplete", "episodes-overlap", "identifier-long", "matched-on-day-of-order",
                "no-episode",
                "other-day-in-future", "placed-without-decision", "placement-order-without-decision",
                "pupil-number-check-letter", "pupil-number-malformed", "pupil-number-repeated", "repeated-row",
                "sex-differs",
            ])
    }
}
