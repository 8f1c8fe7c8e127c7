extension Schema {
    /// Reads a schema in the JSON format; the page `schema` of the documentation describes it.
    ///
    /// <https://docs.cedarpolicy.com/schema/json-schema.html>
    ///
    /// - Throws: ``JSONFault``, by case.
    public init(json bytes: [UInt8]) throws(JSONFault) {
        try self.init(JSONValue(parsing: bytes))
    }

    /// Takes a schema out of a JSON value in the same format.
    ///
    /// - Throws: ``JSONFault/unexpected(path:message:)``.
    public init(_ json: JSONValue) throws(JSONFault) {
        let declarations = try SchemaJSON(ValueJSON(place: .document)).declarations(json)
        do {
            self = try SchemaResolver.schema(of: declarations)
        } catch {
            guard case .place(let place) = error.origin else { throw ValueJSON(place: .document).fault(error.message) }
            throw ValueJSON(place: place).fault(error.message)
        }
    }
}

/// Reads the declarations of a schema from JSON.
private struct SchemaJSON {
    /// The place in the document where we are.
    let reader: ValueJSON

    init(_ reader: ValueJSON) { self.reader = reader }

    func declarations(_ json: JSONValue) throws(JSONFault) -> SchemaDeclarations {
        var declarations = SchemaDeclarations()
        for (name, member) in try members(json) {
            guard name.text.isEmpty || TypePath.isWritten(name.text) else {
                throw at(name).fault("this is no namespace")
            }
            declarations.namespaces.append(try at(name).namespace(member, called: name.text.isEmpty ? nil : name.text))
        }
        return declarations
    }

    private func namespace(
        _ json: JSONValue, called name: String?
    ) throws(JSONFault) -> NamespaceDeclarations {
        let keys: [CedarString] = ["commonTypes", "entityTypes", "actions", "annotations"]
        let fields = try fields(of: json, keys, required: ["entityTypes", "actions"])
        var namespace = NamespaceDeclarations(name: name)
        for (name, member) in try at("commonTypes").members(fields["commonTypes"]) {
            namespace.commonTypes.append(try at("commonTypes").at(name).commonType(member, called: name.text))
        }
        for (name, member) in try at("entityTypes").members(fields["entityTypes"]) {
            namespace.entityTypes.append(try at("entityTypes").at(name).entityType(member, called: name.text))
        }
        for (name, member) in try at("actions").members(fields["actions"]) {
            namespace.actions.append(try at("actions").at(name).action(member, called: name.text))
        }
        let annotations = try at("annotations").members(fields["annotations"])
        guard name != nil || annotations.isEmpty else { throw at("annotations").fault("the empty namespace has none") }
        try checkAnnotations(fields)
        return namespace
    }

    private func commonType(_ json: JSONValue, called name: String) throws(JSONFault) -> WrittenCommonType {
        guard isDeclarable(name), !ReservedTypeName.all.contains(name) else { throw fault("no type may be called so") }
        var fields = try object(json)
        try checkAnnotations(fields)
        fields["annotations"] = nil
        return WrittenCommonType(name: name, type: try type(fields), origin: .place(reader.place))
    }

    private func entityType(_ json: JSONValue, called name: String) throws(JSONFault) -> WrittenEntityType {
        guard isDeclarable(name) else { throw fault("no entity type may be called so") }
        let keys: [CedarString] = ["memberOfTypes", "shape", "tags", "enum", "annotations"]
        let fields = try fields(of: json, keys)
        try checkAnnotations(fields)
        let kind: WrittenEntityType.Kind
        if let list = fields["enum"] {
            for key: CedarString in ["memberOfTypes", "shape", "tags"] where fields[key] != nil {
                throw at(key).fault("an enumerated type has none")
            }
            kind = .enumerated(try at("enum").identifiers(list))
        } else {
            var standard = WrittenEntityType.Standard()
            standard.parents = try at("memberOfTypes").entityTypeNames(fields["memberOfTypes"] ?? .array([]))
            if let shape = fields["shape"] { standard.shape = try at("shape").type(shape) }
            if let tags = fields["tags"] { standard.tags = try at("tags").type(tags) }
            kind = .standard(standard)
        }
        return WrittenEntityType(names: [name], kind: kind, origin: .place(reader.place))
    }

