/// What an expression is made of, for checks that look at every part alike.
extension Expr.Kind {
    /// The expressions directly within this one.
    var parts: [Expr] {
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
