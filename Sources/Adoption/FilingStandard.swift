extension FilingConvention {
    /// The convention that ships, row for row `policies/profile/filing-convention.yaml`; a test keeps the two equal.
    public static let standard: FilingConvention = {
        do throws(ConventionFault) {
            return try FilingConvention(rows: standardRows)
        } catch {
            preconditionFailure(error.description)
        }
    }()

    private static let standardRows: [FilingRow] = [
        FilingRow(
            kind: .birthCertificate, title: "original birth certificate", adoption: .original,
            expectedAtClosing: "an adopted adult has a right to it (Adoption and Children Act 2002, section 60)"),
        FilingRow(kind: .birthDetails, title: "birth details", adoption: .original),
        FilingRow(kind: .birthFamilyDescription, title: "birth-family description", adoption: .original, care: .source),
        FilingRow(kind: .genogram, title: "genogram", adoption: .original, care: .source),
        FilingRow(kind: .photograph, title: "photographs", adoption: .original),
        FilingRow(kind: .memento, title: "mementos", adoption: .original),
        FilingRow(kind: .lifeStoryBook, title: "life story book", adoption: .original),
        FilingRow(kind: .birthMedicalReport, title: "neonatal and obstetric reports", adoption: .original),
        FilingRow(kind: .birthParentsMedical, title: "birth parents' medical information", adoption: .original),
        FilingRow(
            kind: .childsPermanenceReport, title: "child's permanence report", adoption: .original,
            expectedAtClosing: "the decision was made on it"),
        FilingRow(
            kind: .prospectiveAdoptersReport, title: "prospective adopter's report", adoption: .copy, adopter: .original
        ),
        FilingRow(
            kind: .adoptionPlacementReport, title: "adoption placement report", adoption: .copy, adopter: .original),
        FilingRow(kind: .adoptionSupportPlan, title: "adoption support plan", adoption: .original),
        FilingRow(kind: .carePlan, title: "care plan", adoption: .copyAtOpening, care: .original),
        FilingRow(kind: .assessment, title: "assessments", adoption: .copyAtOpening, care: .original),
        FilingRow(kind: .lookedAfterReview, title: "looked-after reviews", adoption: .copyAtOpening, care: .original),
        FilingRow(
            kind: .panelRecord, title: "panel minutes, recommendation, reasons and decision about the child",
            adoption: .original, expectedAtClosing: "it shows why the child was to be placed for adoption"),
        FilingRow(
            kind: .adopterApproval,
            title: "panel minutes, recommendation, reasons and decision about the adopters' approval",
            adopter: .original),
        FilingRow(kind: .consent, title: "consents", adoption: .original),
        FilingRow(kind: .consentWithdrawal, title: "withdrawals of consent", adoption: .original),
        FilingRow(
            kind: .placementOrder, title: "placement order", adoption: .original,
            expectedAtClosing: "the authority to place; for a relinquished child the consents instead",
            orInstead: .consent),
        FilingRow(
            kind: .adoptionOrder, title: "adoption order", adoption: .original,
            expectedAtClosing: "the records close on it"),
        FilingRow(kind: .placementPlan, title: "placement plan", adoption: .original, adopter: .copy),
        FilingRow(kind: .matchingReport, title: "matching", adoption: .original, adopter: .copy),
        FilingRow(kind: .introductionsPlan, title: "introductions", adoption: .original, adopter: .copy),
        FilingRow(
            kind: .placementVisitRecord, title: "placement visit record", adoption: .original, care: .signpost,
            adopter: .original),
        FilingRow(kind: .adoptionReview, title: "adoption reviews", adoption: .original, adopter: .copy),
        FilingRow(kind: .disruptionReport, title: "disruption report", adoption: .original, adopter: .original),
        FilingRow(kind: .contactPlan, title: "contact plan", adoption: .original),
        FilingRow(kind: .letterboxAgreement, title: "letterbox agreement", adoption: .original),
        FilingRow(kind: .letterboxLetter, title: "letterbox letters before closing", adoption: .original),
        FilingRow(
            kind: .laterLifeLetter, title: "later life letter", adoption: .copy,
            expectedAtClosing: "it can no longer be filed once the record is closed"),
        FilingRow(
            kind: .newIdentity, title: "new name, new address, anything joining the identities", adoption: .only,
            care: .never),
        FilingRow(kind: .planTypeAndAim, title: "plan type and aim", care: .original),
        FilingRow(
            kind: .detailedAdoptionPlan, title: "detailed adoption plan", adoption: .original,
            expectedAtClosing: "rule 9: the plan that the care record only names"),
        FilingRow(
            kind: .detailedCaseNote, title: "case note with identifying detail", adoption: .original, care: .signpost),
        FilingRow(kind: .basicHealth, title: "basic health information", care: .original),
        FilingRow(kind: .basicEducation, title: "basic education information", care: .original),
    ]
}
