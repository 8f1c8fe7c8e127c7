/// One rule: permit or forbid, for whom, which action, on what, and when.
public struct Policy: Sendable, Identifiable {
    /// What a satisfied policy does.
    public enum Effect: String, Sendable {
        /// Allows, unless a forbid is satisfied too.
        case permit
        /// Denies, whatever is permitted.
        case forbid
    }

    /// The name under which the policy is reported, given by the ``PolicySet``.
    public let id: String
    /// Whether it permits or forbids.
    public let effect: Effect
    /// The annotations, `@reason("…")`, by key; one without a value has the empty text. They mean nothing to Cedar.
    public let annotations: [String: String]
    /// The policy as written, from its first annotation to its semicolon.
    public let sourceText: String

    /// The byte offset in its text at which the policy begins.
    let offset: Int
    let scope: Scope
    let conditions: [Condition]

    struct Condition: Sendable {
        enum Kind: String {
            case when, unless
        }

        let kind: Kind
        let body: Expr
    }

    /// The same policy under another name.
    func named(_ id: String) -> Policy {
        Policy(
            id: id, effect: effect, annotations: annotations, sourceText: sourceText, offset: offset,
            scope: scope, conditions: conditions)
    }
}
