/// What a policy and a template have in common: everything but the name.
struct PolicyBody: Sendable {
    let effect: Policy.Effect
    /// The annotations by key; one without a value has the empty text.
    let annotations: [String: String]
    /// The keys of the annotations written without a value. `@a` and `@a("")` mean the same and are told apart only
    /// when they are written out again.
    let bareAnnotations: Set<String>
    let scope: Scope
    let conditions: [Policy.Condition]
    /// The text as written, from the first annotation to the semicolon.
    let sourceText: String
    /// The byte offset in its text at which the policy begins.
    let offset: Int

    /// The same body with every slot filled.
    func filled(with values: [Slot: EntityUID]) -> PolicyBody {
        PolicyBody(
            effect: effect, annotations: annotations, bareAnnotations: bareAnnotations,
            scope: scope.filled(with: values), conditions: conditions, sourceText: sourceText, offset: offset)
    }
}

extension PolicyBody: Equatable {
    /// True when both are built alike, wherever and however they were written.
    static func == (left: PolicyBody, right: PolicyBody) -> Bool {
        left.effect == right.effect && left.scope == right.scope && left.conditions == right.conditions
            && left.bareAnnotations == right.bareAnnotations && left.annotations.count == right.annotations.count
            && left.annotations.allSatisfy { key, value in
                right.annotations[key].map { $0.hasSameBytes(as: value) } ?? false
            }
    }
}
