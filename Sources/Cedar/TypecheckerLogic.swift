/// Bools: `&&`, `||`, `!`, `if`. Here certain values cut off what is never reached, and capabilities flow.
extension Typechecker {
    /// What is found out about a bool.
    struct Judgement {
        /// The value where it is certain.
        var truth: Bool?
        /// What is known besides where the bool is true.
        var capabilities: Set<Capability> = []

        var typing: Typing { Typing(type: .bool(truth), capabilities: capabilities) }
    }

    /// What is found out about an expression that must be a bool; for anything else a fault is told.
    mutating func judgement(of expression: Expr) -> Judgement? {
        switch expression.kind {
        case .not(let operand): return judgement(of: operand).map { Judgement(truth: $0.truth.map(!)) }
        case .and(let terms): return conjunction(of: terms)
        case .or(let terms): return disjunction(of: terms)
        default:
            guard let found = typing(of: expression) else { return nil }
            guard case .bool(let truth) = found.type else {
                return fault("expected `Bool`, found `\(found.type)`", at: expression.offset)
            }
            return Judgement(truth: truth, capabilities: found.capabilities)
        }
    }

    /// Each term is typed with what the terms before it make known. After one that is certainly false nothing is
    /// reached; after one without a type nothing would be known.
    private mutating func conjunction(of terms: [Expr]) -> Judgement? {
        let mark = known.mark
        defer { known.forget(since: mark) }
        var result = Judgement(truth: true)
        for term in terms {
            guard let next = judgement(of: term) else { return nil }
            if next.truth == false { return Judgement(truth: false) }
            if next.truth == nil { result.truth = nil }
            result.capabilities.formUnion(next.capabilities)
            known.learn(next.capabilities)
        }
        return result
    }

    /// What is known after `||` is only what both sides make known, unless one of them is certain.
    private mutating func disjunction(of terms: [Expr]) -> Judgement? {
        var result: Judgement? = Judgement(truth: false)
        for term in terms {
            if result?.truth == true { break }
            let next = judgement(of: term)
            guard let left = result, let right = next else {
                result = nil
                continue
            }
            switch (left.truth, right.truth) {
            case (_, true), (false, _): result = right
            case (_, false): result = left
            default: result?.capabilities.formIntersection(right.capabilities)
            }
        }
        return result
    }

    /// A certain condition leaves one branch; otherwise the branches need a type in common.
    mutating func conditional(_ condition: Expr, _ then: Expr, _ otherwise: Expr, at offset: Int) -> Typing? {
        guard let test = judgement(of: condition) else { return nil }
        if test.truth == false { return typing(of: otherwise) }
        let mark = known.mark
        known.learn(test.capabilities)
        var first = typing(of: then)
        known.forget(since: mark)
        first?.capabilities.formUnion(test.capabilities)
        if test.truth == true { return first }
        let second = typing(of: otherwise)
        guard let first, let second else { return nil }
        guard let type = first.type.joined(with: second.type) else {
            return fault(
                "the branches of this `if` have different types, `\(first.type)` and `\(second.type)`", at: offset)
        }
        return Typing(type: type, capabilities: first.capabilities.intersection(second.capabilities))
    }
}
