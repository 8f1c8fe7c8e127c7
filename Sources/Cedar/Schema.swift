/// What entities, actions and contexts there are, with every name resolved and every hierarchy worked out.
///
/// <https://docs.cedarpolicy.com/schema/schema.html>
public struct Schema: Sendable {
    /// The entity types by their paths.
    public let entityTypes: [String: EntityTypeDeclaration]
    /// The actions by their names.
    public let actions: [EntityUID: ActionDeclaration]

    /// A schema of declarations that agree with one another: the readers of the two formats see to that.
    init(entityTypes: [String: EntityTypeDeclaration], actions: [EntityUID: ActionDeclaration]) {
        self.entityTypes = entityTypes
        self.actions = actions
    }
}

/// What a schema says of the entities of one type.
public struct EntityTypeDeclaration: Hashable, Sendable {
    /// The path of the type.
    public let name: String
    /// Every type such an entity may be in, directly or through others. A type may be among its own ancestors.
    public let ancestors: Set<String>
    /// Its attributes; empty for an enumerated type.
    public let attributes: RecordType
    /// The type of all its tags, nil for an entity without tags.
    public let tags: SchemaType?
    /// The only identifiers there are, for an enumerated type: `entity Colour enum ["red", "blue"];`
    public let enumeration: Set<CedarString>?
}

/// What a schema says of one action.
public struct ActionDeclaration: Hashable, Sendable {
    /// The action's name.
    public let uid: EntityUID
    /// The actions it is directly in.
    public let parents: Set<EntityUID>
    /// Every action it is in, directly or through others, itself left out.
    public let ancestors: Set<EntityUID>
    /// The entity types that may do it. Empty for a group of actions, which applies to nothing.
    public let principals: Set<String>
    /// The entity types it may be done to.
    public let resources: Set<String>
    /// The circumstances a request for it brings.
    public let context: RecordType
}
