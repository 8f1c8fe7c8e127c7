/// Expressions, from the loosest binding to the tightest: `if`, `||`, `&&`, relations, `+ -`, `*`, `! -`, members.
extension Parser {
    /// Reads one expression.
    mutating func expression() throws(ParseFault) -> Expr {
        nesting += 1
        defer { nesting -= 1 }
        let offset = token.range.lowerBound
        guard nesting <= Self.nestingLimit else { throw tooDeep(at: offset) }
        guard take(word: "if") else { return try disjunction() }
        let condition = try expression()
        guard take(word: "then") else { throw unexpected(wanted: "`then`") }
        let then = try expression()
        guard take(word: "else") else { throw unexpected(wanted: "`else`") }
        let otherwise = try expression()
        return try expression(.conditional(condition, then: then, otherwise: otherwise), at: offset)
    }

    private mutating func disjunction() throws(ParseFault) -> Expr {
        let first = try conjunction()
        guard token.kind == .symbol(.or) else { return first }
        var terms = [first]
        while take(.or) { terms.append(try conjunction()) }
        return try expression(.or(terms), at: first.offset)
    }

    private mutating func conjunction() throws(ParseFault) -> Expr {
        let first = try relation()
        guard token.kind == .symbol(.and) else { return first }
        var terms = [first]
        while take(.and) { terms.append(try relation()) }
        return try expression(.and(terms), at: first.offset)
    }

    /// At most one relation: `1 < 2 < 3` and `a == b == c` are refused.
    private mutating func relation() throws(ParseFault) -> Expr {
        let left = try sum()
        let result: Expr
        if let relation = takeRelation() {
            result = try expression(.relation(relation, left, try sum()), at: left.offset)
        } else if take(word: "has") {
            result = try expression(.has(left, try attributePath()), at: left.offset)
        } else if take(word: "like") {
            guard token.kind == .string else { throw unexpected(wanted: "a pattern between quotes") }
            result = try expression(.like(left, Pattern(try pieces())), at: left.offset)
        } else if take(word: "is") {
            let type = try path("an entity type")
            let group = take(word: "in") ? try sum() : nil
            result = try expression(.isType(left, type: type, in: group), at: left.offset)
        } else {
            return left
        }
        if continuesRelation { throw fault("relations do not chain; use parentheses", at: token.range.lowerBound) }
        return result
    }

    private mutating func takeRelation() -> Expr.Relation? {
        guard let relation = relation(of: token.kind) else { return nil }
        advance()
        return relation
    }

    private func relation(of kind: Token.Kind) -> Expr.Relation? {
        switch kind {
        case .symbol(.equal): .equal
        case .symbol(.notEqual): .notEqual
        case .symbol(.less): .less
        case .symbol(.lessOrEqual): .lessOrEqual
        case .symbol(.greater): .greater
        case .symbol(.greaterOrEqual): .greaterOrEqual
        case .identifier("in"): .isIn
        default: nil
        }
    }

    private var continuesRelation: Bool {
        if relation(of: token.kind) != nil { return true }
        guard case .identifier(let word) = token.kind else { return false }
        return ["has", "like", "is"].contains(word)
    }

    /// The right side of `has`: one name, several joined by points, or a text.
    private mutating func attributePath() throws(ParseFault) -> [CedarString] {
        if token.kind == .string { return [CedarString(try text())] }
        var path = [CedarString(try name("an attribute's name"))]
        while take(.dot) { path.append(CedarString(try name("an attribute's name"))) }
        return path
    }

    private mutating func sum() throws(ParseFault) -> Expr {
        let first = try product()
        var steps: [Expr.Step] = []
        while true {
            if take(.plus) {
                steps.append(Expr.Step(operation: .plus, operand: try product()))
            } else if take(.minus) {
                steps.append(Expr.Step(operation: .minus, operand: try product()))
            } else {
                return steps.isEmpty ? first : try expression(.arithmetic(first, steps), at: first.offset)
            }
        }
    }

    private mutating func product() throws(ParseFault) -> Expr {
        let first = try unary()
        var steps: [Expr.Step] = []
        while take(.times) { steps.append(Expr.Step(operation: .times, operand: try unary())) }
        if token.kind == .symbol(.divide) || token.kind == .symbol(.remainder) {
            throw fault("Cedar has no division", at: token.range.lowerBound)
        }
        return steps.isEmpty ? first : try expression(.arithmetic(first, steps), at: first.offset)
    }

    /// Up to four `!` or up to four `-`, never mixed.
    private mutating func unary() throws(ParseFault) -> Expr {
        let offset = token.range.lowerBound
        let notCount = try repetitions(of: .not)
        let minusCount = notCount == 0 ? try repetitions(of: .minus) : 0
        var operand: Expr
        var wraps = notCount + minusCount
        if minusCount > 0, case .integer(let magnitude) = token.kind, !continuesMember(following) {
            // The last minus belongs to the number: the least number has no positive twin to be negated.
            operand = try integer(magnitude, isNegative: true, at: advance().range.lowerBound)
            wraps -= 1
        } else {
            operand = try member()
        }
        for _ in 0..<wraps {
            operand = try expression(notCount > 0 ? .not(operand) : .negate(operand), at: offset)
        }
        return operand
    }

    private mutating func repetitions(of symbol: Token.Symbol) throws(ParseFault) -> Int {
        var count = 0
        while token.kind == .symbol(symbol) {
            let offset = advance().range.lowerBound
            count += 1
            guard count <= 4 else { throw fault("`\(symbol.rawValue)` may stand at most four times", at: offset) }
        }
        return count
    }

    /// The number of a literal that has been read, which must fit 64 bits with its sign.
    func integer(_ magnitude: UInt64, isNegative: Bool, at offset: Int) throws(ParseFault) -> Expr {
        guard magnitude <= (isNegative ? Int64.min.magnitude : Int64.max.magnitude) else {
            throw fault("this number is too large", at: offset)
        }
        let bits = Int64(bitPattern: magnitude)
        return Expr(.literal(.long(isNegative ? 0 &- bits : bits)), at: offset)
    }
}
