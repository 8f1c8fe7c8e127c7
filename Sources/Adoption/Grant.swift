public import WorkingDays

/// Lets one person into one record, dated and with a reason (R6).
///
/// Nothing is inherited: a deputy has a grant of their own, and it ends.
public struct Grant: Hashable, Codable, Sendable {
    /// What the person is let in as. The raw value is stored: it never changes.
    public enum Standing: String, Codable, Sendable, CaseIterable {
        /// A member of the privileged group.
        case member
        /// A stand-in for the key worker, until a day.
        case deputy
    }

    /// What the person is let in as.
    public let standing: Standing
    /// The first day.
    public let from: Day
    /// The last day; nil for a member who stays until revoked.
    public let until: Day?
    /// Why.
    public let reason: String

    /// Makes a grant.
    ///
    /// - Throws: a ``Refusal``: no reason, a deputy's grant without an end, or an end before its beginning.
    public init(_ standing: Standing, from: Day, until: Day? = nil, reason: String) throws(Refusal) {
        guard !reason.trimmedOfSpace.isEmpty else { throw Refusal(.reasonMissing) }
        guard standing == .member || until != nil else { throw Refusal(.grantWithoutEnd) }
        if let until, until < from { throw Refusal(.grantEndsTooSoon) }
        self.standing = standing
        self.from = from
        self.until = until
        self.reason = reason
    }

    /// Whether the grant holds on a day, both ends included.
    public func holds(on day: Day) -> Bool { from <= day && day <= until ?? day }
}
