extension DocumentKind {
    /// Original birth certificate.
    public static let birthCertificate = DocumentKind("birth-certificate")
    /// Birth details.
    public static let birthDetails = DocumentKind("birth-details")
    /// Birth-family description.
    public static let birthFamilyDescription = DocumentKind("birth-family-description")
    /// Genogram.
    public static let genogram = DocumentKind("genogram")
    /// Photographs.
    public static let photograph = DocumentKind("photograph")
    /// Mementos.
    public static let memento = DocumentKind("memento")
    /// Life story book.
    public static let lifeStoryBook = DocumentKind("life-story-book")
    /// Neonatal and obstetric reports.
    public static let birthMedicalReport = DocumentKind("birth-medical-report")
    /// Birth parents' medical information.
    public static let birthParentsMedical = DocumentKind("birth-parents-medical")
    /// Child's permanence report.
    public static let childsPermanenceReport = DocumentKind("childs-permanence-report")
    /// Prospective adopter's report.
    public static let prospectiveAdoptersReport = DocumentKind("prospective-adopters-report")
    /// Adoption placement report.
    public static let adoptionPlacementReport = DocumentKind("adoption-placement-report")
    /// Adoption support plan.
    public static let adoptionSupportPlan = DocumentKind("adoption-support-plan")
    /// Care plan.
    public static let carePlan = DocumentKind("care-plan")
    /// Assessments.
    public static let assessment = DocumentKind("assessment")
    /// Looked-after reviews.
    public static let lookedAfterReview = DocumentKind("looked-after-review")
    /// Panel minutes, recommendation, reasons and decision about the child.
    public static let panelRecord = DocumentKind("panel-record")
    /// Panel minutes, recommendation, reasons and decision about the adopters' approval.
    public static let adopterApproval = DocumentKind("adopter-approval")
    /// Consents.
    public static let consent = DocumentKind("consent")
    /// Withdrawals of consent.
    public static let consentWithdrawal = DocumentKind("consent-withdrawal")
    /// Placement order.
    public static let placementOrder = DocumentKind("placement-order")
    /// Adoption order.
    public static let adoptionOrder = DocumentKind("adoption-order")
    /// Placement plan.
    public static let placementPlan = DocumentKind("placement-plan")
    /// Matching.
    public static let matchingReport = DocumentKind("matching-report")
    /// Introductions.
    public static let introductionsPlan = DocumentKind("introductions-plan")
    /// Placement visit record.
    public static let placementVisitRecord = DocumentKind("placement-visit-record")
    /// Adoption reviews.
    public static let adoptionReview = DocumentKind("adoption-review")
    /// Disruption report.
    public static let disruptionReport = DocumentKind("disruption-report")
    /// Contact plan.
    public static let contactPlan = DocumentKind("contact-plan")
    /// Letterbox agreement.
    public static let letterboxAgreement = DocumentKind("letterbox-agreement")
    /// Letterbox letters before closing.
    public static let letterboxLetter = DocumentKind("letterbox-letter")
    /// Later life letter.
    public static let laterLifeLetter = DocumentKind("later-life-letter")
    /// New name, new address, anything joining the identities.
    public static let newIdentity = DocumentKind("new-identity")
    /// Plan type and aim.
    public static let planTypeAndAim = DocumentKind("plan-type-and-aim")
    /// Detailed adoption plan.
    public static let detailedAdoptionPlan = DocumentKind("detailed-adoption-plan")
    /// Case note with identifying detail.
    public static let detailedCaseNote = DocumentKind("detailed-case-note")
    /// Basic health information.
    public static let basicHealth = DocumentKind("basic-health")
    /// Basic education information.
    public static let basicEducation = DocumentKind("basic-education")
}
