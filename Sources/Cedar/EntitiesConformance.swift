extension Entities {
    /// Reads the JSON form of entities by a schema, and adds the schema's actions.
    ///
    /// Entities and extension values may stand without their escapes where the schema says what they are. Every entity
    /// must have exactly the attributes and tags of its type and be in what the type may be in; of an enumerated type
    /// only the listed entities exist. An action may be given only as the schema has it.
    ///
    /// <https://docs.cedarpolicy.com/auth/entities-syntax.html>
    ///
    /// - Throws: ``JSONFault``, by case.
    public init(json bytes: [UInt8], schema: Schema) throws(JSONFault) {
        try self.init(JSONValue(parsing: bytes), schema: schema)
    }

    /// Takes entities out of a JSON value in the same form.
    ///
    /// - Throws: ``JSONFault``, but never its first case.
    public init(_ json: JSONValue, schema: Schema) throws(JSONFault) {
        let root = ValueJSON(place: .document)
        guard let members = json.array else { throw root.fault("expected a list, found \(json.kindName)") }
        var things: [Entity] = []
        var actions: [EntityUID: Entity] = [:]
        for (index, member) in members.enumerated() {
            let entity = try root.at(index).entity(member, schema: schema)
            do { try entity.validate(against: schema) } catch { throw root.at(index).fault(error.description) }
            guard entity.uid.baseTypeName == "Action" else {
                things.append(entity)
                continue
            }
            if let known = actions.updateValue(entity, forKey: entity.uid), known != entity {
                throw .entities(.duplicate(entity.uid))
            }
        }
        for (index, member) in members.enumerated() {
            let uid = try root.at(index).at("uid").uid(member["uid"] ?? .null)
            guard let declared = schema.actions[uid], actions[uid] != nil else { continue }
            guard Self.ancestors(of: uid, among: actions) == declared.ancestors else {
                throw root.at(index).fault("this action is in other actions than the schema says")
            }
        }
        do { try self.init(things + schema.actionEntities) } catch { throw .entities(error) }
    }

    /// What an action is in by the actions given. Each is in no more than the schema says, so this comes to an end.
    private static func ancestors(of uid: EntityUID, among actions: [EntityUID: Entity]) -> Set<EntityUID> {
        var ancestors: Set<EntityUID> = []
        var unread = [uid]
        while let next = unread.popLast() {
            for parent in actions[next]?.parents ?? [] where ancestors.insert(parent).inserted { unread.append(parent) }
        }
        return ancestors
    }
}

extension Schema {
    /// An entity for each action, in the actions it is in.
    public var actionEntities: [Entity] { actions.values.map { Entity(uid: $0.uid, parents: $0.parents) } }
}

extension Entity {
    /// Requires the entity to be as a schema would have it.
    ///
    /// Of an action it is required that it is declared, has no attributes or tags and is in no other actions than the
    /// schema says, be it directly or not.
    ///
    /// - Throws: ``ConformanceFault`` at the first thing that is not.
    public func validate(against schema: Schema) throws(ConformanceFault) {
        let conformance = Conformance(schema: schema)
        try conformance.check(uid, "the entity")
        guard uid.baseTypeName != "Action" else { return try validateAction(against: schema) }
        guard let type = schema.entityTypes[uid.type] else {
            throw ConformanceFault("the schema has no entity type `\(uid.type)`")
        }
        try conformance.check(attributes, is: type.attributes, " of `\(type.name)`")
        for parent in parents {
            try conformance.check(parent, "a parent")
            guard type.ancestors.contains(parent.type) else {
                throw ConformanceFault("a `\(type.name)` cannot be in a `\(parent.type)`")
            }
        }
        guard let tagType = type.tags else {
            guard tags.isEmpty else { throw ConformanceFault("a `\(type.name)` has no tags") }
            return
        }
        for name in tags.names {
            if let value = tags[name] { try conformance.check(value, is: tagType, "a tag of `\(type.name)`") }
        }
    }

    private func validateAction(against schema: Schema) throws(ConformanceFault) {
        guard attributes.isEmpty, tags.isEmpty else { throw ConformanceFault("an action has no attributes or tags") }
        guard let declared = schema.actions[uid], parents.isSubset(of: declared.ancestors) else {
            throw ConformanceFault("the action is in other actions than the schema says")
        }
    }
}
