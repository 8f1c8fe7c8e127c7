/// Reads Cedar's policy text by recursive descent.
///
/// This file holds what all parts share: the tokens, the faults and the bound on nesting. Policies are read in
/// `PolicyParser.swift`, expressions in `ExpressionParser.swift`, what hangs on an expression in `MemberParser.swift`.
struct Parser {
    /// How deep expressions may nest. Reading, evaluating and releasing them recurse, and a stack that runs out cannot
    /// be caught. At the limit that takes up to 2 MB of stack, and 6 MB when built without optimisation.
    static let nestingLimit = 256

    let source: [UInt8]
    private let tokens: [Token]
    private var position = 0
    var nesting = 0

    init(_ text: String) throws(ParseFault) {
        source = Array(text.utf8)
        tokens = try Lexer.tokens(of: source)
    }

    /// The token to be read next.
    var token: Token { tokens[position] }

    /// The token after it.
    var following: Token { tokens[min(position + 1, tokens.count - 1)] }

    /// Where the token read last ends.
    var endOfLast: Int { position == 0 ? 0 : tokens[position - 1].range.upperBound }

    /// Moves past a token and returns it; the end is never passed.
    @discardableResult
    mutating func advance() -> Token {
        defer { if position < tokens.count - 1 { position += 1 } }
        return tokens[position]
    }

    /// Moves past the symbol if it comes next, and says whether it did.
    mutating func take(_ symbol: Token.Symbol) -> Bool {
        guard token.kind == .symbol(symbol) else { return false }
        advance()
        return true
    }

    /// Moves past the word if it comes next, and says whether it did.
    mutating func take(word: String) -> Bool {
        guard token.kind == .identifier(word) else { return false }
        advance()
        return true
    }

    mutating func expect(_ symbol: Token.Symbol) throws(ParseFault) {
        guard take(symbol) else { throw unexpected(wanted: "`\(symbol.rawValue)`") }
    }

    mutating func expectEnd() throws(ParseFault) {
        guard token.kind == .end else { throw unexpected(wanted: "the end") }
    }

    /// Reads any word, reserved or not.
    mutating func word(_ wanted: String) throws(ParseFault) -> String {
        guard case .identifier(let word) = token.kind else { throw unexpected(wanted: wanted) }
        advance()
        return word
    }

    /// Reads a word that is free to be a name.
    mutating func name(_ wanted: String) throws(ParseFault) -> String {
        let offset = token.range.lowerBound
        let word = try word(wanted)
        guard !ReservedWord.all.contains(word) else { throw fault("`\(word)` is reserved", at: offset) }
        return word
    }

    /// Reads `A::B::C`.
    mutating func path(_ wanted: String) throws(ParseFault) -> String {
        var path = try name(wanted)
        while token.kind == .symbol(.doubleColon), case .identifier = following.kind {
            advance()
            path += "::" + (try name(wanted))
        }
        return path
    }

    /// Reads `A::B::"id"`.
    mutating func entityUID() throws(ParseFault) -> EntityUID {
        let type = try path("an entity, such as `Staff::\"id\"`")
        try expect(.doubleColon)
        guard token.kind == .string else { throw unexpected(wanted: "the entity's identifier between quotes") }
        return EntityUID(type: type, id: try text())
    }

    /// Reads a text between quotes.
    mutating func text() throws(ParseFault) -> String {
        let offset = token.range.lowerBound
        var scalars = String.UnicodeScalarView()
        for piece in try pieces() {
            guard case .scalar(let scalar) = piece else {
                throw fault("`\\*` may stand only in the pattern of `like`", at: offset)
            }
            scalars.append(scalar)
        }
        return String(scalars)
    }

    /// Reads a text between quotes whose stars may be escaped.
    mutating func pieces() throws(ParseFault) -> [StringEscapes.Piece] {
        guard token.kind == .string else { throw unexpected(wanted: "a text between quotes") }
        let range = advance().range
        do {
            return try StringEscapes.pieces(of: source[(range.lowerBound + 1)..<(range.upperBound - 1)])
        } catch {
            throw fault(error.message, at: error.offset)
        }
    }

    /// Reads elements up to a closing symbol; a comma may follow the last.
    mutating func list<Element>(
        until close: Token.Symbol, _ element: (inout Parser) throws(ParseFault) -> Element
    ) throws(ParseFault) -> [Element] {
        var elements: [Element] = []
        while !take(close) {
            elements.append(try element(&self))
            guard token.kind == .symbol(close) || take(.comma) else {
                throw unexpected(wanted: "`,` or `\(close.rawValue)`")
            }
        }
        return elements
    }

    /// Makes an expression, unless it nests too deep.
    func expression(_ kind: Expr.Kind, at offset: Int) throws(ParseFault) -> Expr {
        let expression = Expr(kind, at: offset)
        guard expression.depth <= Self.nestingLimit else { throw tooDeep(at: offset) }
        return expression
    }

    func fault(_ message: String, at offset: Int) -> ParseFault { ParseFault(message, at: offset, in: source) }

    func tooDeep(at offset: Int) -> ParseFault {
        fault("this nests deeper than \(Self.nestingLimit) levels", at: offset)
    }

    /// The fault of finding the present token where something else should stand.
    func unexpected(wanted: String) -> ParseFault {
        let found: String
        switch token.kind {
        case .end: found = "the end"
        case .string: found = "a text"
        default: found = "`\(String(decoding: source[token.range], as: UTF8.self))`"
        }
        return fault("expected \(wanted), found \(found)", at: token.range.lowerBound)
    }
}
