/// All names a schema declares, and what a name means where it is used.
struct SchemaDefinitions {
    /// What a name stands for.
    enum Meaning {
        case builtIn(SchemaType)
        case common(String)
        case entity(String)
    }

    struct CommonType {
        let type: WrittenType
        /// The namespace in which the names of its definition are looked up.
        let namespace: String?
        let origin: SchemaOrigin
    }

    /// The declared entity types.
    private(set) var entityTypes: Set<String> = []
    /// The declared actions.
    private(set) var actions: Set<EntityUID> = []
    /// The declared common types.
    private(set) var commonTypes: [String: CommonType] = [:]
    /// The types of the declared actions, which attributes can refer to.
    private var actionTypes: Set<String> = []
    private var builtIn: [String: SchemaType] = [:]

    /// Gathers the names.
    ///
    /// - Throws: ``SchemaFault`` for an entity type called `Action`, and for a name of a namespace that hides one of
    ///   the empty namespace.
    init(_ declarations: SchemaDeclarations) throws(SchemaFault) {
        for namespace in declarations.namespaces {
            for type in namespace.entityTypes {
                guard !type.names.contains("Action") else {
                    throw SchemaFault("`Action` is the type of actions and cannot be declared", at: type.origin)
                }
                entityTypes.formUnion(type.names.map { $0.inNamespace(namespace.name) })
            }
            for type in namespace.commonTypes {
                commonTypes[type.name.inNamespace(namespace.name)] = CommonType(
                    type: type.type, namespace: namespace.name, origin: type.origin)
            }
            let actionType = "Action".inNamespace(namespace.name)
            for action in namespace.actions {
                actionTypes.insert(actionType)
                actions.formUnion(action.names.map { EntityUID(type: actionType, id: $0) })
            }
        }
        for (name, type) in BuiltInType.all {
            builtIn[name.inNamespace("__cedar")] = type
            // In the empty namespace a declaration goes before: then only the full name means the built-in type.
            if !entityTypes.contains(name), commonTypes[name] == nil { builtIn[name] = type }
        }
        try refuseHiding(in: declarations)
    }

    /// What a name means in a namespace: there first, then in the empty namespace; a common type goes before an
    /// entity type of the same name.
    func meaning(of name: WrittenName, in namespace: String?) throws(SchemaFault) -> Meaning {
        for path in Self.candidates(for: name.path, in: namespace) {
            if name.meaning != .entity {
                if commonTypes[path] != nil { return .common(path) }
                if let type = builtIn[path] { return .builtIn(type) }
            }
            if name.meaning != .common, entityTypes.contains(path) || actionTypes.contains(path) {
                return .entity(path)
            }
        }
        throw SchemaFault("`\(name.path)` is not declared", at: name.origin)
    }

    /// The paths a name may have, the first declared one being meant. A path of several parts is whole already.
    static func candidates(for name: String, in namespace: String?) -> [String] {
        guard let namespace, !name.contains(":") else { return [name] }
        return [name.inNamespace(namespace), name]
    }

    /// Without this, a declaration added to a namespace could silently change what the others in it mean.
    private func refuseHiding(in declarations: SchemaDeclarations) throws(SchemaFault) {
        for namespace in declarations.namespaces where namespace.name != nil {
            for type in namespace.entityTypes {
                for name in type.names where isDeclaredOutside(name) { throw Self.hiding(name, at: type.origin) }
            }
            for type in namespace.commonTypes where isDeclaredOutside(type.name) {
                throw Self.hiding(type.name, at: type.origin)
            }
            for action in namespace.actions {
                for name in action.names where actions.contains(EntityUID(type: "Action", id: name)) {
                    throw Self.hiding(StringEscapes.escape(name), at: action.origin)
                }
            }
        }
    }

    private func isDeclaredOutside(_ name: String) -> Bool { entityTypes.contains(name) || commonTypes[name] != nil }

    private static func hiding(_ name: String, at origin: SchemaOrigin) -> SchemaFault {
        SchemaFault("`\(name)` would hide what the empty namespace calls so", at: origin)
    }
}
