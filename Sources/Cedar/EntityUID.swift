/// The name of an entity: a type and an identifier, `Staff::"s-7K3M"`.
///
/// Two are equal when both parts have the same bytes. Types are compared whole: `Office::Staff` is not `Staff`.
public struct EntityUID: Sendable {
    /// The type path, `Staff` or `Office::Staff`.
    public let type: String
    /// The identifier: any text, the empty one included.
    public let id: String

    /// Names an entity.
    ///
    /// Nothing is checked: a type no policy could spell merely matches no policy. For text from outside use
    /// ``init(parsing:)`` or a JSON reader, which check.
    public init(type: String, id: String) {
        self.type = type
        self.id = id
    }

    /// Reads the written form, `Staff::"s-7K3M"`.
    ///
    /// - Throws: ``ParseFault`` where the text is anything else.
    public init(parsing text: String) throws(ParseFault) {
        var parser = try Parser(text)
        self = try parser.entityUID()
        try parser.expectEnd()
    }

    /// The last part of the type path.
    var baseTypeName: Substring {
        guard let colon = type.lastIndex(of: ":") else { return type[...] }
        return type[type.index(after: colon)...]
    }
}

extension EntityUID: Hashable {
    /// True when type and identifier have the same bytes.
    public static func == (left: EntityUID, right: EntityUID) -> Bool {
        // The identifier first: it is the part that differs.
        left.id.hasSameBytes(as: right.id) && left.type.hasSameBytes(as: right.type)
    }

    /// Feeds the bytes of both parts to the hasher.
    public func hash(into hasher: inout Hasher) {
        type.hashBytes(into: &hasher)
        id.hashBytes(into: &hasher)
    }
}

extension EntityUID: CustomStringConvertible {
    /// The written form, with the identifier escaped, so that ``init(parsing:)`` reads the same name back.
    public var description: String { "\(type)::\"\(StringEscapes.escape(id))\"" }
}
