/// Expressions in the JSON form: each an object with one key, which says what it is.
extension PolicyJSON {
    private static let relations: [CedarString: Expr.Relation] = [
        "==": .equal, "!=": .notEqual, "<": .less, "<=": .lessOrEqual, ">": .greater, ">=": .greaterOrEqual,
        "in": .isIn,
    ]
    private static let sums: [CedarString: Expr.Arithmetic] = ["+": .plus, "-": .minus]
    private static let products: [CedarString: Expr.Arithmetic] = ["*": .times]

    /// Reads an expression that lies this deep in its condition.
    func expression(_ json: JSONValue, nesting: Int) throws(JSONFault) -> Expr {
        guard nesting <= Parser.nestingLimit else { throw tooDeep }
        guard case .object(let members) = json, members.count == 1, let (key, inner) = members.first else {
            throw fault("expected an object with one key")
        }
        let here = at(key)
        switch key {
        case "Value": return try here.value(inner, nesting: nesting)
        case "Var": return try here.variable(inner)
        case "Slot": throw here.fault("a slot may stand only in the scope of a template")
        case "!": return try made(.not(try here.operand(inner, nesting)))
        case "neg": return try made(.negate(try here.operand(inner, nesting)))
        case "&&": return try made(.and(try here.terms(json, key, nesting)))
        case "||": return try made(.or(try here.terms(json, key, nesting)))
        case "+", "-": return try here.arithmetic(json, Self.sums, nesting)
        case "*": return try here.arithmetic(json, Self.products, nesting)
        case ".": return try here.attribute(inner, nesting)
        case "has": return try here.has(inner, nesting)
        case "like": return try here.like(inner, nesting)
        case "is": return try here.isType(inner, nesting)
        case "if-then-else": return try here.conditional(inner, nesting)
        case "Set": return try made(.set(try here.expressions(inner, nesting)))
        case "Record": return try here.record(inner, nesting)
        default:
            if let relation = Self.relations[key] {
                let (left, right) = try here.operands(inner, nesting)
                return try made(.relation(relation, left, right))
            }
            guard let function = Function(rawValue: key.text) else { throw fault("`\(key)` is no kind of expression") }
            return try here.call(function, inner, nesting)
        }
    }

    /// An expression, unless it nests too deep.
    func made(_ kind: Expr.Kind) throws(JSONFault) -> Expr {
        // Places are given when the policy is printed and parsed again.
        let expression = Expr(kind, at: 0)
        guard expression.depth <= Parser.nestingLimit else { throw tooDeep }
        return expression
    }

    var tooDeep: JSONFault { fault("this nests deeper than \(Parser.nestingLimit) levels") }

    private func variable(_ json: JSONValue) throws(JSONFault) -> Expr {
        guard let variable = json.string.flatMap(Expr.Variable.init(rawValue:)) else {
            throw fault("expected `principal`, `action`, `resource` or `context`")
        }
        return try made(.variable(variable))
    }

    /// `{"arg": X}`
    private func operand(_ json: JSONValue, _ nesting: Int) throws(JSONFault) -> Expr {
        let members = try members(of: json, required: ["arg"])
        return try at("arg").expression(members["arg"] ?? .null, nesting: nesting + 1)
    }

    /// `{"left": X, "right": X}`
    private func operands(_ json: JSONValue, _ nesting: Int) throws(JSONFault) -> (Expr, Expr) {
        let members = try members(of: json, required: ["left", "right"])
        return (
            try at("left").expression(members["left"] ?? .null, nesting: nesting + 1),
            try at("right").expression(members["right"] ?? .null, nesting: nesting + 1)
        )
    }

    /// The terms of a chain, which lies nested on its left side. It is walked, not recursed into, and its links share
    /// one place, since either would grow with the chain.
    private func terms(_ json: JSONValue, _ key: CedarString, _ nesting: Int) throws(JSONFault) -> [Expr] {
        var terms: [Expr] = []
        var rest = json
        while case .object(let members) = rest, members.count == 1, let inner = members[key] {
            let sides = try self.members(of: inner, required: ["left", "right"])
            terms.append(try at("right").expression(sides["right"] ?? .null, nesting: nesting + 1))
            rest = sides["left"] ?? .null
        }
        terms.append(try at("left").expression(rest, nesting: nesting + 1))
        return terms.reversed()
    }

    /// A chain of `+` and `-`, or of `*`, walked in the same way.
    private func arithmetic(
        _ json: JSONValue, _ operations: [CedarString: Expr.Arithmetic], _ nesting: Int
    ) throws(JSONFault) -> Expr {
        var steps: [Expr.Step] = []
        var rest = json
        while case .object(let members) = rest, members.count == 1, let (key, inner) = members.first,
            let operation = operations[key]
        {
            let sides = try self.members(of: inner, required: ["left", "right"])
            let operand = try at("right").expression(sides["right"] ?? .null, nesting: nesting + 1)
            steps.append(Expr.Step(operation: operation, operand: operand))
            rest = sides["left"] ?? .null
        }
        let first = try at("left").expression(rest, nesting: nesting + 1)
        return try made(.arithmetic(first, steps.reversed()))
    }

