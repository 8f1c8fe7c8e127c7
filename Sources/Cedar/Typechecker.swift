/// Gives every expression of a policy a type, for one combination of principal, action and resource at a time.
///
/// This file holds what all rules share; the rules stand in the files beside it: logic, relations, attributes, calls
/// and the scope. Each finds a type or tells a fault and finds none. What is never reached, because a bool before it is
/// certain, is not looked at. The recursion is as deep as the expression, which the readers bound; chains are loops.
///
/// <https://docs.cedarpolicy.com/policies/validation.html>
struct Typechecker {
    /// What the four variables are.
    struct Environment {
        let principal: String
        let action: EntityUID
        let resource: String
        let context: StaticType
    }

    /// Why an expression has no type.
    struct Fault: Hashable {
        /// The byte offset of the expression in the text it was read from, or nil for the head of the policy.
        let offset: Int?
        let message: String
    }

    /// What is found out about an expression.
    struct Typing {
        let type: StaticType
        /// What is known besides where the expression is true.
        var capabilities: Set<Capability> = []
    }

    let schema: StaticSchema
    /// Where typing takes place at present.
    var environment = Environment(
        principal: "", action: EntityUID(type: "", id: ""), resource: "", context: .record([:]))
    var shapes = ExpressionShapes()
    var known = KnownCapabilities()
    private(set) var faults: Set<Fault> = []

    init(schema: StaticSchema) { self.schema = schema }

    mutating func tell(_ message: String, at offset: Int?) { faults.insert(Fault(offset: offset, message: message)) }

    /// Tells a fault and returns nil, for the type that is not found.
    mutating func fault<Result>(_ message: String, at offset: Int?) -> Result? {
        tell(message, at: offset)
        return nil
    }
}

extension Typechecker {
    /// The type of an expression, or nil where there is none.
    ///
    /// Where an entity is named that is not in the schema there is no type either, and the fault is told elsewhere.
    mutating func typing(of expression: Expr) -> Typing? {
        switch expression.kind {
        case .literal(let value): type(of: value).map { Typing(type: $0) }
        case .variable(let variable): Typing(type: type(of: variable))
        case .not, .and, .or: judgement(of: expression).map(\.typing)
        case .conditional(let condition, let then, let otherwise):
            conditional(condition, then, otherwise, at: expression.offset)
        case .relation(let relation, let left, let right): self.relation(relation, left, right, at: expression.offset)
        case .negate(let operand): expect(.long, of: operand) ? Typing(type: .long) : nil
        case .arithmetic(let first, let steps): arithmetic(first, steps)
        case .attribute(let owner, let name): attribute(name, of: owner, at: expression.offset)
        case .has(let owner, let path): has(path, in: owner)?.typing
        case .like(let text, _): expect(.string, of: text) ? Typing(type: .bool(nil)) : nil
        case .isType(let operand, let type, let group): isType(operand, type, in: group)?.typing
        case .set(let members): set(members, at: expression.offset)
        case .record(let fields): record(fields)
        case .call(let function, let arguments): call(function, arguments, at: expression.offset)
        }
    }

    private func type(of variable: Expr.Variable) -> StaticType {
        switch variable {
        case .principal: .entity(environment.principal)
        case .action: .entity(environment.action.type)
        case .resource: .entity(environment.resource)
        case .context: environment.context
        }
    }

    private func type(of literal: Value) -> StaticType? {
        switch literal {
        case .bool(let bool): return .bool(bool)
        case .long: return .long
        case .string: return .string
        case .entity(let uid):
            let isKnown = uid.type.isActionType ? schema.actions[uid] != nil : schema.entityTypes[uid.type] != nil
            return isKnown ? .entity(uid.type) : nil
        case .decimal: return .decimal
        case .address: return .address
        case .datetime: return .datetime
        case .duration: return .duration
        case .set, .record: return nil
        }
    }

    /// True when the expression has exactly this type; otherwise a fault is told.
    mutating func expect(_ wanted: StaticType, of expression: Expr) -> Bool {
        guard let found = typing(of: expression)?.type else { return false }
        guard found == wanted else {
            tell("expected `\(wanted)`, found `\(found)`", at: expression.offset)
            return false
        }
        return true
    }

    /// The type of an entity's expression; for anything else a fault is told.
    mutating func entity(_ expression: Expr) -> String? {
        guard let found = typing(of: expression)?.type else { return nil }
        guard case .entity(let type) = found else {
            return fault("expected an entity, found `\(found)`", at: expression.offset)
        }
        return type
    }

    /// The type of the members of a set's expression; for anything else a fault is told.
    mutating func members(of expression: Expr) -> StaticType? {
        guard let found = typing(of: expression)?.type else { return nil }
        guard case .set(let member) = found else {
            return fault("expected a set, found `\(found)`", at: expression.offset)
        }
        return member
    }

    /// Sums, differences and products are of longs alone; a chain of any length is typed in one loop.
    private mutating func arithmetic(_ first: Expr, _ steps: [Expr.Step]) -> Typing? {
        var isSound = expect(.long, of: first)
        for step in steps where !expect(.long, of: step.operand) { isSound = false }
        return isSound ? Typing(type: .long) : nil
    }

    /// A set's members must have a type in common, so the empty set, which has no members, has no type.
    private mutating func set(_ members: [Expr], at offset: Int) -> Typing? {
        guard !members.isEmpty else { return fault("an empty set has no type", at: offset) }
        var types: [StaticType] = []
        for member in members {
            if let type = typing(of: member)?.type { types.append(type) }
        }
        guard types.count == members.count, var common = types.first else { return nil }
        for type in types.dropFirst() {
            guard let joined = common.joined(with: type) else {
                return fault("a set cannot hold both `\(common)` and `\(type)`", at: offset)
            }
            common = joined
        }
        return Typing(type: .set(common))
    }

    private mutating func record(_ fields: [Expr.Field]) -> Typing? {
        var attributes: StaticType.Attributes = [:]
        for field in fields {
            if let type = typing(of: field.value)?.type {
                attributes[field.name] = StaticType.Attribute(type: type, isRequired: true)
            }
        }
        return attributes.count == fields.count ? Typing(type: .record(attributes)) : nil
    }
}
