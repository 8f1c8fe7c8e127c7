/// The policies a request is decided by, and the templates more can be made from.
public struct PolicySet: Sendable {
    /// The policies, those made from templates among them, in the order they were added.
    public let policies: [Policy]
    /// The templates in the order they were added. They decide nothing.
    public let templates: [Template]

    /// A set without a policy, which denies everything.
    public init() { self.init(PolicySetDraft()) }

    /// Every set is made here, once no more is added to it.
    init(_ draft: PolicySetDraft) {
        policies = draft.policies
        templates = draft.templates
    }

    /// Reads policies and templates from one text and names them by their place: `policy0`, `policy1`, …
    ///
    /// - Throws: ``ParseFault`` at the first thing that is not Cedar.
    public init(parsing text: String) throws(ParseFault) {
        var draft = PolicySetDraft()
        for (place, body) in try Parser.policies(in: text).enumerated() { draft.add(body, as: "policy\(place)") }
        self.init(draft)
    }

    /// Reads policies and templates from several files, each named after its file: `care.cedar/closed-never-opens` for
    /// one with `@id("closed-never-opens")`, `care.cedar/2` for the third of the file without `@id`.
    ///
    /// - Throws: ``ParseFault`` with the file's name, also when two would bear the same name.
    public init(files: [(name: String, text: String)]) throws(ParseFault) {
        var draft = PolicySetDraft()
        for file in files { try draft.add(file: file.name, text: file.text) }
        self.init(draft)
    }

    /// This set and the policies and templates of one more file, named as in ``init(files:)``.
    ///
    /// - Throws: ``ParseFault`` with the file's name, also when two would bear the same name.
    public func adding(file name: String, text: String) throws(ParseFault) -> PolicySet {
        var draft = PolicySetDraft(self)
        try draft.add(file: name, text: text)
        return PolicySet(draft)
    }

    /// This set and one more policy, made from one of its templates.
    ///
    /// The policy has its own name and inherits the template's annotations. The template stays and can be linked again.
    ///
    /// - Parameters:
    ///   - template: the template's name.
    ///   - id: the name of the new policy, which no policy and no template of the set may bear.
    ///   - values: an entity for each slot of the template, and for no other.
    /// - Throws: ``LinkingFault``, by case.
    public func linking(
        template: String, as id: String, values: [Slot: EntityUID]
    ) throws(LinkingFault) -> PolicySet {
        var draft = PolicySetDraft(self)
        try draft.link(template: template, as: id, values: values)
        return PolicySet(draft)
    }

    /// The policy of this name, or nil.
    public subscript(id: String) -> Policy? { policies.first { $0.id.hasSameBytes(as: id) } }

    /// The template of this name, or nil.
    public func template(_ id: String) -> Template? { templates.first { $0.id.hasSameBytes(as: id) } }
}

extension PolicySet: Equatable {
    /// True when both have the same policies and templates in the same order, wherever and however they were written.
    public static func == (left: PolicySet, right: PolicySet) -> Bool {
        left.policies == right.policies && left.templates == right.templates
    }
}
