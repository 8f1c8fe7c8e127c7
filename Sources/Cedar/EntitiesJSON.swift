extension Entities {
    /// Reads the JSON form of entities: a list of objects with `uid`, `attrs`, `parents` and, if wanted, `tags`.
    ///
    /// - Throws: ``JSONFault``, by case.
    public init(json bytes: [UInt8]) throws(JSONFault) {
        try self.init(JSONValue(parsing: bytes))
    }

    /// Takes entities out of a JSON value in the same form.
    ///
    /// - Throws: ``JSONFault``, but never its first case.
    public init(_ json: JSONValue) throws(JSONFault) {
        let root = ValueJSON(place: .document)
        guard let members = json.array else { throw root.fault("expected a list, found \(json.kindName)") }
        var list: [Entity] = []
        for (index, member) in members.enumerated() { list.append(try root.at(index).entity(member)) }
        do { try self.init(list) } catch { throw .entities(error) }
    }
}

extension Request {
    /// Reads the JSON form of a request: an object with `principal`, `action`, `resource` and, if wanted, `context`.
    ///
    /// - Throws: ``JSONFault``, by case.
    public init(json bytes: [UInt8]) throws(JSONFault) {
        try self.init(JSONValue(parsing: bytes))
    }

    /// Takes a request out of a JSON value in the same form.
    ///
    /// - Throws: ``JSONFault``, but never its first case.
    public init(_ json: JSONValue) throws(JSONFault) {
        let root = ValueJSON(place: .document)
        try root.expectKeys(of: json, required: ["principal", "action", "resource"], optional: ["context"])
        self.init(
            principal: try root.at("principal").writtenUID(json["principal"] ?? .null),
            action: try root.at("action").writtenUID(json["action"] ?? .null),
            resource: try root.at("resource").writtenUID(json["resource"] ?? .null),
            context: try root.at("context").context(json["context"] ?? .object([:])))
    }
}

extension ValueJSON {
    /// The circumstances are one value, which must be a record: unlike the attributes of an entity, they may be no escape.
    fileprivate func context(_ json: JSONValue) throws(JSONFault) -> CedarRecord {
        guard case .record(let record) = try value(json) else { throw fault("expected an object that is a record") }
        return record
    }
}

extension ValueJSON {
    /// One entity. With a schema, its attributes and tags are read as the types the schema gives them.
    func entity(_ json: JSONValue, schema: Schema? = nil) throws(JSONFault) -> Entity {
        try expectKeys(of: json, required: ["uid", "attrs", "parents"], optional: ["tags"])
        let uid = try at("uid").uid(json["uid"] ?? .null)
        guard let members = json["parents"]?.array else { throw at("parents").fault("expected a list") }
        var parents: Set<EntityUID> = []
        for (index, member) in members.enumerated() {
            let parent = try at("parents").at(index).uid(member)
            guard uid.baseTypeName != "Action" || parent.baseTypeName == "Action" else {
                throw at("parents").at(index).fault("an action can only be in an action")
            }
            parents.insert(parent)
        }
        let (attributes, tags) = (json["attrs"] ?? .null, json["tags"] ?? .object([:]))
        guard let schema, uid.baseTypeName != "Action" else {
            return Entity(
                uid: uid, attributes: try at("attrs").record(attributes), parents: parents,
                tags: try at("tags").record(tags))
        }
        guard let type = schema.entityTypes[uid.type] else {
            throw at("uid").fault("the schema has no such entity type")
        }
        return Entity(
            uid: uid, attributes: try at("attrs").record(attributes, as: type.attributes), parents: parents,
            tags: try at("tags").record(tags, allAs: type.tags))
    }
}
