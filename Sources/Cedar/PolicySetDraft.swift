/// A set of policies to which more is being added.
///
/// It holds what every set must keep: a name is borne once, by a policy or by a template; a policy has no slot, a
/// template has one.
struct PolicySetDraft {
    private(set) var policies: [Policy] = []
    private(set) var templates: [Template] = []
    private var templatePlaces: [CedarString: Int] = [:]
    private var names: Set<CedarString> = []

    /// An empty set.
    init() {}

    /// All of a set.
    init(_ set: PolicySet) {
        policies = set.policies
        templates = set.templates
        names = Set(policies.map { CedarString($0.id) } + templates.map { CedarString($0.id) })
        for (index, template) in templates.enumerated() { templatePlaces[CedarString(template.id)] = index }
    }

    /// Adds a policy, or a template where the body has slots, unless the name is taken; says whether it did.
    @discardableResult
    mutating func add(_ body: PolicyBody, as id: String) -> Bool {
        guard names.insert(CedarString(id)).inserted else { return false }
        if body.scope.slots.isEmpty {
            policies.append(Policy(id: id, link: nil, body: body, place: nextPlace))
        } else {
            templatePlaces[CedarString(id)] = templates.count
            templates.append(Template(id: id, body: body, place: nextPlace))
        }
        return true
    }

    /// Adds what a file holds, named after the file.
    mutating func add(file name: String, text: String) throws(ParseFault) {
        let bodies: [PolicyBody]
        do { bodies = try Parser.policies(in: text) } catch { throw error.inFile(name) }
        for (place, body) in bodies.enumerated() {
            let id = "\(name)/\(body.annotations["id"] ?? String(place))"
            guard add(body, as: id) else {
                throw ParseFault("two policies are called `\(id)`", at: body.offset, in: Array(text.utf8)).inFile(name)
            }
        }
    }

    /// Adds a policy made from a template.
    mutating func link(template: String, as id: String, values: [Slot: EntityUID]) throws(LinkingFault) {
        guard let index = templatePlaces[CedarString(template)] else { throw .unknownTemplate(template) }
        let policy = try templates[index].linked(as: id, values: values, place: nextPlace)
        guard names.insert(CedarString(id)).inserted else { throw .nameTaken(id) }
        policies.append(policy)
    }

    private var nextPlace: Int { policies.count + templates.count }
}
