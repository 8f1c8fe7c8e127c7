/// Policies: annotations, effect, scope, conditions, semicolon.
extension Parser {
    /// All policies and templates of a text, which a set will name.
    static func policies(in text: String) throws(ParseFault) -> [PolicyBody] {
        var parser = try Parser(text)
        var policies: [PolicyBody] = []
        while parser.token.kind != .end { policies.append(try parser.policy()) }
        return policies
    }

    private mutating func policy() throws(ParseFault) -> PolicyBody {
        let start = token.range.lowerBound
        let (annotations, bareAnnotations) = try annotations()
        let effect = try effect()
        let scope = try scope()
        let conditions = try conditions()
        try expect(.semicolon)
        return PolicyBody(
            effect: effect, annotations: annotations, bareAnnotations: bareAnnotations, scope: scope,
            conditions: conditions, sourceText: String(decoding: source[start..<endOfLast], as: UTF8.self),
            offset: start)
    }

    /// `@key` or `@key("value")`; any word may be a key, but once.
    mutating func annotations() throws(ParseFault) -> (annotations: [String: String], bare: Set<String>) {
        var annotations: [String: String] = [:]
        var bare: Set<String> = []
        while token.kind == .symbol(.at) {
            let offset = advance().range.lowerBound
            let key = try word("the annotation's name")
            var value = ""
            if take(.openParenthesis) {
                value = try text()
                try expect(.closeParenthesis)
            } else {
                bare.insert(key)
            }
            guard annotations.updateValue(value, forKey: key) == nil else {
                throw fault("the annotation `@\(key)` stands twice", at: offset)
            }
        }
        return (annotations, bare)
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
        let principal = try entityConstraint(slot: .principal)
        try expect(.comma)
        try scopeVariable(.action)
        let action = try actionConstraint()
        try expect(.comma)
        try scopeVariable(.resource)
        let resource = try entityConstraint(slot: .resource)
        _ = take(.comma)
        try expect(.closeParenthesis)
        return Scope(principal: principal, action: action, resource: resource)
    }

    private mutating func scopeVariable(_ variable: Expr.Variable) throws(ParseFault) {
        guard take(word: variable.rawValue) else { throw unexpected(wanted: "`\(variable.rawValue)`") }
    }

    private mutating func entityConstraint(slot: Slot) throws(ParseFault) -> EntityConstraint {
        if take(.equal) { return .equal(try entityReference(slot: slot)) }
        if take(word: "in") { return .isIn(try entityReference(slot: slot)) }
        guard take(word: "is") else { return .any }
        let type = try path("an entity type")
        return take(word: "in") ? .isTypeIn(type, try entityReference(slot: slot)) : .isType(type)
    }

    /// An entity, or the slot of this place.
    private mutating func entityReference(slot: Slot) throws(ParseFault) -> EntityReference {
        try parenthesised { (parser) throws(ParseFault) in
            guard case .slot(let name) = parser.token.kind else { return .entity(try parser.entityUID()) }
            let offset = parser.advance().range.lowerBound
            guard "?\(name)" == slot.rawValue else {
                throw parser.fault("the slot here is `\(slot.rawValue)`, not `?\(name)`", at: offset)
            }
            return .slot
        }
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
        let action = try parenthesised { (parser) throws(ParseFault) in
            if case .slot(let name) = parser.token.kind {
                throw parser.fault(
                    "an action has no slot, so `?\(name)` cannot stand here", at: parser.token.range.lowerBound)
            }
            return try parser.entityUID()
        }
        guard action.baseTypeName == "Action" else {
            throw fault("the action must be of a type `Action`, not `\(action.type)`", at: offset)
        }
        return action
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
