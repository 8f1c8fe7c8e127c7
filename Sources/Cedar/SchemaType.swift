/// A type a schema speaks of, with every name resolved.
///
/// <https://docs.cedarpolicy.com/schema/human-readable-schema.html#type-declarations>
public indirect enum SchemaType: Hashable, Sendable {
    /// `Bool`
    case bool
    /// `Long`
    case long
    /// `String`
    case string
    /// An entity of the type at this path, `Office::Staff`.
    case entity(String)
    /// `Set<…>`
    case set(SchemaType)
    /// `{…}`
    case record(RecordType)
    /// `decimal`
    case decimal
    /// `ipaddr`
    case address
    /// `datetime`
    case datetime
    /// `duration`
    case duration
}

/// The attributes a record or an entity has: exactly these, but for those it may lack.
public struct RecordType: Hashable, Sendable {
    /// The attributes by name.
    public var attributes: [CedarString: AttributeType]

    /// A record type of these attributes.
    public init(_ attributes: [CedarString: AttributeType] = [:]) { self.attributes = attributes }
}

/// What a schema says of one attribute.
public struct AttributeType: Hashable, Sendable {
    /// What its value is.
    public let type: SchemaType
    /// False for one that may be absent, written `name?: T`.
    public let isRequired: Bool

    /// An attribute's type.
    public init(_ type: SchemaType, isRequired: Bool = true) {
        self.type = type
        self.isRequired = isRequired
    }
}
