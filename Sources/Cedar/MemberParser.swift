/// The tightest binding: literals, names, brackets, and what hangs on them by `.`, `[ ]` and `( )`.
extension Parser {
    /// Reads a primary expression and everything that hangs on it.
    mutating func member() throws(ParseFault) -> Expr {
        var result = try primary()
        while continuesMember(token) {
            let offset = token.range.lowerBound
            if take(.dot) {
                result = try attributeOrMethod(of: result)
            } else if take(.openBracket) {
                guard token.kind == .string else { throw unexpected(wanted: "an attribute's name between quotes") }
                let name = CedarString(try text())
                try expect(.closeBracket)
                result = try expression(.attribute(result, name), at: result.offset)
            } else {
                throw fault("only a function or a method can be called", at: offset)
            }
        }
        return result
    }

    /// True for a token that hangs something on the expression before it.
    func continuesMember(_ token: Token) -> Bool {
        switch token.kind {
        case .symbol(.dot), .symbol(.openBracket), .symbol(.openParenthesis): true
        default: false
        }
    }

    private mutating func attributeOrMethod(of receiver: Expr) throws(ParseFault) -> Expr {
        let offset = token.range.lowerBound
        let name = try name("an attribute or a method")
        guard take(.openParenthesis) else {
            return try expression(.attribute(receiver, CedarString(name)), at: receiver.offset)
        }
        guard let function = Function(rawValue: name) else { throw fault("`\(name)` is no method", at: offset) }
        guard function.isMethod else { throw fault("`\(name)` is a function, not a method", at: offset) }
        let arguments = [receiver] + (try callArguments())
        guard !function.isCountedByParser || arguments.count == function.argumentCount else {
            throw fault("`\(name)` takes \(function.argumentCount - 1) values, not \(arguments.count - 1)", at: offset)
        }
        return try expression(.call(function, arguments), at: receiver.offset)
    }

    private mutating func callArguments() throws(ParseFault) -> [Expr] {
        try list(until: .closeParenthesis) { (parser) throws(ParseFault) in try parser.expression() }
    }

    private mutating func primary() throws(ParseFault) -> Expr {
        let offset = token.range.lowerBound
        switch token.kind {
        case .integer(let magnitude):
            advance()
            return try integer(magnitude, isNegative: false, at: offset)
        case .string:
            return Expr(.literal(.string(CedarString(try text()))), at: offset)
        case .identifier("true"), .identifier("false"):
            return Expr(.literal(.bool(advance().kind == .identifier("true"))), at: offset)
        case .identifier:
            return try named(at: offset)
        case .symbol(.openParenthesis):
            advance()
            let inner = try expression()
            try expect(.closeParenthesis)
            return inner
        case .symbol(.openBracket):
            advance()
            let members = try list(until: .closeBracket) { (parser) throws(ParseFault) in try parser.expression() }
            return try expression(.set(members), at: offset)
        case .symbol(.openBrace):
            advance()
            return try record(at: offset)
        case .slot(let name):
            throw fault("`?\(name)` may stand only in the scope of a template", at: offset)
        default:
            throw unexpected(wanted: "an expression")
        }
    }

    /// A variable, an entity or a function's call: whatever begins with a free word.
    private mutating func named(at offset: Int) throws(ParseFault) -> Expr {
        let path = try path("an expression")
        if take(.doubleColon) {
            guard token.kind == .string else { throw unexpected(wanted: "the entity's identifier between quotes") }
            return Expr(.literal(.entity(EntityUID(type: path, id: try text()))), at: offset)
        }
        if take(.openParenthesis) {
            guard let function = Function(rawValue: path) else { throw fault("`\(path)` is no function", at: offset) }
            guard !function.isMethod else { throw fault("`\(path)` is a method, not a function", at: offset) }
            return try expression(.call(function, try callArguments()), at: offset)
        }
        guard let variable = Expr.Variable(rawValue: path) else {
            throw fault("`\(path)` is no variable: there are principal, action, resource and context", at: offset)
        }
        return Expr(.variable(variable), at: offset)
    }

    /// `{name: value, "name": value}`, each name once.
    private mutating func record(at offset: Int) throws(ParseFault) -> Expr {
        var seen: Set<CedarString> = []
        let fields = try list(until: .closeBrace) { (parser) throws(ParseFault) -> Expr.Field in
            let offset = parser.token.range.lowerBound
            let isText = parser.token.kind == .string
            let name = CedarString(isText ? try parser.text() : try parser.name("an attribute's name"))
            try parser.expect(.colon)
            guard seen.insert(name).inserted else { throw parser.fault("this attribute stands twice", at: offset) }
            return Expr.Field(name: name, value: try parser.expression())
        }
        return try expression(.record(fields.sorted { $0.name < $1.name }), at: offset)
    }
}
