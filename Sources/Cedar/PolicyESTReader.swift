/// Reads one policy or template in the JSON form; expressions are read in `ExpressionESTReader.swift`.
struct PolicyJSON {
    /// Where in the document we are.
    let place: ValueJSON.Place

    func fault(_ message: String) -> JSONFault {
        ValueJSON(place: place).fault(StringEscapes.visible(message))
    }

    func at(_ key: CedarString) -> PolicyJSON { PolicyJSON(place: .key(key, in: place)) }

    func at(_ index: Int) -> PolicyJSON { PolicyJSON(place: .index(index, in: place)) }

    /// The members of an object that has all the required keys, and no other than these and the optional ones.
    func members(
        of json: JSONValue, required: [CedarString], optional: [CedarString] = []
    ) throws(JSONFault) -> [CedarString: JSONValue] {
        try ValueJSON(place: place).expectKeys(of: json, required: required, optional: optional)
        return json.object ?? [:]
    }

    /// A policy or template.
    ///
    /// It is printed and parsed again, so that it has a text and its parts have places in that text.
    func body(_ json: JSONValue) throws(JSONFault) -> PolicyBody {
        let members = try members(
            of: json, required: ["effect", "principal", "action", "resource", "conditions"], optional: ["annotations"])
        guard let effect = members["effect"]?.string.flatMap(Policy.Effect.init(rawValue:)) else {
            throw at("effect").fault("expected `permit` or `forbid`")
        }
        let scope = Scope(
            principal: try at("principal").entityConstraint(members["principal"] ?? .null, slot: .principal),
            action: try at("action").actionConstraint(members["action"] ?? .null),
            resource: try at("resource").entityConstraint(members["resource"] ?? .null, slot: .resource))
        guard let list = members["conditions"]?.array else { throw at("conditions").fault("expected a list") }
        var conditions: [Policy.Condition] = []
        for (index, condition) in list.enumerated() {
            conditions.append(try at("conditions").at(index).condition(condition))
        }
        let (annotations, bareAnnotations) = try at("annotations").annotations(members["annotations"] ?? .object([:]))
        let body = PolicyBody(
            effect: effect, annotations: annotations, bareAnnotations: bareAnnotations, scope: scope,
            conditions: conditions, sourceText: "", offset: 0)
        do { return try body.reread() } catch { throw fault(error.message) }
    }

    /// `{"key": "value", "bare": null}`
    private func annotations(
        _ json: JSONValue
    ) throws(JSONFault) -> (annotations: [String: String], bare: Set<String>) {
        guard let members = json.object else { throw fault("expected an object, found \(json.kindName)") }
        var annotations: [String: String] = [:]
        var bare: Set<String> = []
        for (key, value) in members {
            guard key.isWord else { throw fault("`\(key)` is no annotation's name") }
            switch value {
            case .null: bare.insert(key.text)
            case .string: break
            default: throw at(key).fault("expected a text or null, found \(value.kindName)")
            }
            annotations[key.text] = value.string ?? ""
        }
        return (annotations, bare)
    }

    /// `{"kind": "when", "body": X}`
    private func condition(_ json: JSONValue) throws(JSONFault) -> Policy.Condition {
        let members = try members(of: json, required: ["kind", "body"])
        guard let kind = members["kind"]?.string.flatMap(Policy.Condition.Kind.init(rawValue:)) else {
            throw at("kind").fault("expected `when` or `unless`")
        }
        return Policy.Condition(kind: kind, body: try at("body").expression(members["body"] ?? .null, nesting: 1))
    }

    private func entityConstraint(_ json: JSONValue, slot: Slot) throws(JSONFault) -> EntityConstraint {
        switch try operation(of: json) {
        case "All", "all": return .any
        case "==": return .equal(try reference(json, slot: slot))
        case "in": return .isIn(try reference(json, slot: slot))
        case "is":
            let members = try members(of: json, required: ["op", "entity_type"], optional: ["in"])
            let type = try at("entity_type").type(members["entity_type"])
            guard let group = members["in"], group != .null else { return .isType(type) }
            return .isTypeIn(type, try at("in").reference(group, slot: slot))
        default: throw at("op").fault("expected `All`, `==`, `in` or `is`")
        }
    }

    private func actionConstraint(_ json: JSONValue) throws(JSONFault) -> ActionConstraint {
        switch try operation(of: json) {
        case "All", "all": return .any
        case "==": return .equal(try at("entity").action(json["entity"] ?? .null))
        case "in":
            if let single = json["entity"] { return .isIn(try at("entity").action(single)) }
            guard let list = json["entities"]?.array else { throw fault("expected `entity` or a list `entities`") }
            var actions: [EntityUID] = []
            for (index, member) in list.enumerated() { actions.append(try at("entities").at(index).action(member)) }
            return .isInAny(actions)
        default: throw at("op").fault("expected `All`, `==` or `in`")
        }
    }

    private func operation(of json: JSONValue) throws(JSONFault) -> CedarString {
        guard case .object(let members) = json else { throw fault("expected an object, found \(json.kindName)") }
        guard case .string(let operation) = members["op"] else { throw fault("`op` is missing or no text") }
        return operation
    }

    /// `entity`, or where there is none, `slot`. Other keys are not looked at: the reference engine has it so.
    private func reference(_ json: JSONValue, slot: Slot) throws(JSONFault) -> EntityReference {
        guard case .object(let members) = json else { throw fault("expected an object, found \(json.kindName)") }
        if let entity = members["entity"] { return .entity(try at("entity").uid(entity)) }
        guard case .string(let name) = members["slot"] else { throw fault("expected `entity` or `slot`") }
        guard Slot(name) == slot else { throw at("slot").fault("the slot here is `\(slot.rawValue)`, not `\(name)`") }
        return .slot
    }

    private func action(_ json: JSONValue) throws(JSONFault) -> EntityUID {
        let uid = try uid(json)
        guard uid.baseTypeName == "Action" else {
            throw fault("the action must be of a type `Action`, not `\(uid.type)`")
        }
        return uid
    }

    /// `{"type": T, "id": I}`, or the same under `__entity`. Other keys are not looked at: the reference engine has it so.
    func uid(_ json: JSONValue) throws(JSONFault) -> EntityUID {
        if json["__expr"]?.string != nil { throw fault("`__expr` is no longer a form of Cedar") }
        for written in [json["__entity"], json] {
            guard let type = written?["type"], type.string != nil, let id = written?["id"]?.string else { continue }
            return EntityUID(type: try at("type").type(type), id: id)
        }
        throw fault("expected an entity's name")
    }

    /// A type path without blanks, none of its words reserved.
    func type(_ json: JSONValue?) throws(JSONFault) -> String {
        guard let type = json?.string, TypePath.isWritten(type) else { throw fault("this is no entity type") }
        return type
    }
}

extension Slot {
    /// The slot of exactly these bytes, question mark included.
    init?(_ name: CedarString) {
        guard let slot = Slot.allCases.first(where: { $0.rawValue.hasSameBytes(as: name.text) }) else { return nil }
        self = slot
    }
}
