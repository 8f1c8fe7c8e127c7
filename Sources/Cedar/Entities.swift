/// The entities a request is decided among, with everything each of them is in.
///
/// <https://docs.cedarpolicy.com/auth/entities-syntax.html>
public struct Entities: Sendable {
    let table: EntityTable

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
    public init() { table = .empty }

    /// Takes entities together and works out what each is in.
    ///
    /// An entity given twice alike counts once.
    ///
    /// - Throws: ``Fault``, by case.
    public init(_ list: [Entity]) throws(Fault) { table = try EntityTable(list) }

    /// The entity of this name, or nil.
    public subscript(uid: EntityUID) -> Entity? {
        let place = table.place(of: uid.storage)
        return place < table.list.count ? table.list[place] : nil
    }

    /// How many entities there are.
    public var count: Int { table.list.count }

    /// All of them, each once, in the order given.
    public var all: [Entity] { table.list }

    /// The `in` of the language: everything is in itself, and what is not there is in nothing else.
    func `is`(_ entity: EntityUID, in group: EntityUID) -> Bool { table.is(entity.storage, in: group.storage) }
}
