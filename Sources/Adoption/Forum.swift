/// Says where the intention to pursue adoption was formed (R1).
///
/// The raw value is stored: it never changes.
public enum Forum: String, Codable, Sendable, CaseIterable {
    /// The child's review.
    case review
    /// The panel meeting.
    case panel
    /// The parents' request, for a relinquished child; it stands where the review's decision stands (R17).
    case parentsRequest = "parents-request"
}
