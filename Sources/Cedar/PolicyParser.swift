/// Policies: annotations, effect, scope, conditions, semicolon.
extension Parser {
    /// All policies of a text, each named by the empty text until a set names it.
    static func policies(in text: String) throws(ParseFault) -> [Policy] {
        var parser = try Parser(text)
        var policies: [Policy] = []
        while parser.token.kind != .end { policies.append(try parser.policy()) }
        return policies
    }

    private mutating func policy() throws(ParseFault) -> Policy {
        let start = token.range.lowerBound
        let annotations = try annotations()
        let effect = try effect()
        let scope = try scope()
        let conditions = try conditions()
        try expect(.semicolon)
        return Policy(
            id: "", effect: effect, annotations: annotations,
            sourceText: String(decoding: source[start..<endOfLast], as: UTF8.self), offset: start,
            scope: scope, conditions: conditions)
    }

    /// `@key` or `@key("value")`; any word may be a key, but once.
    mutating func annotations() throws(ParseFault) -> [String: String] {
        var annotations: [String: String] = [:]
        while token.kind == .symbol(.at) {
            let offset = advance().range.lowerBound
            let key = try word("the annotation's name")
            var value = ""
            if take(.openParenthesis) {
                value = try text()
                try expect(.closeParenthesis)
            }
            guard annotations.updateValue(value, forKey: key) == nil else {
                throw fault("the annotation `@\(key)` stands twice", at: offset)
            }
        }
        return annotations
    }

    private mutating func effect() throws(ParseFault) -> Policy.Effect {
        guard case .identifier(let word) = token.kind, let effect = Policy.Effect(rawValue: word) else {
            throw unexpected(wanted: "`permit` or `forbid`")
        }
        advance()
        return effect
    }

    private mutating func conditions() throws(ParseFault) -> [Policy.Condition] {
        var conditions: [Policy.Condition] = []
        while case .identifier(let word) = token.kind {
            guard let kind = Policy.Condition.Kind(rawValue: word) else {
                throw unexpected(wanted: "`when`, `unless` or `;`")
            }
            advance()
            try expect(.openBrace)
            guard token.kind != .symbol(.closeBrace) else { throw unexpected(wanted: "a condition") }
            conditions.append(Policy.Condition(kind: kind, body: try expression()))
            try expect(.closeBrace)
        }
        return conditions
    }

    private mutating func scope() throws(ParseFault) -> Scope {
        try expect(.openParenthesis)
        try scopeVariable(.principal)
        let principal = try entityConstraint()
        try expect(.comma)
        try scopeVariable(.action)
        let action = try actionConstraint()
        try expect(.comma)
        try scopeVariable(.resource)
        let resource = try entityConstraint()
        _ = take(.comma)
        try expect(.closeParenthesis)
        return Scope(principal: principal, action: action, resource: resource)
    }

    private mutating func scopeVariable(_ variable: Expr.Variable) throws(ParseFault) {
        guard take(word: variable.rawValue) else { throw unexpected(wanted: "`\(variable.rawValue)`") }
    }

    private mutating func entityConstraint() throws(ParseFault) -> EntityConstraint {
        if take(.equal) { return .equal(.entity(try scopeEntity())) }
        if take(word: "in") { return .isIn(.entity(try scopeEntity())) }
        guard take(word: "is") else { return .any }
        let type = try path("an entity type")
        return take(word: "in") ? .isTypeIn(type, .entity(try scopeEntity())) : .isType(type)
    }

    private mutating func actionConstraint() throws(ParseFault) -> ActionConstraint {
        if take(.equal) { return .equal(try scopeAction()) }
        guard take(word: "in") else { return .any }
        return try parenthesised { (parser) throws(ParseFault) in
            guard parser.take(.openBracket) else { return .isIn(try parser.scopeAction()) }
            return .isInAny(
                try parser.list(until: .closeBracket) { (parser) throws(ParseFault) in try parser.scopeAction() })
        }
    }

    /// An action's type may be in a namespace, but its last part is always `Action`.
    private mutating func scopeAction() throws(ParseFault) -> EntityUID {
        let offset = token.range.lowerBound
        let action = try scopeEntity()
        guard action.baseTypeName == "Action" else {
            throw fault("the action must be of a type `Action`, not `\(action.type)`", at: offset)
        }
        return action
    }

    private mutating func scopeEntity() throws(ParseFault) -> EntityUID {
        try parenthesised { (parser) throws(ParseFault) in
            if case .slot(let name) = parser.token.kind {
                throw parser.fault("templates are not supported: `?\(name)`", at: parser.token.range.lowerBound)
            }
            return try parser.entityUID()
        }
    }

    /// Reads something that may stand in parentheses, as the scope's entities may.
    private mutating func parenthesised<Result>(
        _ read: (inout Parser) throws(ParseFault) -> Result
    ) throws(ParseFault) -> Result {
        var open = 0
        while take(.openParenthesis) { open += 1 }
        let result = try read(&self)
        for _ in 0..<open { try expect(.closeParenthesis) }
        return result
    }
}
