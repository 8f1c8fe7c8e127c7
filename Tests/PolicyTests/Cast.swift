import Cedar

/// Everybody at work who could ask: each role, in the record's team and group or in neither, without a part in the record
/// or as its key worker, its manager or a deputy. Where somebody else is asked, the record has none of these.
struct Cast: CustomStringConvertible {
    enum Part: String, CaseIterable {
        case none, keyWorker, manager, deputies
    }

    static let roles = [
        "adoption-administrator", "team-manager", "team-administrator", "social-worker", "general-authority",
        "adopters-social-worker", "reviewing-officer", "archive-keeper", "disclosure-authoriser", "auditor",
    ]
    static let team = EntityUID(type: "Group", id: "team")
    static let group = EntityUID(type: "Group", id: "group")
    private static let uid = EntityUID(type: "Staff", id: "who-asks")

    let role: String
    let isMember: Bool
    let part: Part

    static let everybody: [Cast] = roles.flatMap { role in
        [true, false].flatMap { isMember in
            Part.allCases.map { Cast(role: role, isMember: isMember, part: $0) }
        }
    }

    var description: String { "\(role), \(isMember ? "a member" : "no member"), part: \(part.rawValue)" }

    /// Everybody, each with what the vault would lay before the policies about a resource in that state.
    static func everybody(in state: VaultState) throws -> [(person: Cast, entities: Entities)] {
        try everybody.map { (person: $0, entities: try $0.entities(in: state)) }
    }

    /// What the vault would lay before the policies if this person asked about a resource in that state.
    private func entities(in state: VaultState) throws -> Entities {
        let person = Entity(
            uid: Self.uid, attributes: ["roles": .set([.string(CedarString(role))]), "active": true],
            parents: isMember ? [Self.team, Self.group] : [])
        let assignments: [CedarString: Value] =
            switch part {
            case .none: [:]
            case .keyWorker, .manager: [CedarString(part.rawValue): .entity(Self.uid)]
            case .deputies: ["deputies": .set([.entity(Self.uid)])]
            }
        return try Entities([person, state.resource(assignments)])
    }

    /// The person's request, in each of the circumstances that a policy asks about.
    func requests(_ action: EntityUID, on state: VaultState) -> [Request] {
        Self.circumstances(of: action).map { circumstances in
            Request(
                principal: Self.uid, action: action, resource: state.uid, context: circumstances)
        }
    }

    /// Who asked first is a question of the acts that take two people, and of no other.
    private static func circumstances(of action: EntityUID) -> [CedarRecord] {
        let isOfTwo = ["order.withdraw.confirm", "policy.approve"].contains(action.id)
        let variants: [[CedarString: Value]] = isOfTwo ? [[:], ["sameStaff": false], ["sameStaff": true]] : [[:]]
        return variants.map { CedarRecord(["on": 20000, "purpose": ""].merging($0) { _, more in more }) }
    }
}
