/// The names no common type may have, since JSON uses them for the types themselves.
enum ReservedTypeName {
    static let all: Set<String> = ["Bool", "Boolean", "Entity", "Extension", "Long", "Record", "Set", "String"]
}

/// The types that are there without being declared.
enum BuiltInType {
    static let all: [(name: String, type: SchemaType)] =
        [("Bool", .bool), ("Long", .long), ("String", .string)] + extensions.map { ($0.key, $0.value) }

    static let extensions: [String: SchemaType] = [
        "decimal": .decimal, "ipaddr": .address, "datetime": .datetime, "duration": .duration,
    ]
}

extension String {
    /// True for a path of which a part is `__cedar`.
    var containsReservedNamespace: Bool {
        split(separator: ":").contains("__cedar")
    }

    /// The last part of a path.
    var baseOfPath: Substring {
        guard let colon = lastIndex(of: ":") else { return self[...] }
        return self[index(after: colon)...]
    }

    /// The path of this name in a namespace.
    func inNamespace(_ namespace: String?) -> String { namespace.map { "\($0)::\(self)" } ?? self }
}
