/// A schema as it is written, in either format: names not yet looked up, hierarchies not yet worked out.
///
/// Both readers see to what is a matter of form: a name stands once in its namespace, nothing is called what may not be.
struct SchemaDeclarations {
    var namespaces: [NamespaceDeclarations] = []
}

/// Where in its source a part of a schema stands, for faults.
enum SchemaOrigin: Sendable {
    /// A byte offset of a text.
    case offset(Int)
    /// A place in a JSON document.
    case place(ValueJSON.Place)
}

/// Why declarations make no schema, and where.
struct SchemaFault: Error {
    let message: String
    let origin: SchemaOrigin

    init(_ message: String, at origin: SchemaOrigin) {
        self.message = message
        self.origin = origin
    }
}

/// What stands in one namespace.
struct NamespaceDeclarations {
    /// The path of the namespace, nil for the empty one.
    let name: String?
    var entityTypes: [WrittenEntityType] = []
    var actions: [WrittenAction] = []
    var commonTypes: [WrittenCommonType] = []
}

/// `entity A, B in [C] {…} tags T;` or `entity A, B enum ["x"];`
struct WrittenEntityType {
    struct Standard {
        var parents: [WrittenName] = []
        /// A record, or in JSON the name of one.
        var shape = WrittenType.record([:])
        var tags: WrittenType?
    }

    enum Kind {
        case standard(Standard)
        case enumerated(Set<CedarString>)
    }

    let names: [String]
    let kind: Kind
    let origin: SchemaOrigin
}

/// `action a, "b" in [c] appliesTo {…};`
struct WrittenAction {
    /// The parent of an action. Its type may be left out.
    struct Parent {
        let type: String
        let id: String
        let origin: SchemaOrigin
    }

    let names: [String]
    var parents: [Parent] = []
    var principals: [WrittenName] = []
    var resources: [WrittenName] = []
    /// A record, or the name of one.
    var context = WrittenType.record([:])
    let origin: SchemaOrigin
}

/// `type T = …;`
struct WrittenCommonType {
    let name: String
    let type: WrittenType
    let origin: SchemaOrigin
}

/// A type as written.
indirect enum WrittenType {
    /// A type JSON calls by a word of its own.
    case builtIn(SchemaType)
    case set(WrittenType)
    case record([CedarString: WrittenAttribute])
    case name(WrittenName)
}

/// An attribute as written.
struct WrittenAttribute {
    let type: WrittenType
    let isRequired: Bool
}

/// A name that stands for a type declared elsewhere.
struct WrittenName {
    /// What the name may mean. Text always leaves both open; JSON can say which.
    enum Meaning {
        case entity, common, either
    }

    let path: String
    let meaning: Meaning
    let origin: SchemaOrigin
}
