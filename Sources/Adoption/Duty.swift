/// Names who must act next on a record: a role, or an assignment of that record.
///
/// The raw value is stored and stands in policies: it never changes.
public enum Duty: String, Codable, Sendable, CaseIterable {
    /// The child's social worker; an assignment of the record.
    case keyWorker = "key-worker"
    /// The key worker's manager; an assignment of the record.
    case manager
    /// Creates adoption records, makes privileged groups, lifts security; a role.
    case adoptionAdministrator = "adoption-administrator"
    /// Migrates a reversed plan's information; a role.
    case teamAdministrator = "team-administrator"

    /// The duty in words, for a person.
    public var words: String { rawValue.replacing("-", with: " ") }
}
