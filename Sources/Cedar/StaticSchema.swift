/// A schema made ready for typing: every type as a ``StaticType``, everything in a fixed order.
struct StaticSchema: Sendable {
    let entityTypes: [String: EntityTypeDeclaration]
    let actions: [EntityUID: ActionDeclaration]
    /// Everything a request can be, by action; in the same order for equal schemas, so that reports are equal too.
    let requests: [RequestTypes]
    private let attributes: [String: StaticType.Attributes]
    private let tags: [String: StaticType]
    /// For the type of an action, the types of all actions such an action may be in.
    private let typesAboveActions: [String: Set<String>]

    /// How many triples of an action, a principal's type and a resource's there are.
    var environmentCount: Int {
        requests.reduce(0) { sum, request in
            let (pairs, overflows) = request.principals.count.multipliedReportingOverflow(by: request.resources.count)
            let (total, spills) = sum.addingReportingOverflow(pairs)
            return overflows || spills ? Int.max : total
        }
    }

    /// The types a request for one action may have.
    struct RequestTypes: Sendable {
        let action: EntityUID
        let principals: [String]
        let resources: [String]
        let context: StaticType
    }

    init(_ schema: Schema) {
        entityTypes = schema.entityTypes
        actions = schema.actions
        attributes = schema.entityTypes.mapValues { StaticType.attributes(of: $0.attributes) }
        tags = schema.entityTypes.compactMapValues { $0.tags.map(StaticType.init) }
        var typesAboveActions: [String: Set<String>] = [:]
        for action in schema.actions.values {
            typesAboveActions[action.uid.type, default: []].formUnion(action.ancestors.map(\.type))
        }
        self.typesAboveActions = typesAboveActions
        requests = schema.actions.values.map { action in
            RequestTypes(
                action: action.uid, principals: action.principals.sorted(), resources: action.resources.sorted(),
                context: .record(StaticType.attributes(of: action.context)))
        }
        .sorted { $0.action.description < $1.action.description }
    }

    /// The attributes of the entities of a type; actions have none.
    func attributes(of entityType: String) -> StaticType.Attributes { attributes[entityType] ?? [:] }

    /// The type of the tags of the entities of a type, or nil for entities without tags.
    func tags(of entityType: String) -> StaticType? { tags[entityType] }

    /// True when an entity of the one type can be in one of the other.
    func canEntity(of type: String, beIn group: String) -> Bool {
        type == group || entityTypes[type]?.ancestors.contains(group) == true
            || typesAboveActions[type]?.contains(group) == true
    }

    /// True when the action is the other, or in it. Both are in the schema, or the answer is false.
    func isAction(_ action: EntityUID, in group: EntityUID) -> Bool {
        guard let declaration = actions[action] else { return false }
        return action == group || declaration.ancestors.contains(group)
    }
}

extension String {
    /// True for the type of an action: `Action`, in any namespace.
    var isActionType: Bool {
        hasSameBytes(as: "Action") || utf8.suffix(8).elementsEqual("::Action".utf8)
    }
}
