/// Numbers expressions so that two have one number exactly when they are built alike.
///
/// What a policy has asked of one expression holds for every other that is built alike, wherever it stands. Sugar is
/// taken away first: `a != b` and `!(a == b)` are built alike. With numbers, a path of any length is compared without
/// recursion.
struct ExpressionShapes {
    typealias Number = Int

    private enum Shape: Hashable {
        case literal(Value)
        case variable(Expr.Variable)
        case operation(Operation, [Number])
    }

    private enum Operation: Hashable {
        case not, negate, and, or, conditional, set
        case relation(Expr.Relation)
        case arithmetic(Expr.Arithmetic)
        case attribute(CedarString)
        case has(CedarString)
        case like(Pattern)
        case isType(String)
        case record([CedarString])
        case call(Function)
    }

    private var numbers: [Shape: Number] = [:]

    init() {
        // `true && false` counts as the literal `false`: the literals are told by their numbers, 0 and 1.
        _ = number(.literal(.bool(false)))
        _ = number(.literal(.bool(true)))
    }

    /// The number of an expression.
    mutating func number(of expression: Expr) -> Number {
        switch expression.kind {
        case .literal(let value): number(.literal(value))
        case .variable(let variable): number(.variable(variable))
        case .not(let operand): number(.not, [number(of: operand)])
        case .negate(let operand): number(.negate, [number(of: operand)])
        case .and(let terms): chain(.and, of: terms)
        case .or(let terms): chain(.or, of: terms)
        case .conditional(let condition, let then, let otherwise):
            number(.conditional, [number(of: condition), number(of: then), number(of: otherwise)])
        case .relation(let relation, let left, let right):
            number(of: relation, number(of: left), number(of: right))
        case .arithmetic(let first, let steps): sum(of: first, steps)
        case .attribute(let owner, let name): attribute(name, of: number(of: owner))
        case .has(let owner, let path): has(path, in: number(of: owner))
        case .like(let text, let pattern): number(.like(pattern), [number(of: text)])
        case .isType(let operand, let type, let group): isType(type, number(of: operand), in: group)
        case .set(let members): number(.set, members.map { number(of: $0) })
        case .record(let fields): number(.record(fields.map(\.name)), fields.map { number(of: $0.value) })
        case .call(let function, let arguments): number(.call(function), arguments.map { number(of: $0) })
        }
    }

    /// The number of an attribute's access on an expression.
    mutating func attribute(_ name: CedarString, of owner: Number) -> Number { number(.attribute(name), [owner]) }

    private mutating func number(_ operation: Operation, _ operands: [Number]) -> Number {
        number(.operation(operation, operands))
    }

    private mutating func number(_ shape: Shape) -> Number {
        if let known = numbers[shape] { return known }
        numbers[shape] = numbers.count
        return numbers.count - 1
    }

    private mutating func number(of relation: Expr.Relation, _ left: Number, _ right: Number) -> Number {
        switch relation {
        case .equal, .less, .lessOrEqual, .isIn: number(.relation(relation), [left, right])
        case .notEqual: number(.not, [number(.relation(.equal), [left, right])])
        case .greater: number(.not, [number(.relation(.lessOrEqual), [left, right])])
        case .greaterOrEqual: number(.not, [number(.relation(.less), [left, right])])
        }
    }

    private mutating func chain(_ operation: Operation, of terms: [Expr]) -> Number {
        var result: Number?
        for term in terms {
            let next = number(of: term)
            result = result.map { joined(operation, $0, next) } ?? next
        }
        return result ?? 0
    }

    private mutating func joined(_ operation: Operation, _ left: Number, _ right: Number) -> Number {
        guard left > 1 || right > 1 else { return operation == .and ? min(left, right) : max(left, right) }
        return number(operation, [left, right])
    }

    private mutating func sum(of first: Expr, _ steps: [Expr.Step]) -> Number {
        var result = number(of: first)
        for step in steps { result = number(.arithmetic(step.operation), [result, number(of: step.operand)]) }
        return result
    }

    private mutating func has(_ path: [CedarString], in owner: Number) -> Number {
        var owner = owner
        var result: Number?
        for name in path {
            let next = number(.has(name), [owner])
            result = result.map { joined(.and, $0, next) } ?? next
            owner = attribute(name, of: owner)
        }
        return result ?? 0
    }

    private mutating func isType(_ type: String, _ operand: Number, in group: Expr?) -> Number {
        let test = number(.isType(type), [operand])
        guard let group else { return test }
        return number(.and, [test, number(.relation(.isIn), [operand, number(of: group)])])
    }
}
