/// Makes a schema of declarations: looks every name up, writes common types out and works out the hierarchies.
struct SchemaResolver {
    /// How many types all declarations together may come to with their common types written out. Each common type may
    /// use the one before twice, so a short text can stand for more than any memory.
    static let typeCountLimit = 1_000_000

    static func schema(of declarations: SchemaDeclarations) throws(SchemaFault) -> Schema {
        var resolver = SchemaResolver(try SchemaDefinitions(declarations))
        for namespace in declarations.namespaces {
            for type in namespace.commonTypes {
                _ = try resolver.commonType(type.name.inNamespace(namespace.name), usedAt: type.origin)
            }
        }
        var entityTypes = SchemaHierarchy<String>()
        var drafts: [EntityDraft] = []
        for namespace in declarations.namespaces {
            for type in namespace.entityTypes {
                let draft = try resolver.draft(of: type, in: namespace.name)
                drafts.append(draft)
                for name in draft.names { entityTypes.parents[name] = draft.parents }
            }
        }
        var actions = SchemaHierarchy<EntityUID>()
        var actionDrafts: [ActionDraft] = []
        for namespace in declarations.namespaces {
            for action in namespace.actions {
                let draft = try resolver.draft(of: action, in: namespace.name)
                actionDrafts.append(draft)
                for uid in draft.uids { actions.parents[uid] = draft.parents }
            }
        }
        return Schema(
            entityTypes: try declared(drafts, entityTypes), actions: try declared(actionDrafts, actions))
    }

    private let definitions: SchemaDefinitions
    private var resolved: [String: Resolved] = [:]
    private var underway: Set<String> = []
    private var typeCount = 0
    private var nesting = 0

    private init(_ definitions: SchemaDefinitions) { self.definitions = definitions }

    /// A type written out, with how deep it nests and how many types it holds.
    private struct Resolved {
        var type: SchemaType
        var depth = 1
        var count = 1
    }
}

/// Entity types and actions.
extension SchemaResolver {
    private struct EntityDraft {
        let names: [String]
        let parents: Set<String>
        let attributes: RecordType
        let tags: SchemaType?
        let enumeration: Set<CedarString>?
        let origin: SchemaOrigin
    }

    private struct ActionDraft {
        let uids: [EntityUID]
        let parents: Set<EntityUID>
        let principals: Set<String>
        let resources: Set<String>
        let context: RecordType
        let origin: SchemaOrigin
    }

    private mutating func draft(
        of type: WrittenEntityType, in namespace: String?
    ) throws(SchemaFault) -> EntityDraft {
        let names = type.names.map { $0.inNamespace(namespace) }
        let standard: WrittenEntityType.Standard
        switch type.kind {
        case .standard(let written): standard = written
        case .enumerated(let identifiers):
            return EntityDraft(
                names: names, parents: [], attributes: RecordType(), tags: nil, enumeration: identifiers,
                origin: type.origin)
        }
        let parents = try entityTypes(standard.parents, in: namespace)
        let attributes = try record(
            standard.shape, in: namespace, times: names.count, of: "the attributes of `\(names[0])`", at: type.origin)
        var tags: SchemaType?
        if let written = standard.tags {
            tags = try wholeType(written, in: namespace, times: names.count, at: type.origin)
        }
        return EntityDraft(
            names: names, parents: parents, attributes: attributes, tags: tags, enumeration: nil, origin: type.origin)
    }

    private mutating func draft(
        of action: WrittenAction, in namespace: String?
    ) throws(SchemaFault) -> ActionDraft {
        let uids = action.names.map { EntityUID(type: "Action".inNamespace(namespace), id: $0) }
        var parents: Set<EntityUID> = []
        for parent in action.parents {
            let candidates = SchemaDefinitions.candidates(for: parent.type, in: namespace)
                .map { EntityUID(type: $0, id: parent.id) }
            guard let uid = candidates.first(where: definitions.actions.contains) else {
                throw SchemaFault(
                    "no action `\(EntityUID(type: parent.type, id: parent.id))` is declared", at: parent.origin)
            }
            parents.insert(uid)
        }
        return ActionDraft(
            uids: uids, parents: parents, principals: try entityTypes(action.principals, in: namespace),
            resources: try entityTypes(action.resources, in: namespace),
            context: try record(
                action.context, in: namespace, times: uids.count, of: "the context of `\(uids[0])`", at: action.origin),
            origin: action.origin)
    }

    private static func declared(
        _ drafts: [EntityDraft], _ hierarchy: SchemaHierarchy<String>
    ) throws(SchemaFault) -> [String: EntityTypeDeclaration] {
        var budget = SchemaHierarchy<String>.stepLimit
        var declared: [String: EntityTypeDeclaration] = Dictionary(minimumCapacity: hierarchy.parents.count)
        for draft in drafts {
            for name in draft.names {
                declared[name] = EntityTypeDeclaration(
                    name: name, ancestors: try hierarchy.ancestors(of: name, budget: &budget, at: draft.origin),
                    attributes: draft.attributes, tags: draft.tags, enumeration: draft.enumeration)
            }
        }
        return declared
    }

    private static func declared(
        _ drafts: [ActionDraft], _ hierarchy: SchemaHierarchy<EntityUID>
    ) throws(SchemaFault) -> [EntityUID: ActionDeclaration] {
        var budget = SchemaHierarchy<EntityUID>.stepLimit
        var declared: [EntityUID: ActionDeclaration] = Dictionary(minimumCapacity: hierarchy.parents.count)
        for draft in drafts {
            for uid in draft.uids {
                let ancestors = try hierarchy.ancestors(of: uid, budget: &budget, at: draft.origin)
                guard !ancestors.contains(uid) else {
                    throw SchemaFault("the action `\(uid)` is in itself through its parents", at: draft.origin)
                }
                declared[uid] = ActionDeclaration(
                    uid: uid, parents: draft.parents, ancestors: ancestors, principals: draft.principals,
                    resources: draft.resources, context: draft.context)
            }
        }
        return declared
    }
}

