/// Says which of the vault's records a record is.
///
/// The raw value is stored and stands in policies: it never changes.
public enum RecordKind: String, Codable, Sendable, CaseIterable {
    /// The child's ordinary record, readable with the appropriate authority (R11).
    case care
    /// The second, sealed record of the same child (R3, R4).
    case adoption
    /// An imported return's own annex: rows that belong on neither of the child's records.
    case returned = "return"
}
