/// Computes the value of an expression for one request.
///
/// Follows the evaluator of Cedar's formal specification: operands from left to right, nothing evaluated that `&&`,
/// `||` and `if` do not reach, every type checked when it is met. Calls by name are in `FunctionCalls.swift`.
struct Evaluator {
    let request: Request
    let entities: Entities

    /// True when every condition holds, evaluated in order and no further than the first that does not.
    func satisfies(_ conditions: [Policy.Condition]) throws(EvaluationFault) -> Bool {
        for condition in conditions where try bool(condition.body) != (condition.kind == .when) { return false }
        return true
    }

    /// The value of an expression.
    func value(_ expression: Expr) throws(EvaluationFault) -> Value {
        switch expression.kind {
        case .literal(let value): value
        case .variable(let variable): value(of: variable)
        case .not(let operand): .bool(try !bool(operand))
        case .negate(let operand): .long(try checked((0 as Int64).checkedMinus(try long(operand))))
        case .and(let terms): .bool(try all(terms))
        case .or(let terms): .bool(try any(terms))
        case .conditional(let condition, let then, let otherwise):
            try bool(condition) ? try value(then) : try value(otherwise)
        case .relation(let relation, let left, let right):
            .bool(try holds(relation, try value(left), try value(right)))
        case .arithmetic(let first, let steps): .long(try result(of: steps, from: try long(first)))
        case .attribute(let owner, let name): try attribute(name, of: try value(owner))
        case .has(let owner, let path): .bool(try has(path, in: try value(owner)))
        case .like(let text, let pattern): .bool(pattern.matches(try string(try value(text))))
        case .isType(let operand, let type, let group): .bool(try isType(operand, type, in: group))
        case .set(let members): .set(CedarSet(try values(members)))
        case .record(let fields): .record(try record(fields))
        case .call(let function, let arguments): try call(function, try values(arguments))
        }
    }

    private func value(of variable: Expr.Variable) -> Value {
        switch variable {
        case .principal: .entity(request.principal)
        case .action: .entity(request.action)
        case .resource: .entity(request.resource)
        case .context: .record(request.context)
        }
    }

    private func values(_ expressions: [Expr]) throws(EvaluationFault) -> [Value] {
        var values: [Value] = []
        values.reserveCapacity(expressions.count)
        for expression in expressions { values.append(try value(expression)) }
        return values
    }

    private func record(_ fields: [Expr.Field]) throws(EvaluationFault) -> CedarRecord {
        var record = CedarRecord()
        for field in fields { record[field.name] = try value(field.value) }
        return record
    }

    private func all(_ terms: [Expr]) throws(EvaluationFault) -> Bool {
        for term in terms where try !bool(term) { return false }
        return true
    }

    private func any(_ terms: [Expr]) throws(EvaluationFault) -> Bool {
        for term in terms where try bool(term) { return true }
        return false
    }

    private func result(of steps: [Expr.Step], from first: Int64) throws(EvaluationFault) -> Int64 {
        var result = first
        for step in steps {
            let operand = try long(step.operand)
            switch step.operation {
            case .plus: result = try checked(result.checkedPlus(operand))
            case .minus: result = try checked(result.checkedMinus(operand))
            case .times: result = try checked(result.checkedTimes(operand))
            }
        }
        return result
    }

    private func holds(_ relation: Expr.Relation, _ left: Value, _ right: Value) throws(EvaluationFault) -> Bool {
        switch relation {
        case .equal: left == right
        case .notEqual: left != right
        case .less: try isOrdered(left, right, by: <, <, <)
        case .lessOrEqual: try isOrdered(left, right, by: <=, <=, <=)
        case .greater: try isOrdered(left, right, by: >, >, >)
        case .greaterOrEqual: try isOrdered(left, right, by: >=, >=, >=)
        case .isIn: try isIn(left, right)
        }
    }

    /// Longs, instants and spans have an order, each among themselves. Decimals are compared by their methods only.
    private func isOrdered(
        _ left: Value, _ right: Value,
        by longs: (Int64, Int64) -> Bool,
        _ instants: (CedarDateTime, CedarDateTime) -> Bool,
        _ spans: (CedarDuration, CedarDuration) -> Bool
    ) throws(EvaluationFault) -> Bool {
        switch (left, right) {
        case (.long(let left), .long(let right)): longs(left, right)
        case (.datetime(let left), .datetime(let right)): instants(left, right)
        case (.duration(let left), .duration(let right)): spans(left, right)
        case (.long, _), (.datetime, _), (.duration, _):
            throw .type(expected: left.typeName, found: right.typeName)
        default: throw .type(expected: "long, datetime or duration", found: left.typeName)
        }
    }

    /// Every member of a set is checked to be an entity before any is compared.
    private func isIn(_ left: Value, _ right: Value) throws(EvaluationFault) -> Bool {
        let uid = try entity(left)
        switch right {
        case .entity(let group): return entities.is(uid, in: group)
        case .set(let set):
            var groups: [EntityUID] = []
            for member in set.members { groups.append(try entity(member)) }
            return groups.contains { entities.is(uid, in: $0) }
        default: throw .type(expected: "entity or set", found: right.typeName)
        }
    }

    private func isType(_ operand: Expr, _ type: String, in group: Expr?) throws(EvaluationFault) -> Bool {
        let operand = try value(operand)
        guard try entity(operand).type.hasSameBytes(as: type) else { return false }
        guard let group else { return true }
        return try isIn(operand, try value(group))
    }

    private func attribute(_ name: CedarString, of owner: Value) throws(EvaluationFault) -> Value {
        let attributes: CedarRecord
        switch owner {
        case .record(let record): attributes = record
        case .entity(let uid):
            guard let entity = entities[uid] else { throw .missingEntity(type: uid.type) }
            attributes = entity.attributes
        default: throw .type(expected: "record or entity", found: owner.typeName)
        }
        guard let value = attributes[name] else { throw .missingAttribute(name.text) }
        return value
    }

    /// `a has b.c` is `a has b && a.b has c`: what is absent is false, what cannot have attributes is an error.
    private func has(_ path: [CedarString], in owner: Value) throws(EvaluationFault) -> Bool {
        var owner = owner
        for name in path {
            let found: Value?
            switch owner {
            case .record(let record): found = record[name]
            case .entity(let uid): found = entities[uid]?.attributes[name]
            default: throw .type(expected: "record or entity", found: owner.typeName)
            }
            guard let found else { return false }
            owner = found
        }
        return true
    }
}
