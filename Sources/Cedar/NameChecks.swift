/// What a policy names must be in the schema, wherever it stands, also where it is never reached.
///
/// <https://docs.cedarpolicy.com/policies/validation.html>
struct NameChecks {
    private let schema: StaticSchema
    private(set) var faults: Set<Typechecker.Fault> = []

    /// Checks every name of a policy.
    init(of policy: PolicyBody, schema: StaticSchema) {
        self.schema = schema
        check(policy.scope)
        for condition in policy.conditions { check(condition.body) }
    }

    /// Checks the entities that fill the slots of a template.
    init(of link: TemplateLink, schema: StaticSchema) {
        self.schema = schema
        for entity in link.values.values { check(type: entity.type, at: nil) }
    }

    private mutating func check(_ scope: Scope) {
        check(scope.principal)
        check(scope.resource)
        switch scope.action {
        case .any: break
        case .equal(let action), .isIn(let action): check(action, at: nil)
        case .isInAny(let actions): for action in actions { check(action, at: nil) }
        }
    }

    private mutating func check(_ constraint: EntityConstraint) {
        switch constraint {
        case .any, .equal(.slot), .isIn(.slot): break
        case .equal(.entity(let entity)), .isIn(.entity(let entity)): check(entity, at: nil)
        case .isType(let type), .isTypeIn(let type, .slot): check(type: type, at: nil)
        case .isTypeIn(let type, .entity(let group)):
            check(type: type, at: nil)
            check(group, at: nil)
        }
    }

    private mutating func check(type: String, at offset: Int?) {
        guard !type.isActionType, schema.entityTypes[type] == nil else { return }
        tell("the entity type `\(type)` is not in the schema", at: offset)
    }

    private mutating func check(_ entity: EntityUID, at offset: Int?) {
        guard !entity.type.isActionType else {
            if schema.actions[entity] == nil { tell("the action `\(entity)` is not in the schema", at: offset) }
            return
        }
        check(type: entity.type, at: offset)
        if let identifiers = schema.entityTypes[entity.type]?.enumeration,
            !identifiers.contains(CedarString(entity.id))
        {
            tell("`\(entity)` is none of the entities the schema lists", at: offset)
        }
    }

    private mutating func check(_ expression: Expr) {
        switch expression.kind {
        case .literal(.entity(let entity)): check(entity, at: expression.offset)
        case .isType(_, let type, _): check(type: type, at: expression.offset)
        default: break
        }
        for part in expression.kind.parts { check(part) }
    }

    private mutating func tell(_ message: String, at offset: Int?) {
        faults.insert(Typechecker.Fault(offset: offset, message: message))
    }
}

extension Expr.Kind {
    /// The expressions directly within this one.
    fileprivate var parts: [Expr] {
        switch self {
        case .literal, .variable: []
        case .not(let operand), .negate(let operand), .attribute(let operand, _), .has(let operand, _),
            .like(let operand, _):
            [operand]
        case .and(let terms), .or(let terms), .set(let terms), .call(_, let terms): terms
        case .conditional(let condition, let then, let otherwise): [condition, then, otherwise]
        case .relation(_, let left, let right): [left, right]
        case .arithmetic(let first, let steps): [first] + steps.map(\.operand)
        case .isType(let operand, _, let group): [operand] + (group.map { [$0] } ?? [])
        case .record(let fields): fields.map(\.value)
        }
    }
}
