/// Writes expressions in the JSON form.
///
/// What the text says in short is written out as the reference engine does: `a has b.c` becomes `a has b && a.b has c`.
enum ExpressionESTWriter {
    /// How deep the form of one condition may nest. A chain takes two levels a term in this form, and whoever holds the
    /// value releases it recursively.
    static let nestingLimit = 1_000

    /// The form of an expression, or nil if it would nest deeper than the limit.
    static func est(of expression: Expr) -> JSONValue? { form(of: expression)?.json }

    /// A part of the form, and how many objects and lists lie within one another in it.
    private struct Form {
        let json: JSONValue
        let depth: Int

        init(_ key: CedarString, leaf: JSONValue) {
            json = .object([key: leaf])
            depth = 3  // an entity below its escape is the deepest leaf
        }

        /// A node whose parts stand under its key in an object; nil if it nests too deep.
        init?(_ key: CedarString, _ parts: [CedarString: Form], _ leaves: [CedarString: JSONValue] = [:]) {
            depth = 2 + (parts.values.map(\.depth).max() ?? 0)
            guard depth <= nestingLimit else { return nil }
            json = .object([key: .object(parts.mapValues(\.json).merging(leaves) { part, _ in part })])
        }

        /// A node whose parts stand under its key in a list; nil if it nests too deep.
        init?(_ key: CedarString, _ parts: [Form]) {
            depth = 2 + (parts.map(\.depth).max() ?? 0)
            guard depth <= nestingLimit else { return nil }
            json = .object([key: .array(parts.map(\.json))])
        }
    }

    private static func form(of expression: Expr) -> Form? {
        switch expression.kind {
        case .literal(let value): Form("Value", leaf: leaf(of: value))
        case .variable(let variable): Form("Var", leaf: .string(CedarString(variable.rawValue)))
        case .not(let operand): form("!", ["arg": operand])
        case .negate(let operand): form("neg", ["arg": operand])
        case .and(let terms): chain("&&", of: terms)
        case .or(let terms): chain("||", of: terms)
        case .conditional(let condition, let then, let otherwise):
            form("if-then-else", ["if": condition, "then": then, "else": otherwise])
        case .relation(let relation, let left, let right):
            form(CedarString(relation.symbol), ["left": left, "right": right])
        case .arithmetic(let first, let steps): sum(of: first, steps)
        case .attribute(let owner, let name): form(".", ["left": owner], ["attr": .string(name)])
        case .has(let owner, let path): has(owner, path)
        case .like(let operand, let pattern): form("like", ["left": operand], ["pattern": pattern.est])
        case .isType(let operand, let type, let group):
            form(
                "is", group.map { ["left": operand, "in": $0] } ?? ["left": operand],
                ["entity_type": .string(CedarString(type))])
        case .set(let members): forms(of: members).flatMap { Form("Set", $0) }
        case .record(let fields): record(fields)
        case .call(let function, let arguments): call(function, arguments)
        }
    }

    private static func form(
        _ key: CedarString, _ parts: [CedarString: Expr], _ leaves: [CedarString: JSONValue] = [:]
    ) -> Form? {
        var forms: [CedarString: Form] = [:]
        for (name, part) in parts {
            guard let form = form(of: part) else { return nil }
            forms[name] = form
        }
        return Form(key, forms, leaves)
    }

    private static func forms(of expressions: [Expr]) -> [Form]? {
        var forms: [Form] = []
        for expression in expressions {
            guard let form = form(of: expression) else { return nil }
            forms.append(form)
        }
        return forms
    }

    /// A chain nests on its left side.
    private static func chain(_ key: CedarString, of terms: [Expr]) -> Form? {
        guard let first = terms.first, var form = form(of: first) else { return nil }
        for term in terms.dropFirst() {
            guard let right = self.form(of: term), let longer = Form(key, ["left": form, "right": right]) else {
                return nil
            }
            form = longer
        }
        return form
    }

    private static func sum(of first: Expr, _ steps: [Expr.Step]) -> Form? {
        guard var form = form(of: first) else { return nil }
        for step in steps {
            let key = CedarString(step.operation.symbol)
            guard let right = self.form(of: step.operand), let longer = Form(key, ["left": form, "right": right]) else {
                return nil
            }
            form = longer
        }
        return form
    }

    private static func has(_ owner: Expr, _ path: [CedarString]) -> Form? {
        guard var owner = form(of: owner) else { return nil }
        var result: Form?
        for name in path {
            guard let step = Form("has", ["left": owner], ["attr": .string(name)]),
                let inner = Form(".", ["left": owner], ["attr": .string(name)])
            else { return nil }
            if let before = result {
                guard let longer = Form("&&", ["left": before, "right": step]) else { return nil }
                result = longer
            } else {
                result = step
            }
            owner = inner
        }
        return result
    }

    private static func record(_ fields: [Expr.Field]) -> Form? {
        var parts: [CedarString: Form] = [:]
        for field in fields {
            guard let form = form(of: field.value) else { return nil }
            parts[field.name] = form
        }
        return Form("Record", parts)
    }

    private static func call(_ function: Function, _ arguments: [Expr]) -> Form? {
        let key = CedarString(function.rawValue)
        guard function.isCountedByParser else { return forms(of: arguments).flatMap { Form(key, $0) } }
        return arguments.count == 2
            ? form(key, ["left": arguments[0], "right": arguments[1]]) : form(key, ["arg": arguments[0]])
    }

    private static func leaf(of value: Value) -> JSONValue {
        switch value {
        case .bool(let bool): .bool(bool)
        case .long(let number): .integer(number)
        case .string(let string): .string(string)
        case .entity(let uid): .object(["__entity": uid.est])
        case .set, .record, .decimal, .address, .datetime, .duration:
            preconditionFailure("a \(value.typeName) is no literal")
        }
    }
}

extension Pattern {
    /// Each scalar by itself, and stars: the reference engine has it so.
    fileprivate var est: JSONValue {
        .array(
            elements.map { element in
                switch element {
                case .anyRun: "Wildcard"
                case .scalar(let scalar): .object(["Literal": .string(CedarString(String(scalar)))])
                }
            })
    }
}
