/// Writes expressions so that the parser reads the same ones back, with no parentheses it would not need.
///
/// Recursion goes no deeper than an expression nests, which whoever makes expressions bounds.
struct ExpressionPrinter {
    /// What the grammar asks for at a place, from the loosest to the tightest.
    private enum Binding: Int, Comparable {
        case anything, disjunct, conjunct, relation, sum, product, unary, member

        static func < (left: Binding, right: Binding) -> Bool { left.rawValue < right.rawValue }
    }

    private(set) var text = ""

    /// The text of an expression that stands alone.
    static func text(of expression: Expr) -> String {
        var printer = ExpressionPrinter()
        printer.write(expression, as: .anything)
        return printer.text
    }

    /// The texts of the terms where the expression is a chain of `&&` or `||`, with what joins them; nil for others.
    static func chain(of expression: Expr) -> (terms: [String], link: String)? {
        let (terms, binding, link): ([Expr], Binding, String)
        switch expression.kind {
        case .and(let members): (terms, binding, link) = (members, .relation, "&&")
        case .or(let members): (terms, binding, link) = (members, .conjunct, "||")
        default: return nil
        }
        let texts = terms.map { term in
            var printer = ExpressionPrinter()
            printer.write(term, as: binding)
            return printer.text
        }
        return (texts, link)
    }

    private mutating func write(_ expression: Expr, as wanted: Binding) {
        guard binding(of: expression) < wanted else { return write(expression) }
        text += "("
        write(expression)
        text += ")"
    }

    private func binding(of expression: Expr) -> Binding {
        switch expression.kind {
        case .conditional: .anything
        case .or: .disjunct
        case .and: .conjunct
        case .relation, .has, .like, .isType: .relation
        case .arithmetic(_, let steps): steps.first?.operation == .times ? .product : .sum
        case .not, .negate: .unary
        case .literal(.long(let number)) where number < 0: .unary
        case .literal, .variable, .attribute, .set, .record, .call: .member
        }
    }

    private mutating func write(_ expression: Expr) {
        switch expression.kind {
        case .literal(let value): write(value)
        case .variable(let variable): text += variable.rawValue
        case .not, .negate: writeUnary(expression)
        case .and(let terms): write(terms, as: .relation, joinedBy: " && ")
        case .or(let terms): write(terms, as: .conjunct, joinedBy: " || ")
        case .conditional(let condition, let then, let otherwise):
            text += "if "
            write(condition, as: .anything)
            text += " then "
            write(then, as: .anything)
            text += " else "
            write(otherwise, as: .anything)
        case .relation(let relation, let left, let right):
            write(left, as: .sum)
            text += " \(relation.symbol) "
            write(right, as: .sum)
        case .arithmetic(let first, let steps):
            let operand: Binding = steps.first?.operation == .times ? .unary : .product
            write(first, as: operand)
            for step in steps {
                text += " \(step.operation.symbol) "
                write(step.operand, as: operand)
            }
        case .attribute(let owner, let name):
            write(owner, as: .member)
            text += name.isFreeName ? ".\(name)" : "[\(StringEscapes.quote(name.text))]"
        case .has(let owner, let path):
            write(owner, as: .sum)
            text += " has " + (path.count == 1 ? path[0].asName : path.map(\.text).joined(separator: "."))
        case .like(let operand, let pattern):
            write(operand, as: .sum)
            text += " like \(pattern.quoted)"
        case .isType(let operand, let type, let group):
            write(operand, as: .sum)
            text += " is \(type)"
            guard let group else { return }
            text += " in "
            write(group, as: .sum)
        case .set(let members):
            text += "["
            write(members, as: .anything, joinedBy: ", ")
            text += "]"
        case .record(let fields):
            text += "{"
            for (index, field) in fields.enumerated() {
                text += (index == 0 ? "" : ", ") + "\(field.name.asName): "
                write(field.value, as: .anything)
            }
            text += "}"
        case .call(let function, let arguments): write(function, arguments)
        }
    }

    private mutating func write(_ expressions: [Expr], as wanted: Binding, joinedBy link: String) {
        for (index, expression) in expressions.enumerated() {
            if index > 0 { text += link }
            write(expression, as: wanted)
        }
    }

    private mutating func write(_ function: Function, _ arguments: [Expr]) {
        var arguments = arguments[...]
        if function.isMethod, let receiver = arguments.popFirst() {
            write(receiver, as: .member)
            text += "."
        }
        text += "\(function.rawValue)("
        write(Array(arguments), as: .anything, joinedBy: ", ")
        text += ")"
    }

    /// Signs stand at most four in a row, and a minus before a number is part of the number: `-1` is not `-(1)`.
    private mutating func writeUnary(_ expression: Expr) {
        let sign: Character = expression.isNegation ? "-" : "!"
        var operand = expression
        var count = 0
        while count < 4, let inner = operand.operand(of: sign) {
            text.append(sign)
            operand = inner
            count += 1
        }
        switch operand.kind {
        case .literal(.long(let number)) where sign == "-" && number < 0 && count < 4: write(operand)
        case .literal(.long(let number)) where sign == "-" && number >= 0:
            text += "(\(number))"
        default: write(operand, as: .member)
        }
    }

    private mutating func write(_ value: Value) {
        switch value {
        case .bool(let bool): text += bool ? "true" : "false"
        case .long(let number): text += String(number)
        case .string(let string): text += StringEscapes.quote(string.text)
        case .entity(let uid): text += uid.description
        case .set, .record, .decimal, .address, .datetime, .duration:
            preconditionFailure("a \(value.typeName) is no literal")
        }
    }
}

extension Expr {
    fileprivate var isNegation: Bool {
        if case .negate = kind { true } else { false }
    }

    /// What the sign stands before, if this is an expression with that sign.
    fileprivate func operand(of sign: Character) -> Expr? {
        switch (kind, sign) {
        case (.not(let operand), "!"), (.negate(let operand), "-"): operand
        default: nil
        }
    }
}

extension Expr.Relation {
    /// As the language spells it.
    var symbol: String {
        switch self {
        case .equal: "=="
        case .notEqual: "!="
        case .less: "<"
        case .lessOrEqual: "<="
        case .greater: ">"
        case .greaterOrEqual: ">="
        case .isIn: "in"
        }
    }
}

extension Expr.Arithmetic {
    /// As the language spells it.
    var symbol: String {
        switch self {
        case .plus: "+"
        case .minus: "-"
        case .times: "*"
        }
    }
}

extension CedarString {
    /// True for a word that may stand as an attribute's name without quotes.
    var isFreeName: Bool { isWord && !ReservedWord.all.contains(text) }

    /// True for any word, reserved or not.
    var isWord: Bool {
        guard let first = text.utf8.first, first.beginsIdentifier else { return false }
        return text.utf8.allSatisfy { $0.beginsIdentifier || $0.isDigit }
    }

    /// The attribute's name, between quotes where it needs them.
    fileprivate var asName: String { isFreeName ? text : StringEscapes.quote(text) }
}

extension Pattern {
    /// The pattern as it is written behind `like`.
    fileprivate var quoted: String {
        var text = "\""
        for element in elements {
            switch element {
            case .anyRun: text += "*"
            case .scalar("*"): text += "\\*"
            case .scalar(let scalar): StringEscapes.append(scalar, to: &text)
            }
        }
        return text + "\""
    }
}
