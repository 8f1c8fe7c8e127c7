/// The name of an entity: a type and an identifier, `Staff::"s-7K3M"`.
///
/// Two are equal when both parts have the same bytes. Types are compared whole: `Office::Staff` is not `Staff`.
public struct EntityUID: Sendable {
    let storage: Storage

    /// The type path, `Staff` or `Office::Staff`.
    public var type: String { storage.type.text }
    /// The identifier: any text, the empty one included.
    public var id: String { storage.id }

    /// Names an entity.
    ///
    /// Nothing is checked: a type no policy could spell merely matches no policy. For text from outside use
    /// ``init(parsing:)`` or a JSON reader, which check.
    public init(type: String, id: String) { storage = Storage(type: CedarString(type).storage, id: id) }

    /// Reads the written form, `Staff::"s-7K3M"`.
    ///
    /// - Throws: ``ParseFault`` where the text is anything else.
    public init(parsing text: String) throws(ParseFault) {
        var parser = try Parser(text)
        self = try parser.entityUID()
        try parser.expectEnd()
    }

    init(storage: Storage) { self.storage = storage }

    /// The last part of the type path.
    var baseTypeName: Substring {
        guard let colon = type.lastIndex(of: ":") else { return type[...] }
        return type[type.index(after: colon)...]
    }

    /// A name with its hash, worked out once.
    final class Storage: Sendable {
        let type: CedarString.Storage
        let id: String
        let hash: Int

        init(type: CedarString.Storage, id: String) {
            self.type = type
            var id = id
            id.makeContiguousUTF8()
            self.id = id
            var hasher = Hasher()
            hasher.combine(type.hash)
            id.hashBytes(into: &hasher)
            hash = hasher.finalize()
        }

        /// True when type and identifier have the same bytes.
        func isSame(as other: Storage) -> Bool {
            hash == other.hash && id.hasSameBytes(as: other.id)
                && (type === other.type || type.hasSameBytes(as: other.type))
        }
    }
}

extension EntityUID: Hashable {
    /// True when type and identifier have the same bytes.
    public static func == (left: EntityUID, right: EntityUID) -> Bool {
        left.storage === right.storage || left.storage.isSame(as: right.storage)
    }

    /// Feeds the name's hash to the hasher.
    public func hash(into hasher: inout Hasher) { hasher.combine(storage.hash) }
}

extension EntityUID: CustomStringConvertible {
    /// The written form, with the identifier escaped, so that ``init(parsing:)`` reads the same name back.
    public var description: String { "\(type)::\"\(StringEscapes.escape(id))\"" }
}
