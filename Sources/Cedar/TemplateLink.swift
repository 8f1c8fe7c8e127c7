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
        case .unknownTemplate(let id): "there is no template `\(StringEscapes.visible(id))`"
        case .missingValue(let slot): "no value is given for `\(slot.rawValue)`"
        case .extraValue(let slot): "the template has no slot `\(slot.rawValue)`"
        case .nameTaken(let id): "something is called `\(StringEscapes.visible(id))` already"
        }
    }
}
