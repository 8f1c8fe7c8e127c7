/// A thing policies know: its attributes, its tags and the groups it is directly in.
public struct Entity: Hashable, Sendable {
    /// The entity's name.
    public let uid: EntityUID
    /// What policies read as `principal.name`.
    public let attributes: CedarRecord
    /// The entities it is directly in. They need not exist.
    public let parents: Set<EntityUID>
    /// What policies read by `getTag`.
    public let tags: CedarRecord

    /// An entity.
    public init(
        uid: EntityUID, attributes: CedarRecord = [:], parents: Set<EntityUID> = [], tags: CedarRecord = [:]
    ) {
        self.uid = uid
        self.attributes = attributes
        self.parents = parents
        self.tags = tags
    }
}
