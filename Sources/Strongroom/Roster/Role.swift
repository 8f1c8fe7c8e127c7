/// The roles a person can hold in the vault, under the spelling that the roster and the policies use.
///
/// Key worker, manager and deputy are no roles: they are a person's relation to one record.
public enum Role: String, Sendable, CaseIterable, Codable {
    case adoptionAdministrator = "adoption-administrator"
    case teamManager = "team-manager"
    case teamAdministrator = "team-administrator"
    case socialWorker = "social-worker"
    case adoptersSocialWorker = "adopters-social-worker"
    case reviewingOfficer = "reviewing-officer"
    case archiveKeeper = "archive-keeper"
    case disclosureAuthoriser = "disclosure-authoriser"
    case auditor
    case generalAuthority = "general-authority"

    /// Whether people of this role belong to a team and so hold its care records' key.
    var belongsToTeam: Bool {
        switch self {
        case .adoptionAdministrator, .teamManager, .teamAdministrator, .socialWorker, .reviewingOfficer,
            .generalAuthority:
            true
        case .adoptersSocialWorker, .archiveKeeper, .disclosureAuthoriser, .auditor: false
        }
    }
}
