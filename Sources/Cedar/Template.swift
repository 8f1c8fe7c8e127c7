/// A policy with slots, which decides nothing until it is linked.
///
/// ```
/// permit (principal == ?principal, action == Action::"care.show", resource in ?resource);
/// ```
///
/// A slot stands for an entity and belongs to its place: `?principal` right of `==` or `in` behind `principal`,
/// `?resource` behind `resource`. ``PolicySet/linking(template:as:values:)`` makes a policy of a template.
///
/// <https://docs.cedarpolicy.com/policies/templates.html>
public struct Template: Sendable, Identifiable {
    /// The name under which it can be linked, given by the ``PolicySet``.
    public let id: String

    let body: PolicyBody
    /// Where it stands among the policies and templates of its set.
    let place: Int

    /// Whether the policies made from it permit or forbid.
    public var effect: Policy.Effect { body.effect }
    /// The annotations, which the policies made from it inherit.
    public var annotations: [String: String] { body.annotations }
    /// The template as written, from its first annotation to its semicolon.
    public var sourceText: String { body.sourceText }
    /// The slots to be filled. Only a template that came as JSON can have none.
    public var slots: Set<Slot> { body.scope.slots }

    /// The policy that comes of filling the slots.
    func linked(as id: String, values: [Slot: EntityUID], place: Int) throws(LinkingFault) -> Policy {
        let slots = slots
        for slot in Slot.allCases where slots.contains(slot) != (values[slot] != nil) {
            throw slots.contains(slot) ? .missingValue(slot) : .extraValue(slot)
        }
        return Policy(
            id: id, link: TemplateLink(templateID: self.id, values: values), body: body.filled(with: values),
            place: place)
    }
}

extension Template: Equatable {
    /// True when both have one name and are built alike, wherever and however they were written.
    public static func == (left: Template, right: Template) -> Bool {
        left.id.hasSameBytes(as: right.id) && left.body == right.body
    }
}