    /// `{"left": X, "attr": "name"}`
    private func attribute(_ json: JSONValue, _ nesting: Int) throws(JSONFault) -> Expr {
        let members = try members(of: json, required: ["left", "attr"])
        guard case .string(let name) = members["attr"] else { throw at("attr").fault("expected a text") }
        return try made(.attribute(try at("left").expression(members["left"] ?? .null, nesting: nesting + 1), name))
    }

    /// `{"left": X, "attr": "name"}` or a path, `"attr": ["a", "b"]`. Other keys are not looked at.
    private func has(_ json: JSONValue, _ nesting: Int) throws(JSONFault) -> Expr {
        guard case .object(let members) = json else { throw fault("expected an object, found \(json.kindName)") }
        var path: [CedarString] = []
        for name in members["attr"]?.array ?? [members["attr"] ?? .null] {
            guard case .string(let name) = name else { throw at("attr").fault("expected a text or a list of texts") }
            path.append(name)
        }
        guard !path.isEmpty else { throw at("attr").fault("this path is empty") }
        let owner = try at("left").expression(members["left"] ?? .null, nesting: nesting + 1)
        guard path.count > 1, !path.allSatisfy(\.isFreeName) else { return try made(.has(owner, path)) }
        return try made(.and(try steps(of: path, from: owner)))
    }

    /// `x has a && x.a has b`: a path with names that need quotes can be written in no other way.
    private func steps(of path: [CedarString], from owner: Expr) throws(JSONFault) -> [Expr] {
        var owner = owner
        var terms: [Expr] = []
        for name in path {
            terms.append(try made(.has(owner, [name])))
            owner = try made(.attribute(owner, name))
        }
        return terms
    }

    /// `{"left": X, "pattern": ["Wildcard", {"Literal": "text"}]}`
    private func like(_ json: JSONValue, _ nesting: Int) throws(JSONFault) -> Expr {
        let members = try members(of: json, required: ["left", "pattern"])
        guard let list = members["pattern"]?.array else { throw at("pattern").fault("expected a list") }
        var pieces: [StringEscapes.Piece] = []
        for (index, element) in list.enumerated() {
            if element == "Wildcard" {
                pieces.append(.scalar("*"))
            } else if let text = element["Literal"]?.string, element.object?.count == 1 {
                pieces += text.unicodeScalars.map { $0 == "*" ? .escapedStar : .scalar($0) }
            } else {
                throw at("pattern").at(index).fault("expected `Wildcard` or an object with a text under `Literal`")
            }
        }
        let operand = try at("left").expression(members["left"] ?? .null, nesting: nesting + 1)
        return try made(.like(operand, Pattern(pieces)))
    }

    /// `{"left": X, "entity_type": T, "in": X}`; `in` may be absent.
    private func isType(_ json: JSONValue, _ nesting: Int) throws(JSONFault) -> Expr {
        let members = try members(of: json, required: ["left", "entity_type"], optional: ["in"])
        let type = try at("entity_type").type(members["entity_type"])
        let operand = try at("left").expression(members["left"] ?? .null, nesting: nesting + 1)
        guard let group = members["in"], group != .null else { return try made(.isType(operand, type: type, in: nil)) }
        return try made(.isType(operand, type: type, in: try at("in").expression(group, nesting: nesting + 1)))
    }

    private func conditional(_ json: JSONValue, _ nesting: Int) throws(JSONFault) -> Expr {
        let members = try members(of: json, required: ["if", "then", "else"])
        return try made(
            .conditional(
                try at("if").expression(members["if"] ?? .null, nesting: nesting + 1),
                then: try at("then").expression(members["then"] ?? .null, nesting: nesting + 1),
                otherwise: try at("else").expression(members["else"] ?? .null, nesting: nesting + 1)))
    }

    private func expressions(_ json: JSONValue, _ nesting: Int) throws(JSONFault) -> [Expr] {
        guard let list = json.array else { throw fault("expected a list, found \(json.kindName)") }
        var expressions: [Expr] = []
        for (index, member) in list.enumerated() {
            expressions.append(try at(index).expression(member, nesting: nesting + 1))
        }
        return expressions
    }

    private func record(_ json: JSONValue, _ nesting: Int) throws(JSONFault) -> Expr {
        guard let members = json.object else { throw fault("expected an object, found \(json.kindName)") }
        var fields: [Expr.Field] = []
        for (name, value) in members.sorted(by: { $0.key < $1.key }) {
            fields.append(Expr.Field(name: name, value: try at(name).expression(value, nesting: nesting + 1)))
        }
        return try made(.record(fields))
    }

    /// A function or a method: those of the language itself have named operands, the others a list.
    private func call(_ function: Function, _ json: JSONValue, _ nesting: Int) throws(JSONFault) -> Expr {
        guard function.isCountedByParser else {
            return try made(.call(function, try receiving(function, try expressions(json, nesting))))
        }
        guard function.argumentCount == 2 else {
            return try made(.call(function, [try operand(json, nesting)]))
        }
        let (receiver, argument) = try operands(json, nesting)
        return try made(.call(function, [receiver, argument]))
    }

    /// The arguments, among which a method needs at least its receiver: the text has no form for one without.
    func receiving<Argument>(_ function: Function, _ arguments: [Argument]) throws(JSONFault) -> [Argument] {
        guard !function.isMethod || !arguments.isEmpty else {
            throw fault("the method `\(function.rawValue)` needs a value it is called on")
        }
        return arguments
    }
}
