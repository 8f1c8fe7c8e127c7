/// Says what an entry of a record is.
///
/// The raw value is stored: it never changes.
public enum EntryKind: String, Codable, Sendable, CaseIterable {
    /// Who the child is: name, date of birth, identifiers.
    case particulars
    /// A case note.
    case note
    /// A visit.
    case visit
    /// A date, and that detail is held on the secure record (R12).
    case signpost
    /// The plan's type and aim (R8).
    case plan
    /// The new plan with the background to the reversal (R16c).
    case reversalPlan = "reversal-plan"
    /// A filed document, of some ``DocumentKind``.
    case document
    /// The intention to pursue adoption, with its forum and day (R1).
    case intention
    /// The decision that the child should be placed for adoption (R2).
    case decision
    /// The Adoption Order.
    case order
    /// That an order was recorded in error and withdrawn.
    case orderWithdrawn = "order-withdrawn"
    /// The signed file audit (R14).
    case audit
    /// Rows of a national return, as imported.
    case returnRows = "return-rows"
    /// What was carried where when a reversed plan's record was migrated (R16b).
    case migrationManifest = "migration-manifest"
    /// That both records were closed, when, and by whom.
    case closureCertificate = "closure-certificate"
    /// An entry of a migrated record that only the key worker, the manager and the administrator may read (R16b).
    case restricted
    /// The reason an entry was superseded.
    case correction
}
