/// What is known of a value before anything is evaluated.
///
/// These are the types of the schema, but a bool whose value is certain has a type of its own: so the validator sees
/// what can never be reached.
///
/// <https://docs.cedarpolicy.com/policies/validation.html>
indirect enum StaticType: Hashable, Sendable {
    /// A bool: always true, always false, or with nil either.
    case bool(Bool?)
    case long
    case string
    case entity(String)
    case set(StaticType)
    case record(Attributes)
    case decimal
    case address
    case datetime
    case duration

    typealias Attributes = [CedarString: Attribute]

    struct Attribute: Hashable, Sendable {
        let type: StaticType
        let isRequired: Bool
    }

    /// The type of any value of a type of the schema.
    init(_ type: SchemaType) {
        switch type {
        case .bool: self = .bool(nil)
        case .long: self = .long
        case .string: self = .string
        case .entity(let name): self = .entity(name)
        case .set(let member): self = .set(StaticType(member))
        case .record(let record): self = .record(Self.attributes(of: record))
        case .decimal: self = .decimal
        case .address: self = .address
        case .datetime: self = .datetime
        case .duration: self = .duration
        }
    }

    static func attributes(of record: RecordType) -> Attributes {
        record.attributes.mapValues { Attribute(type: StaticType($0.type), isRequired: $0.isRequired) }
    }
}

extension StaticType {
    /// The least type both belong to, or nil where strict validation knows none.
    ///
    /// Entities of two types have none, nor have records with different attributes or with one attribute that is
    /// required here and optional there.
    func joined(with other: StaticType) -> StaticType? {
        switch (self, other) {
        case (.bool(let left), .bool(let right)): .bool(left == right ? left : nil)
        case (.set(let left), .set(let right)): left.joined(with: right).map(StaticType.set)
        case (.record(let left), .record(let right)): Self.joined(left, right).map(StaticType.record)
        default: self == other ? self : nil
        }
    }

    private static func joined(_ left: Attributes, _ right: Attributes) -> Attributes? {
        // Nearly always both are one record of the schema, which a short text can make very large.
        guard left != right else { return left }
        guard left.count == right.count else { return nil }
        var result: Attributes = [:]
        for (name, attribute) in left {
            guard let other = right[name], other.isRequired == attribute.isRequired,
                let type = attribute.type.joined(with: other.type)
            else { return nil }
            result[name] = Attribute(type: type, isRequired: attribute.isRequired)
        }
        return result
    }

    /// True for the types `<` and its kin compare.
    var hasOrder: Bool { self == .long || self == .datetime || self == .duration }
}

extension StaticType: CustomStringConvertible {
    /// How many attributes of a record a message names.
    private static let describedAttributeCount = 6

    /// The type as a schema spells it, for messages; of a large record only the beginning.
    var description: String {
        switch self {
        case .bool: "Bool"
        case .long: "Long"
        case .string: "String"
        case .entity(let name): name
        case .set(let member): "Set<\(member)>"
        case .record(let attributes): Self.description(of: attributes)
        case .decimal: "decimal"
        case .address: "ipaddr"
        case .datetime: "datetime"
        case .duration: "duration"
        }
    }

    private static func description(of attributes: Attributes) -> String {
        var parts = attributes.sorted { $0.key < $1.key }.prefix(describedAttributeCount).map { name, attribute in
            "\(StringEscapes.escape(name.text))\(attribute.isRequired ? "" : "?"): \(attribute.type.outline)"
        }
        if attributes.count > describedAttributeCount { parts.append("…") }
        return "{\(parts.joined(separator: ", "))}"
    }

    /// The description with what lies within records left out.
    private var outline: String {
        switch self {
        case .set(let member): "Set<\(member.outline)>"
        case .record: "{…}"
        default: description
        }
    }
}
