/// One rule: permit or forbid, for whom, which action, on what, and when.
///
/// <https://docs.cedarpolicy.com/policies/syntax-policy.html>
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
    /// The template it was made from, and what fills the slots; nil for a policy written out whole.
    public let link: TemplateLink?

    let body: PolicyBody
    /// Where it stands among the policies and templates of its set.
    let place: Int

    /// Whether it permits or forbids.
    public var effect: Effect { body.effect }
    /// The annotations, `@reason("…")`, by key; one without a value has the empty text. They mean nothing to Cedar.
    public var annotations: [String: String] { body.annotations }
    /// The policy as written, from its first annotation to its semicolon; for a linked policy the text of its template.
    public var sourceText: String { body.sourceText }

    /// The byte offset in its text at which the policy begins.
    var offset: Int { body.offset }
    var scope: Scope { body.scope }
    var conditions: [Condition] { body.conditions }

    struct Condition: Equatable, Sendable {
        enum Kind: String {
            case when, unless
        }

        let kind: Kind
        let body: Expr
    }
}

extension Policy: Equatable {
    /// True when both have one name and are built alike, link included, wherever and however they were written.
    public static func == (left: Policy, right: Policy) -> Bool {
        left.id.hasSameBytes(as: right.id) && left.link == right.link && left.body == right.body
    }
}
