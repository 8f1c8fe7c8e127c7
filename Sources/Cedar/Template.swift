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
    /// The slots to be filled, at least one.
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

/// A place in a template's scope where an entity is still to be put.
public enum Slot: String, CaseIterable, Sendable {
    /// `?principal`
    case principal = "?principal"
    /// `?resource`
    case resource = "?resource"
}

/// How a policy came of a template.
public struct TemplateLink: Sendable {
    /// The template's name.
    public let templateID: String
    /// What fills each of its slots.
    public let values: [Slot: EntityUID]
}

extension TemplateLink: Hashable {
    /// True when template and values are the same, by their bytes.
    public static func == (left: TemplateLink, right: TemplateLink) -> Bool {
        left.templateID.hasSameBytes(as: right.templateID) && left.values == right.values
    }

    /// Feeds the template's name and the values to the hasher.
    public func hash(into hasher: inout Hasher) {
        templateID.hashBytes(into: &hasher)
        hasher.combine(values)
    }
}

/// Why a template could not be linked.
public enum LinkingFault: Error, Hashable, Sendable {
    /// The set has no template of this name.
    case unknownTemplate(String)
    /// The template has a slot for which no value was given.
    case missingValue(Slot)
    /// A value was given for a slot the template does not have.
    case extraValue(Slot)
    /// A policy or a template of the set bears the name already.
    case nameTaken(String)
}

extension LinkingFault: CustomStringConvertible {
    /// The reason in words.
    public var description: String {
        switch self {
        case .unknownTemplate(let id): "there is no template `\(id)`"
        case .missingValue(let slot): "no value is given for `\(slot.rawValue)`"
        case .extraValue(let slot): "the template has no slot `\(slot.rawValue)`"
        case .nameTaken(let id): "something is called `\(id)` already"
        }
    }
}
