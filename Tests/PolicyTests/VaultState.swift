import Cedar

/// What an act can be asked about: a record of one kind at one stage, or the vault as a whole.
///
/// No policy asks whether a record was imported; that it may then have no key worker and no manager is the cast's part.
enum VaultState: Hashable, CustomStringConvertible {
    case record(kind: String, stage: String)
    case vault

    /// Every state there is of the resources of one type: what the store lets stand in the columns `kind` and `stage`.
    static func all(of resourceType: String) -> [VaultState]? {
        switch resourceType {
        case "Vault": [.vault]
        case "Record": stages.flatMap { entry in entry.stages.map { .record(kind: entry.kind, stage: $0) } }
        default: nil
        }
    }

    /// Every kind and every stage, as they are stored.
    static var spellings: [String] { stages.flatMap { [$0.kind] + $0.stages } }

    private static let stages = [
        (kind: "care", stages: ["open", "order-made-awaiting-closure", "closed"]),
        (
            kind: "adoption",
            stages: ["open", "order-made-awaiting-closure", "closed", "security-lifted", "migrated", "removed"]
        ),
        (kind: "return", stages: ["open"]),
    ]

    /// The state of what a table's request is about, nil where the table does not say.
    init?(of request: Request, among entities: Entities) {
        guard request.resource.type != "Vault" else {
            self = .vault
            return
        }
        guard
            let attributes = entities[request.resource]?.attributes,
            case .string(let kind)? = attributes["kind"], case .string(let stage)? = attributes["stage"]
        else { return nil }
        self = .record(kind: kind.text, stage: stage.text)
    }

    var description: String {
        switch self {
        case .record(let kind, let stage): "\(kind) \(stage)"
        case .vault: "vault"
        }
    }

    /// A resource in this state, with those who are assigned to it.
    func resource(_ assignments: [CedarString: Value]) -> Entity {
        guard case .record(let kind, let stage) = self else {
            return Entity(uid: uid, attributes: ["practice": true], parents: [])
        }
        var attributes: [CedarString: Value] = [
            "kind": .string(CedarString(kind)), "stage": .string(CedarString(stage)), "imported": false,
            "hasOrder": .bool(stage == "order-made-awaiting-closure" || stage == "closed"),
            "team": .entity(Cast.team), "group": .entity(Cast.group), "deputies": .set([]),
        ]
        attributes.merge(assignments) { _, assigned in assigned }
        return Entity(uid: uid, attributes: CedarRecord(attributes), parents: [])
    }

    /// What a resource in this state is called.
    var uid: EntityUID {
        switch self {
        case .record: EntityUID(type: "Record", id: "record")
        case .vault: EntityUID(type: "Vault", id: "vault")
        }
    }
}