    private func action(_ json: JSONValue, called name: String) throws(JSONFault) -> WrittenAction {
        let fields = try fields(of: json, ["attributes", "appliesTo", "memberOf", "annotations"], mayBeNull: true)
        try checkAnnotations(fields)
        guard fields["attributes"] == nil else { throw at("attributes").fault("actions have no attributes") }
        var action = WrittenAction(names: [name], origin: .place(reader.place))
        if let members = fields["memberOf"] { action.parents = try at("memberOf").actionParents(members) }
        if let application = fields["appliesTo"] { try at("appliesTo").apply(application, to: &action) }
        return action
    }

    private func apply(_ json: JSONValue, to action: inout WrittenAction) throws(JSONFault) {
        let keys: [CedarString] = ["resourceTypes", "principalTypes", "context"]
        let fields = try fields(of: json, keys, required: ["resourceTypes", "principalTypes"])
        action.principals = try at("principalTypes").entityTypeNames(fields["principalTypes"] ?? .null)
        action.resources = try at("resourceTypes").entityTypeNames(fields["resourceTypes"] ?? .null)
        if let context = fields["context"] { action.context = try at("context").type(context) }
    }

    private func actionParents(_ json: JSONValue) throws(JSONFault) -> [WrittenAction.Parent] {
        var parents: [WrittenAction.Parent] = []
        for (index, member) in try list(json).enumerated() {
            let place = SchemaJSON(reader.at(index))
            let fields = try place.fields(of: member, ["id", "type"], required: ["id"], mayBeNull: true)
            guard let id = fields["id"]?.string else { throw place.at("id").fault("expected a text") }
            let type = try fields["type"].map { (type) throws(JSONFault) in try place.at("type").path(type) }
            parents.append(WrittenAction.Parent(type: type ?? "Action", id: id, origin: .place(place.reader.place)))
        }
        return parents
    }

    private func entityTypeNames(_ json: JSONValue) throws(JSONFault) -> [WrittenName] {
        var names: [WrittenName] = []
        for (index, member) in try list(json).enumerated() {
            names.append(try SchemaJSON(reader.at(index)).name(member, meaning: .entity))
        }
        return names
    }

    private func identifiers(_ json: JSONValue) throws(JSONFault) -> Set<CedarString> {
        var identifiers: Set<CedarString> = []
        for (index, member) in try list(json).enumerated() {
            guard case .string(let identifier) = member else {
                throw reader.at(index).fault("expected a text, found \(member.kindName)")
            }
            identifiers.insert(identifier)
        }
        guard !identifiers.isEmpty else { throw fault("expected at least one identifier") }
        return identifiers
    }
}

/// Types.
extension SchemaJSON {
    fileprivate func type(_ json: JSONValue) throws(JSONFault) -> WrittenType { try type(object(json)) }

    /// The object of a type, without what it has as an attribute or a declaration.
    fileprivate func type(_ fields: [CedarString: JSONValue]) throws(JSONFault) -> WrittenType {
        try reader.expectBoundedDepth()
        guard let word = fields["type"] else { throw fault("`type` is missing") }
        guard let kind = word.string else { throw at("type").fault("expected a text, found \(word.kindName)") }
        switch kind {
        case "String": return try only([], in: fields, .builtIn(.string))
        case "Long": return try only([], in: fields, .builtIn(.long))
        case "Boolean": return try only([], in: fields, .builtIn(.bool))
        case "Set":
            guard let element = fields["element"] else { throw fault("`element` is missing") }
            return try only(["element"], in: fields, .set(try at("element").type(element)))
        case "Record":
            if let isOpen = fields["additionalAttributes"], isOpen != .bool(false) {
                throw at("additionalAttributes").fault("records have no further attributes: expected false")
            }
            let attributes = try at("attributes").attributes(fields["attributes"])
            return try only(["attributes", "additionalAttributes"], in: fields, .record(attributes))
        case "Entity":
            return try only(["name"], in: fields, .name(try at("name").name(fields["name"], meaning: .entity)))
        case "EntityOrCommon":
            return try only(["name"], in: fields, .name(try at("name").name(fields["name"], meaning: .either)))
        case "Extension":
            guard let type = BuiltInType.extensions[try at("name").path(fields["name"])] else {
                throw at("name").fault("there is no such extension type")
            }
            return try only(["name"], in: fields, .builtIn(type))
        default: return try only([], in: fields, .name(try at("type").name(word, meaning: .common)))
        }
    }

