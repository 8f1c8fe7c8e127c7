/// Why entities or a request are not as a schema would have them. It holds no values.
public struct ConformanceFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong, naming types, attributes and actions of the schema.
    public let description: String

    init(_ description: String) { self.description = description }
}

/// Compares values with the types of a schema.
struct Conformance {
    let schema: Schema

    /// Requires a value to be of a type: a record to have exactly its attributes, an entity to be one there can be.
    func check(_ value: Value, is type: SchemaType, _ subject: String) throws(ConformanceFault) {
        switch (type, value) {
        case (.bool, .bool), (.long, .long), (.string, .string), (.decimal, .decimal), (.address, .address),
            (.datetime, .datetime), (.duration, .duration):
            return
        case (.entity(let path), .entity(let uid)):
            guard uid.type.hasSameBytes(as: path) else {
                throw ConformanceFault("\(subject) must be of type `\(path)`")
            }
            try check(uid, subject)
        case (.set(let element), .set(let set)):
            for member in set.members { try check(member, is: element, "a member of \(subject)") }
        case (.record(let type), .record(let record)): try check(record, is: type, " of \(subject)")
        default: throw ConformanceFault("\(subject) is of type \(value.typeName), but must be of type \(type.name)")
        }
    }

    /// Requires a record to have exactly the attributes of a type.
    func check(_ record: CedarRecord, is type: RecordType, _ ofSubject: String) throws(ConformanceFault) {
        for name in record.names {
            guard let value = record[name], let attribute = type.attributes[name] else {
                throw ConformanceFault("the schema has no attribute `\(Self.shown(name))`\(ofSubject)")
            }
            try check(value, is: attribute.type, "the attribute `\(Self.shown(name))`\(ofSubject)")
        }
        for (name, attribute) in type.attributes where attribute.isRequired && record[name] == nil {
            throw ConformanceFault("the attribute `\(Self.shown(name))`\(ofSubject) is missing")
        }
    }

    /// Requires a name to be one there can be: of an enumerated type only the listed ones, of actions the declared ones.
    func check(_ uid: EntityUID, _ subject: String) throws(ConformanceFault) {
        // Swift takes the Kelvin sign for a K, and the schema's names are found as Swift compares them.
        guard uid.type.utf8.allSatisfy({ $0 < 0x80 }) else {
            throw ConformanceFault("\(subject) is of no type there can be")
        }
        if let listed = schema.entityTypes[uid.type]?.enumeration, !listed.contains(CedarString(uid.id)) {
            throw ConformanceFault("\(subject) is none of the entities listed for `\(uid.type)`")
        }
        if uid.baseTypeName == "Action", schema.actions[uid] == nil {
            throw ConformanceFault("\(subject) is no action of the schema")
        }
    }

    private static func shown(_ name: CedarString) -> String { StringEscapes.escape(name.text) }
}

extension SchemaType {
    /// The type's name, without what it is made of.
    fileprivate var name: String {
        switch self {
        case .bool: "bool"
        case .long: "long"
        case .string: "string"
        case .entity(let path): "`\(path)`"
        case .set: "set"
        case .record: "record"
        case .decimal: "decimal"
        case .address: "ipaddr"
        case .datetime: "datetime"
        case .duration: "duration"
        }
    }
}
