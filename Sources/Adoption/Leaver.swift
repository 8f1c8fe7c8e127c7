/// Holds what must be known of a person before they are ended or lose a role.
public struct Leaver: Hashable, Sendable {
    /// A role whose last holder may not go: without one, no record could be created or no closed record ever be disclosed.
    public enum KeptRole: String, Sendable, CaseIterable {
        /// Creates records, grants and revokes.
        case adoptionAdministrator = "adoption-administrator"
        /// Holds one half of every closed record's key.
        case archiveKeeper = "archive-keeper"
        /// Holds the other half.
        case disclosureAuthoriser = "disclosure-authoriser"
    }

    /// The kept roles this person would give up, each with the number of other active people who hold it.
    public let othersHolding: [KeptRole: Int]
    /// How many records that are not final this person is key worker or manager of.
    public let assignmentCount: Int

    /// Gathers what is known.
    public init(othersHolding: [KeptRole: Int], assignmentCount: Int) {
        self.othersHolding = othersHolding
        self.assignmentCount = assignmentCount
    }

    /// The refusal to end the person; nil when they may go.
    public var refusalToEnd: Refusal? {
        if let refusal = refusalToGiveUpRoles { return refusal }
        return assignmentCount > 0 ? Refusal(.stillAssigned) : nil
    }

    /// The refusal to take the roles away; nil when others hold each of them.
    public var refusalToGiveUpRoles: Refusal? {
        guard let role = KeptRole.allCases.first(where: { othersHolding[$0] == 0 }) else { return nil }
        switch role {
        case .adoptionAdministrator: return Refusal(.lastAdministrator)
        case .archiveKeeper: return Refusal(.lastArchiveKeeper)
        case .disclosureAuthoriser: return Refusal(.lastDisclosureAuthoriser)
        }
    }
}
