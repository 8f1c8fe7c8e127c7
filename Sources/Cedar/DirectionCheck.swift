/// Finds texts that a reader sees in another order than a comparison does.
///
/// Some scalars turn the direction of writing without being seen, so that one identifier can pass for another.
///
/// <https://docs.cedarpolicy.com/policies/validation.html>
enum DirectionCheck {
    /// True when a text of the policy holds such a scalar.
    static func finds(in policy: PolicyBody) -> Bool {
        let scope = policy.scope
        return [scope.principal, scope.resource].contains { $0.entity.map(finds(in:)) ?? false }
            || scope.action.entities.contains(where: finds(in:)) || policy.conditions.contains { finds(in: $0.body) }
    }

    private static func finds(in expression: Expr) -> Bool {
        let isFound =
            switch expression.kind {
            case .literal(.string(let text)): finds(in: text.text.unicodeScalars)
            case .literal(.entity(let entity)): finds(in: entity)
            case .attribute(_, let name): finds(in: name.text.unicodeScalars)
            case .has(_, let path): path.contains { finds(in: $0.text.unicodeScalars) }
            case .record(let fields): fields.contains { finds(in: $0.name.text.unicodeScalars) }
            case .like(_, let pattern): pattern.elements.contains { $0.turnsDirection }
            default: false
            }
        return isFound || expression.kind.parts.contains(where: finds(in:))
    }

    private static func finds(in entity: EntityUID) -> Bool { finds(in: entity.id.unicodeScalars) }

    private static func finds(in text: String.UnicodeScalarView) -> Bool { text.contains { $0.turnsDirection } }
}

extension Unicode.Scalar {
    /// True for the embeddings, overrides and isolates of the bidirectional algorithm and for what ends them.
    fileprivate var turnsDirection: Bool {
        ("\u{202A}"..."\u{202E}").contains(self) || ("\u{2066}"..."\u{2069}").contains(self)
    }
}

extension Pattern.Element {
    fileprivate var turnsDirection: Bool {
        if case .scalar(let scalar) = self { scalar.turnsDirection } else { false }
    }
}

extension EntityConstraint {
    fileprivate var entity: EntityUID? {
        switch self {
        case .equal(.entity(let entity)), .isIn(.entity(let entity)), .isTypeIn(_, .entity(let entity)): entity
        case .any, .isType, .equal(.slot), .isIn(.slot), .isTypeIn(_, .slot): nil
        }
    }
}

extension ActionConstraint {
    fileprivate var entities: [EntityUID] {
        switch self {
        case .any: []
        case .equal(let action), .isIn(let action): [action]
        case .isInAny(let actions): actions
        }
    }
}
