/// The JSON form of policies, which Cedar calls EST: the page `policies-as-json` of the documentation describes it.
///
/// <https://docs.cedarpolicy.com/policies/json-format.html>
extension PolicySet {
    /// Reads the JSON form of a set: an object with `staticPolicies`, `templates` and `templateLinks`.
    ///
    /// JSON objects have no order, so policies come in the order of their names, then templates, then links.
    ///
    /// - Throws: ``JSONFault``, by case.
    public init(est bytes: [UInt8]) throws(JSONFault) {
        try self.init(est: JSONValue(parsing: bytes))
    }

    /// Takes a set out of a JSON value in the same form.
    ///
    /// - Throws: ``JSONFault/unexpected(path:message:)``.
    public init(est json: JSONValue) throws(JSONFault) {
        let root = PolicyJSON(place: .document)
        let members = try root.members(of: json, required: ["staticPolicies", "templates", "templateLinks"])
        var draft = PolicySetDraft()
        for (id, policy) in try root.named("staticPolicies", in: members) {
            let reader = root.at("staticPolicies").at(id)
            let body = try reader.body(policy)
            guard body.scope.slots.isEmpty else { throw reader.fault("a static policy has no slots") }
            draft.add(policy: body, as: id.text)
        }
        for (id, template) in try root.named("templates", in: members) {
            let reader = root.at("templates").at(id)
            guard draft.add(template: try reader.body(template), as: id.text) else {
                throw reader.fault("a policy bears this name already")
            }
        }
        guard let links = members["templateLinks"]?.array else {
            throw root.at("templateLinks").fault("expected a list")
        }
        for (index, link) in links.enumerated() { try root.at("templateLinks").at(index).link(link, in: &draft) }
        self.init(draft)
    }

    /// The set in the JSON form, which ``init(est:)-(JSONValue)`` reads back.
    ///
    /// - Throws: ``JSONFault/unexpected(path:message:)`` for a policy that would nest deeper than 1,000 levels: a chain
    ///   takes two levels a term in this form.
    public var est: JSONValue {
        get throws(JSONFault) {
            var staticPolicies: [CedarString: JSONValue] = [:]
            var templates: [CedarString: JSONValue] = [:]
            var links: [JSONValue] = []
            for policy in policies {
                if let link = policy.link {
                    links.append(link.est(newID: policy.id))
                } else {
                    staticPolicies[CedarString(policy.id)] = try policy.est
                }
            }
            for template in self.templates { templates[CedarString(template.id)] = try template.est }
            return .object([
                "staticPolicies": .object(staticPolicies), "templates": .object(templates),
                "templateLinks": .array(links),
            ])
        }
    }
}

extension Policy {
    /// The policy in the JSON form, its name left out; the slots of a linked one are filled.
    ///
    /// - Throws: as ``PolicySet/est``.
    public var est: JSONValue {
        get throws(JSONFault) { try body.est(id: id) }
    }
}

extension Template {
    /// The template in the JSON form, its name left out.
    ///
    /// - Throws: as ``PolicySet/est``.
    public var est: JSONValue {
        get throws(JSONFault) { try body.est(id: id) }
    }
}

extension TemplateLink {
    fileprivate func est(newID: String) -> JSONValue {
        var members: [CedarString: JSONValue] = [:]
        for (slot, uid) in values { members[CedarString(slot.rawValue)] = .object(["__entity": uid.est]) }
        return .object([
            "templateId": .string(CedarString(templateID)), "newId": .string(CedarString(newID)),
            "values": .object(members),
        ])
    }
}

extension PolicyJSON {
    /// The members of an object of named policies, in the order of the names.
    fileprivate func named(
        _ key: CedarString, in members: [CedarString: JSONValue]
    ) throws(JSONFault) -> [(key: CedarString, value: JSONValue)] {
        guard let named = members[key]?.object else { throw at(key).fault("expected an object") }
        return named.sorted { $0.key < $1.key }
    }

    /// `{"templateId": …, "newId": …, "values": {"?principal": E}}`
    fileprivate func link(_ json: JSONValue, in draft: inout PolicySetDraft) throws(JSONFault) {
        let members = try members(of: json, required: ["templateId", "newId", "values"])
        guard let template = members["templateId"]?.string, let id = members["newId"]?.string else {
            throw fault("`templateId` and `newId` must be texts")
        }
        guard let filling = members["values"]?.object else { throw at("values").fault("expected an object") }
        var values: [Slot: EntityUID] = [:]
        for (key, value) in filling {
            guard let slot = Slot(key) else { throw at("values").fault("there is no slot `\(key)`") }
            values[slot] = try at("values").at(key).uid(value)
        }
        do { try draft.link(template: template, as: id, values: values) } catch { throw fault(error.description) }
    }
}
