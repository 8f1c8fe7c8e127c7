/// Names an act on a record that the lifecycle judges.
///
/// The raw value is stored and stands in the log and in policies: it never changes. Adding an event costs one case here,
/// its rows in ``Lifecycle/table``, one line of policy, one vector and one script.
public enum Event: String, Codable, Sendable, CaseIterable {
    /// A care record begins.
    case openCare = "open-care"
    /// The key worker tells the administrator of the intention to pursue adoption (R1).
    case notifyIntention = "notify-intention"
    /// The administrator creates the adoption record (R2 to R4); judged on the care record.
    case createAdoption = "create-adoption"
    /// The decision that the child should be placed for adoption (SPA) is recorded (R2).
    case recordDecision = "record-decision"
    /// A case note is written (R12).
    case note
    /// A visit is recorded (R12).
    case visit
    /// A document is filed.
    case addDocument = "add-document"
    /// An entry is superseded by a corrected one; the original is kept.
    case correct
    /// A misfiled entry moves to the record where it belongs.
    case move
    /// The key worker, the manager or the team changes.
    case assign
    /// The plan's type and aim go on the care record (R7, R8).
    case recordPlan = "record-plan"
    /// A new plan with the background to the reversal goes on the care record (R16c).
    case recordReversalPlan = "record-reversal-plan"
    /// A person is let into the record (R6).
    case grant
    /// A person's access ends.
    case revoke
    /// The Adoption Order is recorded; judged on both records.
    case recordOrder = "record-order"
    /// An order recorded in error is withdrawn by a second person; judged on both records.
    case withdrawOrder = "withdraw-order"
    /// The file audit is signed (R14).
    case signAudit = "sign-audit"
    /// Both records close (R14); judged on both.
    case close
    /// The administrator removes the security of a reversed plan (R16a).
    case liftSecurity = "lift-security"
    /// The team administrator carries everything to the care record (R16b).
    case migrate
    /// The adoption record of a reversed plan is removed (R16d).
    case remove
    /// A national return brings or updates the record.
    case `import`
}
