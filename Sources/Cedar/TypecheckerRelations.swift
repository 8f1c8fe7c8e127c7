/// `==`, `<` and its kin, `in`, `is`.
extension Typechecker {
    mutating func relation(_ relation: Expr.Relation, _ left: Expr, _ right: Expr, at offset: Int) -> Typing? {
        switch relation {
        case .equal: equality(left, right, at: offset).map { Typing(type: .bool($0.truth)) }
        case .notEqual: equality(left, right, at: offset).map { Typing(type: .bool($0.truth.map(!))) }
        case .less, .lessOrEqual, .greater, .greaterOrEqual: order(left, right)
        case .isIn: membership(left, right)?.typing
        }
    }

    /// Two literals are compared at once, and entities of different types are never equal. All else needs a type in
    /// common.
    private mutating func equality(_ left: Expr, _ right: Expr, at offset: Int) -> Judgement? {
        let leftType = typing(of: left)?.type
        let rightType = typing(of: right)?.type
        guard let leftType, let rightType else { return nil }
        if case .entity(let one) = leftType, case .entity(let other) = rightType, one != other {
            return Judgement(truth: false)
        }
        if let one = constant(left), let other = constant(right) { return Judgement(truth: one == other) }
        guard leftType.joined(with: rightType) != nil else {
            return fault("`\(leftType)` and `\(rightType)` are never equal", at: offset)
        }
        return Judgement(truth: nil)
    }

    /// Longs, instants and spans have an order, each among themselves.
    private mutating func order(_ left: Expr, _ right: Expr) -> Typing? {
        let leftType = typing(of: left)?.type
        let rightType = typing(of: right)?.type
        guard let leftType, let rightType else { return nil }
        guard leftType.hasOrder else {
            return fault("expected `Long`, `datetime` or `duration`, found `\(leftType)`", at: left.offset)
        }
        guard leftType == rightType else {
            return fault("expected `\(leftType)`, found `\(rightType)`", at: right.offset)
        }
        return Typing(type: .bool(nil))
    }

    private mutating func membership(_ left: Expr, _ right: Expr) -> Judgement? {
        let member = entity(left)
        let group = group(right)
        guard let member, let group else { return nil }
        return Judgement(truth: truth(of: left, member, in: right, group))
    }

    /// The type of the entity or of the set of entities right of `in`.
    private mutating func group(_ expression: Expr) -> String? {
        switch typing(of: expression)?.type {
        case .entity(let type)?, .set(.entity(let type))?: type
        case let found?: fault("expected an entity or a set of them, found `\(found)`", at: expression.offset)
        case nil: nil
        }
    }

    /// Among actions that are named the schema knows the answer. Otherwise it knows only which types can be in which.
    private func truth(of left: Expr, _ member: String, in right: Expr, _ group: String) -> Bool? {
        if case .entity(let action)? = constant(left), action.type.isActionType, let groups = namedEntities(right) {
            return groups.contains { schema.isAction(action, in: $0) }
        }
        return schema.canEntity(of: member, beIn: group) ? nil : false
    }

    /// `e is T in g` is `e is T && e in g`.
    mutating func isType(_ operand: Expr, _ type: String, in group: Expr?) -> Judgement? {
        guard let found = entity(operand) else { return nil }
        guard found == type else { return Judgement(truth: false) }
        guard let group else { return Judgement(truth: true) }
        return self.group(group).map { Judgement(truth: truth(of: operand, found, in: group, $0)) }
    }

    /// The value of a literal; so is the action, which every environment names, and `true && false`.
    private func constant(_ expression: Expr) -> Value? {
        switch expression.kind {
        case .literal(let value): return value
        case .variable(.action): return .entity(environment.action)
        case .and(let terms): return literals(terms)?.allSatisfy { $0 }.asValue
        case .or(let terms): return literals(terms)?.contains(true).asValue
        default: return nil
        }
    }

    /// The values of terms that are all `true` or `false`.
    private func literals(_ terms: [Expr]) -> [Bool]? {
        var values: [Bool] = []
        for term in terms {
            guard case .bool(let bool)? = constant(term) else { return nil }
            values.append(bool)
        }
        return values
    }

    /// The entities of a literal or of a set of literals.
    private func namedEntities(_ expression: Expr) -> [EntityUID]? {
        let expressions = if case .set(let members) = expression.kind { members } else { [expression] }
        var entities: [EntityUID] = []
        for expression in expressions {
            guard case .entity(let uid)? = constant(expression) else { return nil }
            entities.append(uid)
        }
        return entities
    }
}

extension Bool {
    fileprivate var asValue: Value { .bool(self) }
}