    private func only(
        _ keys: [CedarString], in fields: [CedarString: JSONValue], _ type: WrittenType
    ) throws(JSONFault) -> WrittenType {
        for key in fields.keys.sorted() where key != "type" && !keys.contains(key) {
            throw fault("there is no key `\(key)` here")
        }
        return type
    }

    private func attributes(_ json: JSONValue?) throws(JSONFault) -> [CedarString: WrittenAttribute] {
        guard let json else { throw fault("expected an object") }
        var attributes: [CedarString: WrittenAttribute] = [:]
        for (name, member) in try members(json) {
            let place = at(name)
            var fields = try place.object(member)
            try place.checkAnnotations(fields)
            fields["annotations"] = nil
            let isRequired = fields.removeValue(forKey: "required") ?? .bool(true)
            guard case .bool(let isRequired) = isRequired else { throw place.at("required").fault("expected a bool") }
            attributes[name] = WrittenAttribute(type: try place.type(fields), isRequired: isRequired)
        }
        return attributes
    }

    fileprivate func name(_ json: JSONValue?, meaning: WrittenName.Meaning) throws(JSONFault) -> WrittenName {
        WrittenName(path: try path(json), meaning: meaning, origin: .place(reader.place))
    }

    fileprivate func path(_ json: JSONValue?) throws(JSONFault) -> String {
        guard let path = json?.string, TypePath.isWritten(path, reserved: ReservedWord.inSchemas) else {
            throw fault("expected a name such as `Office::Staff`")
        }
        return path
    }
}

/// Objects and lists.
extension SchemaJSON {
    fileprivate func fault(_ message: String) -> JSONFault { reader.fault(message) }

    fileprivate func at(_ key: CedarString) -> SchemaJSON { SchemaJSON(reader.at(key)) }

    fileprivate func object(_ json: JSONValue) throws(JSONFault) -> [CedarString: JSONValue] {
        guard case .object(let members) = json else { throw fault("expected an object, found \(json.kindName)") }
        return members
    }

    /// The members of an object in the order of their keys; none if there is no object.
    fileprivate func members(_ json: JSONValue?) throws(JSONFault) -> [(key: CedarString, value: JSONValue)] {
        guard let json else { return [] }
        return try object(json).sorted { $0.key < $1.key }
    }

    fileprivate func list(_ json: JSONValue) throws(JSONFault) -> [JSONValue] {
        guard case .array(let members) = json else { throw fault("expected a list, found \(json.kindName)") }
        return members
    }

    /// The values of an object with these keys and no others.
    ///
    /// A list of the values in the order of the keys may stand for it, as the reference engine has it; the last ones may
    /// be left out.
    fileprivate func fields(
        of json: JSONValue, _ keys: [CedarString], required: [CedarString] = [], mayBeNull: Bool = false
    ) throws(JSONFault) -> [CedarString: JSONValue] {
        var fields: [CedarString: JSONValue] = [:]
        if case .array(let values) = json {
            guard values.count <= keys.count else { throw fault("expected at most \(keys.count) values") }
            for (key, value) in zip(keys, values) { fields[key] = value }
        } else {
            fields = try object(json)
        }
        for key in fields.keys.sorted() where !keys.contains(key) { throw fault("there is no key `\(key)` here") }
        for key in required where fields[key] == nil { throw fault("`\(key)` is missing") }
        guard mayBeNull else { return fields }
        return fields.filter { $0.value != .null || required.contains($0.key) || $0.key == "annotations" }
    }

    /// Annotations say nothing here, but must be texts or null under words.
    fileprivate func checkAnnotations(_ fields: [CedarString: JSONValue]) throws(JSONFault) {
        for (key, value) in try at("annotations").members(fields["annotations"]) {
            let isWord = TypePath.isWritten(key.text, reserved: []) && !key.text.contains(":")
            guard isWord, value.string != nil || value == .null else {
                throw at("annotations").at(key).fault("expected a text or null under a word")
            }
        }
    }

    /// True for a word that may name a type.
    fileprivate func isDeclarable(_ name: String) -> Bool { TypePath.isWritten(name) && !name.contains(":") }
}
