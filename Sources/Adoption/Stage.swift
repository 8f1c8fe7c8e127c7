/// Says how far a record has come in its life.
///
/// The raw value is stored and stands in policies: it never changes. A care record knows the first three stages, an
/// adoption record all of them, a return's annex only ``open``.
public enum Stage: String, Codable, Sendable, CaseIterable {
    /// In use.
    case open
    /// The Adoption Order is made; the record takes only what the file audit needs (R14).
    case awaitingClosure = "order-made-awaiting-closure"
    /// Final: there is no way back from here (R14, R15).
    case closed
    /// The plan is reversed and the administrator has removed the security (R16a).
    case securityLifted = "security-lifted"
    /// Everything has been carried to the care record (R16b).
    case migrated
    /// The reversed plan's adoption record is gone (R16d).
    case removed
}
