/// The entities a request is decided among, with everything each of them is in.
public struct Entities: Sendable {
    private let entities: [EntityUID: Entity]
    /// Everything an entity is in, directly or through others, itself left out.
    private let ancestors: [EntityUID: Set<EntityUID>]

    /// How many pairs of an entity and something it is in are kept; a hierarchy with more is refused rather than let
    /// eat the memory.
    static let ancestorPairLimit = 2_000_000

    /// Why entities cannot be used together.
    public enum Fault: Error, Hashable, Sendable, CustomStringConvertible {
        /// Two different entities bear this name.
        case duplicate(EntityUID)
        /// This entity is, through its parents, in itself.
        case cycle(EntityUID)
        /// The hierarchy is too large to be held.
        case hierarchyTooLarge

        /// The reason in words.
        public var description: String {
            switch self {
            case .duplicate(let uid): "two different entities are called `\(uid)`"
            case .cycle(let uid): "`\(uid)` is in itself through its parents"
            case .hierarchyTooLarge: "the entities are in too many groups to be held"
            }
        }
    }

    /// No entities.
    public init() {
        entities = [:]
        ancestors = [:]
    }

    /// Takes entities together and works out what each is in.
    ///
    /// An entity given twice alike counts once.
    ///
    /// - Throws: ``Fault``, by case.
    public init(_ list: [Entity]) throws(Fault) {
        var entities: [EntityUID: Entity] = Dictionary(minimumCapacity: list.count)
        for entity in list {
            if let known = entities.updateValue(entity, forKey: entity.uid), known != entity {
                throw .duplicate(entity.uid)
            }
        }
        self.entities = entities
        ancestors = try AncestorClosure.ancestors(of: entities)
    }

    /// The entity of this name, or nil.
    public subscript(uid: EntityUID) -> Entity? { entities[uid] }

    /// How many entities there are.
    public var count: Int { entities.count }

    /// The `in` of the language: everything is in itself, and what is not there is in nothing else.
    func `is`(_ entity: EntityUID, in group: EntityUID) -> Bool {
        entity == group || ancestors[entity]?.contains(group) == true
    }
}

/// Works out what each entity is in, without recursion: a hostile hierarchy may be any number of levels deep.
private enum AncestorClosure {
    static func ancestors(of entities: [EntityUID: Entity]) throws(Entities.Fault) -> [EntityUID: Set<EntityUID>] {
        var finished: [EntityUID: Set<EntityUID>] = Dictionary(minimumCapacity: entities.count)
        var underway: Set<EntityUID> = []
        var pairCount = 0
        for start in entities.keys {
            var stack = [start]
            while let uid = stack.last {
                guard finished[uid] == nil, let entity = entities[uid] else {
                    stack.removeLast()
                    continue
                }
                if underway.insert(uid).inserted {
                    for parent in entity.parents where finished[parent] == nil {
                        // A parent still underway lies below this entity on the stack: the circle is closed.
                        guard !underway.contains(parent) else { throw .cycle(parent) }
                        if entities[parent] != nil { stack.append(parent) }
                    }
                    if stack.last != uid { continue }
                }
                let all = entity.parents.reduce(into: entity.parents) { $0.formUnion(finished[$1] ?? []) }
                pairCount += all.count
                guard pairCount <= Entities.ancestorPairLimit else { throw .hierarchyTooLarge }
                underway.remove(uid)
                finished[uid] = all
                stack.removeLast()
            }
        }
        return finished
    }
}