/// Types.
extension SchemaResolver {
    private func entityTypes(
        _ names: [WrittenName], in namespace: String?
    ) throws(SchemaFault) -> Set<String> {
        var paths: Set<String> = []
        for name in names {
            // The types of actions are known to attributes alone: nothing is in them, and they are no principals or resources.
            guard case .entity(let path) = try definitions.meaning(of: name, in: namespace),
                definitions.entityTypes.contains(path)
            else { throw SchemaFault("`\(name.path)` is no declared entity type", at: name.origin) }
            paths.insert(path)
        }
        return paths
    }

    private mutating func record(
        _ written: WrittenType, in namespace: String?, times: Int, of subject: String, at origin: SchemaOrigin
    ) throws(SchemaFault) -> RecordType {
        guard case .record(let record) = try wholeType(written, in: namespace, times: times, at: origin) else {
            throw SchemaFault("\(subject) must be a record", at: origin)
        }
        return record
    }

    /// A type that is not part of another, for so many declarations.
    private mutating func wholeType(
        _ written: WrittenType, in namespace: String?, times: Int, at origin: SchemaOrigin
    ) throws(SchemaFault) -> SchemaType {
        let whole = try type(written, in: namespace, at: origin)
        // Neither factor is larger than the memory that holds it, or than the limit.
        typeCount += whole.count * times
        guard typeCount <= Self.typeCountLimit else { throw Self.tooLarge(at: origin) }
        return whole.type
    }

    private mutating func type(
        _ written: WrittenType, in namespace: String?, at origin: SchemaOrigin
    ) throws(SchemaFault) -> Resolved {
        nesting += 1
        guard nesting <= Parser.nestingLimit else { throw Self.tooDeep(at: origin) }
        defer { nesting -= 1 }
        switch written {
        case .builtIn(let type): return Resolved(type: type)
        case .set(let element):
            var set = try type(element, in: namespace, at: origin)
            set.type = .set(set.type)
            return try enclosing(&set, at: origin)
        case .record(let attributes):
            var types: [CedarString: AttributeType] = Dictionary(minimumCapacity: attributes.count)
            var record = Resolved(type: .bool, depth: 0, count: 0)
            for (name, attribute) in attributes {
                let part = try type(attribute.type, in: namespace, at: origin)
                types[name] = AttributeType(part.type, isRequired: attribute.isRequired)
                record.depth = max(record.depth, part.depth)
                record.count += part.count
            }
            record.type = .record(RecordType(types))
            return try enclosing(&record, at: origin)
        case .name(let name):
            switch try definitions.meaning(of: name, in: namespace) {
            case .builtIn(let type): return Resolved(type: type)
            case .entity(let path): return Resolved(type: .entity(path))
            case .common(let path):
                var common = try commonType(path, usedAt: name.origin)
                return try enclosing(&common, at: name.origin)
            }
        }
    }

    private mutating func commonType(_ path: String, usedAt origin: SchemaOrigin) throws(SchemaFault) -> Resolved {
        if let known = resolved[path] { return known }
        guard let definition = definitions.commonTypes[path] else {
            throw SchemaFault("no type `\(path)` is declared", at: origin)
        }
        guard underway.insert(path).inserted else {
            throw SchemaFault("the type `\(path)` is declared by itself", at: origin)
        }
        let type = try type(definition.type, in: definition.namespace, at: definition.origin)
        underway.remove(path)
        resolved[path] = type
        return type
    }

    /// Counts what encloses a type.
    private func enclosing(_ inner: inout Resolved, at origin: SchemaOrigin) throws(SchemaFault) -> Resolved {
        inner.depth += 1
        inner.count += 1
        guard inner.depth <= Parser.nestingLimit else { throw Self.tooDeep(at: origin) }
        guard inner.count <= Self.typeCountLimit else { throw Self.tooLarge(at: origin) }
        return inner
    }

    private static func tooDeep(at origin: SchemaOrigin) -> SchemaFault {
        SchemaFault("this type nests deeper than \(Parser.nestingLimit) levels when written out", at: origin)
    }

    private static func tooLarge(at origin: SchemaOrigin) -> SchemaFault {
        SchemaFault("the schema holds more than \(typeCountLimit) types when written out", at: origin)
    }
}

/// Who is directly in whom, among entity types or among actions.
private struct SchemaHierarchy<Node: Hashable> {
    /// How many steps from a node to a parent are taken to work out all ancestors; a hierarchy that needs more is
    /// refused rather than let eat the time.
    static var stepLimit: Int { 10_000_000 }

    var parents: [Node: Set<Node>] = [:]

    /// Everything above a node. It is among its own ancestors if it is in a circle.
    func ancestors(of node: Node, budget: inout Int, at origin: SchemaOrigin) throws(SchemaFault) -> Set<Node> {
        var ancestors: Set<Node> = []
        var unread = [node]
        while let next = unread.popLast() {
            let above = parents[next] ?? []
            budget -= above.count
            guard budget >= 0 else { throw SchemaFault("the hierarchy is too large to be worked out", at: origin) }
            for parent in above where ancestors.insert(parent).inserted { unread.append(parent) }
        }
        return ancestors
    }
}
