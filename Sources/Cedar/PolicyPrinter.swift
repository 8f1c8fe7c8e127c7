/// Policies written out again, in one way whatever way they were written before.
///
/// What the parser reads from the text is equal to what was written: the same effect, annotations, scope and
/// conditions. Comments and the places in the text are lost; annotations come in the order of their keys.
extension Policy: CustomStringConvertible {
    /// The policy as text that reads back as this policy; the slots of a linked one are filled in.
    public var description: String { body.text }
}

extension Template: CustomStringConvertible {
    /// The template as text that reads back as this template.
    public var description: String { body.text }
}

extension PolicySet: CustomStringConvertible {
    /// All policies and templates in the order they were added, as text that reads back as this set.
    ///
    /// The text has no form for names and links: names given otherwise than by ``init(parsing:)`` are lost, and a
    /// linked policy is written as any other. A template without slots is left out: as text it would be a policy.
    public var description: String {
        (policies.map { ($0.place, $0.body) } + templates.filter { !$0.slots.isEmpty }.map { ($0.place, $0.body) })
            .sorted { $0.0 < $1.0 }
            .map { $0.1.text + "\n" }
            .joined(separator: "\n")
    }
}

extension PolicyBody {
    /// How long a scope or a condition may get before it is broken into lines.
    private static let scalarsPerLine = 100

    /// The same body as read from its text.
    func reread() throws(ParseFault) -> PolicyBody {
        let text = text
        guard let body = try Parser.policies(in: text).first else {
            throw ParseFault("there is no policy", at: 0, in: Array(text.utf8))
        }
        return body
    }

    /// The text of the policy, from its first annotation to its semicolon.
    fileprivate var text: String {
        var lines = annotations.sorted { $0.key < $1.key }.map { key, value in
            bareAnnotations.contains(key) ? "@\(key)" : "@\(key)(\(StringEscapes.quote(value)))"
        }
        lines.append(scopeText)
        lines += conditions.map { condition in
            let body = Self.text(of: condition.body)
            return "\(condition.kind.rawValue) {\(body)}"
        }
        return lines.joined(separator: "\n") + ";"
    }

    private var scopeText: String {
        let parts = [
            "principal" + scope.principal.text(slot: .principal), "action" + scope.action.text,
            "resource" + scope.resource.text(slot: .resource),
        ]
        let line = "\(effect.rawValue) (\(parts.joined(separator: ", ")))"
        guard line.unicodeScalars.count > Self.scalarsPerLine else { return line }
        return "\(effect.rawValue) (\n    \(parts.joined(separator: ",\n    "))\n)"
    }

    /// What stands between the braces: one line, or a line for each term of a long chain.
    private static func text(of condition: Expr) -> String {
        guard let (terms, link) = ExpressionPrinter.chain(of: condition) else {
            return " \(ExpressionPrinter.text(of: condition)) "
        }
        let line = terms.joined(separator: " \(link) ")
        guard line.unicodeScalars.count > scalarsPerLine else { return " \(line) " }
        return "\n    \(terms.joined(separator: " \(link)\n    "))\n"
    }
}

extension EntityConstraint {
    fileprivate func text(slot: Slot) -> String {
        switch self {
        case .any: ""
        case .equal(let reference): " == \(reference.text(slot: slot))"
        case .isIn(let reference): " in \(reference.text(slot: slot))"
        case .isType(let type): " is \(type)"
        case .isTypeIn(let type, let reference): " is \(type) in \(reference.text(slot: slot))"
        }
    }
}

extension EntityReference {
    fileprivate func text(slot: Slot) -> String {
        switch self {
        case .entity(let uid): uid.description
        case .slot: slot.rawValue
        }
    }
}

extension ActionConstraint {
    fileprivate var text: String {
        switch self {
        case .any: ""
        case .equal(let uid): " == \(uid)"
        case .isIn(let uid): " in \(uid)"
        case .isInAny(let uids): " in [\(uids.map(\.description).joined(separator: ", "))]"
        }
    }
}
