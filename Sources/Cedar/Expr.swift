/// An expression as parsed, with the place it began.
///
/// Chains of `&&`, `||`, `+`, `-` and `*` are kept flat, so that a policy with ten thousand terms evaluates without
/// deep recursion; every other nesting is counted in ``depth``, which the parser bounds.
struct Expr: Sendable {
    indirect enum Kind: Equatable, Sendable {
        /// A bool, long, string or entity.
        case literal(Value)
        case variable(Variable)
        case not(Expr)
        case negate(Expr)
        case and([Expr])
        case or([Expr])
        case conditional(Expr, then: Expr, otherwise: Expr)
        case relation(Relation, Expr, Expr)
        /// A first term and what is done to it, from left to right.
        case arithmetic(Expr, [Step])
        case attribute(Expr, CedarString)
        /// `has` with one name or a path of them.
        case has(Expr, [CedarString])
        case like(Expr, Pattern)
        case isType(Expr, type: String, in: Expr?)
        case set([Expr])
        /// Attributes in the order of their names, which is the order of evaluation.
        case record([Field])
        /// A function or method; a method's receiver is the first argument.
        case call(Function, [Expr])
    }

    struct Step: Equatable, Sendable {
        let operation: Arithmetic
        let operand: Expr
    }

    struct Field: Equatable, Sendable {
        let name: CedarString
        let value: Expr
    }

    enum Variable: String, Sendable {
        case principal, action, resource, context
    }

    enum Relation: Sendable {
        case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual, isIn
    }

    enum Arithmetic: Sendable {
        case plus, minus, times
    }

    let kind: Kind
    /// The byte offset in the source at which the expression begins.
    let offset: Int
    /// How deep the deepest part lies; a literal has depth 1.
    let depth: Int

    init(_ kind: Kind, at offset: Int) {
        self.kind = kind
        self.offset = offset
        depth = 1 + kind.deepestChild
    }
}

extension Expr: Equatable {
    /// True when both are built alike, wherever they stand.
    static func == (left: Expr, right: Expr) -> Bool { left.depth == right.depth && left.kind == right.kind }
}

extension Expr.Kind {
    fileprivate var deepestChild: Int {
        switch self {
        case .literal, .variable: 0
        case .not(let operand), .negate(let operand), .attribute(let operand, _), .has(let operand, _),
            .like(let operand, _):
            operand.depth
        case .and(let terms), .or(let terms), .set(let terms), .call(_, let terms): terms.greatestDepth
        case .conditional(let condition, let then, let otherwise): [condition, then, otherwise].greatestDepth
        case .relation(_, let left, let right): max(left.depth, right.depth)
        case .arithmetic(let first, let steps): max(first.depth, steps.map(\.operand).greatestDepth)
        case .isType(let operand, _, let group): max(operand.depth, group?.depth ?? 0)
        case .record(let fields): fields.map(\.value).greatestDepth
        }
    }
}

extension [Expr] {
    fileprivate var greatestDepth: Int { reduce(0) { Swift.max($0, $1.depth) } }
}
