extension Schema {
    /// Reads a schema in the human format; the page `schema` of the documentation describes it.
    ///
    /// <https://docs.cedarpolicy.com/schema/human-readable-schema.html>
    ///
    /// - Throws: ``ParseFault`` at the first place where the text is no schema, or where its declarations disagree.
    public init(parsing text: String) throws(ParseFault) {
        var parser = try Parser(text)
        let declarations = try parser.schema()
        do {
            self = try SchemaResolver.schema(of: declarations)
        } catch {
            guard case .offset(let offset) = error.origin else { throw parser.fault(error.message, at: 0) }
            throw parser.fault(error.message, at: offset)
        }
    }
}

/// Schemas: namespaces, and in them entity types, actions and common types.
extension Parser {
    fileprivate mutating func schema() throws(ParseFault) -> SchemaDeclarations {
        var collected = SchemaCollector()
        while token.kind != .end {
            _ = try annotations()
            let offset = token.range.lowerBound
            guard take(word: "namespace") else {
                try declaration(into: &collected, namespace: nil)
                continue
            }
            let name = try schemaPath("the namespace's name")
            guard !name.path.containsReservedNamespace else { throw fault("`__cedar` is reserved", at: name.offset) }
            guard collected.open(name.path) else {
                throw fault("the namespace `\(name.path)` stands twice", at: offset)
            }
            try expect(.openBrace)
            while !take(.closeBrace) {
                _ = try annotations()
                try declaration(into: &collected, namespace: name.path)
            }
        }
        return collected.declarations
    }

    private mutating func declaration(
        into collected: inout SchemaCollector, namespace: String?
    ) throws(ParseFault) {
        let start = token.range.lowerBound
        let names: [SchemaCollector.Name]
        if take(word: "entity") {
            let (declared, kind) = try entityType()
            names = declared.map { ($0.path, $0.offset, .entityType) }
            collected.add(
                WrittenEntityType(names: declared.map(\.path), kind: kind, origin: .offset(start)), to: namespace)
        } else if take(word: "action") {
            let (declared, action) = try action(from: start)
            names = declared.map { ($0.path, $0.offset, .action) }
            collected.add(action, to: namespace)
        } else if take(word: "type") {
            let name = try declaredName("the type's name")
            guard !ReservedTypeName.all.contains(name.path) else {
                throw fault("no type may be called `\(name.path)`", at: name.offset)
            }
            names = [(name.path, name.offset, .commonType)]
            try expect(.assign)
            let type = try type()
            try expect(.semicolon)
            collected.add(
                WrittenCommonType(name: name.path, type: type, origin: .offset(name.offset)), to: namespace)
        } else {
            throw unexpected(wanted: "`entity`, `action`, `type` or `namespace`")
        }
        for name in names where !collected.claim(name, in: namespace) {
            throw fault("`\(StringEscapes.escape(name.text))` is declared twice", at: name.offset)
        }
    }

    /// What follows `entity`, up to the semicolon.
    private mutating func entityType() throws(ParseFault) -> ([Located], WrittenEntityType.Kind) {
        let names = try several { (parser) throws(ParseFault) in try parser.declaredName("the entity type's name") }
        if take(word: "enum") {
            try expect(.openBracket)
            let identifiers = try several { (parser) throws(ParseFault) in CedarString(try parser.text()) }
            try expect(.closeBracket)
            try expect(.semicolon)
            return (names, .enumerated(Set(identifiers)))
        }
        var standard = WrittenEntityType.Standard()
        if take(word: "in") { standard.parents = try entityTypeNames() }
        if take(.assign) {
            guard token.kind == .symbol(.openBrace) else { throw unexpected(wanted: "`{`") }
        }
        if take(.openBrace) { standard.shape = .record(try attributes()) }
        if take(word: "tags") { standard.tags = try type() }
        try expect(.semicolon)
        return (names, .standard(standard))
    }

    /// What follows `action`, up to the semicolon.
    private mutating func action(from start: Int) throws(ParseFault) -> ([Located], WrittenAction) {
        let names = try several { (parser) throws(ParseFault) in try parser.nameOrText("the action's name") }
        var action = WrittenAction(names: names.map(\.path), origin: .offset(start))
        if take(word: "in") {
            if take(.openBracket) {
                action.parents = try several { (parser) throws(ParseFault) in try parser.actionParent() }
                try expect(.closeBracket)
            } else {
                action.parents = [try actionParent()]
            }
        }
        if take(word: "appliesTo") { try application(of: &action) }
        // A remnant the language still allows, as long as it says nothing.
        if take(word: "attributes") {
            try expect(.openBrace)
            try expect(.closeBrace)
        }
        try expect(.semicolon)
        return (names, action)
    }

    /// `{ principal: A, resource: [B, C], context: {…} }`, in any order, the context may be left out.
    private mutating func application(of action: inout WrittenAction) throws(ParseFault) {
        let start = token.range.lowerBound
        var given: Set<String> = []
        try expect(.openBrace)
        repeat {
            let offset = token.range.lowerBound
            let part = try word("`principal`, `resource` or `context`")
            try expect(.colon)
            let valueOffset = token.range.lowerBound
            switch part {
            case "principal": action.principals = try entityTypeNames()
            case "resource": action.resources = try entityTypeNames()
            case "context":
                if take(.openBrace) {
                    action.context = .record(try attributes())
                } else {
                    let name = try schemaPath("a record or the name of one")
                    action.context = .name(WrittenName(path: name.path, meaning: .common, origin: .offset(name.offset)))
                }
            default: throw fault("expected `principal`, `resource` or `context`, found `\(part)`", at: offset)
            }
            guard given.insert(part).inserted else { throw fault("`\(part)` stands twice", at: offset) }
            let isEmpty =
                part == "principal" && action.principals.isEmpty || part == "resource" && action.resources.isEmpty
            guard !isEmpty else { throw fault("an action that applies needs a \(part)", at: valueOffset) }
        } while take(.comma) && token.kind != .symbol(.closeBrace)
        try expect(.closeBrace)
        for part in ["principal", "resource"] where !given.contains(part) {
            throw fault("`\(part)` is missing", at: start)
        }
    }

    /// `a`, `"a"` or `N::Action::"a"`
    private mutating func actionParent() throws(ParseFault) -> WrittenAction.Parent {
        let origin = SchemaOrigin.offset(token.range.lowerBound)
        if token.kind == .string { return WrittenAction.Parent(type: "Action", id: try text(), origin: origin) }
        let name = try schemaPath("an action")
        if take(.doubleColon) { return WrittenAction.Parent(type: name.path, id: try text(), origin: origin) }
        guard !name.path.contains(":") else { throw unexpected(wanted: "`::` and the action's name between quotes") }
        return WrittenAction.Parent(type: "Action", id: name.path, origin: origin)
    }

    private mutating func entityTypeNames() throws(ParseFault) -> [WrittenName] {
        guard take(.openBracket) else { return [try entityTypeName()] }
        guard !take(.closeBracket) else { return [] }
        let names = try several { (parser) throws(ParseFault) in try parser.entityTypeName() }
        try expect(.closeBracket)
        return names
    }

    private mutating func entityTypeName() throws(ParseFault) -> WrittenName {
        let name = try schemaPath("an entity type")
        return WrittenName(path: name.path, meaning: .entity, origin: .offset(name.offset))
    }
}

/// Types and names in schemas.
extension Parser {
    /// A word of a schema and where it stands.
    fileprivate typealias Located = (path: String, offset: Int)

    fileprivate mutating func type() throws(ParseFault) -> WrittenType {
        let start = token.range.lowerBound
        nesting += 1
        guard nesting <= Self.nestingLimit else { throw tooDeep(at: start) }
        defer { nesting -= 1 }
        if take(.openBrace) { return .record(try attributes()) }
        if token.kind == .identifier("Set"), following.kind == .symbol(.less) {
            advance()
            advance()
            let element = try type()
            try expect(.greater)
            return .set(element)
        }
        let name = try schemaPath("a type")
        return .name(WrittenName(path: name.path, meaning: .either, origin: .offset(name.offset)))
    }

    /// The attributes of a record, after its `{` and up to its `}`. Of a repeated name the last counts.
    fileprivate mutating func attributes() throws(ParseFault) -> [CedarString: WrittenAttribute] {
        var attributes: [CedarString: WrittenAttribute] = [:]
        _ = try list(until: .closeBrace) { (parser) throws(ParseFault) in
            _ = try parser.annotations()
            let name = try parser.nameOrText("an attribute's name")
            let isRequired = !parser.take(.question)
            try parser.expect(.colon)
            attributes[CedarString(name.path)] = WrittenAttribute(type: try parser.type(), isRequired: isRequired)
        }
        return attributes
    }

    /// One or more, with commas between, none behind the last.
    fileprivate mutating func several<Element>(
        _ element: (inout Parser) throws(ParseFault) -> Element
    ) throws(ParseFault) -> [Element] {
        var elements: [Element] = []
        repeat { elements.append(try element(&self)) } while take(.comma)
        return elements
    }

    /// A word that may be a name in a schema: `__cedar` is one there.
    private mutating func schemaName(_ wanted: String) throws(ParseFault) -> Located {
        let offset = token.range.lowerBound
        let word = try word(wanted)
        guard !ReservedWord.inSchemas.contains(word) else { throw fault("`\(word)` is reserved", at: offset) }
        return (word, offset)
    }

    /// A name that something is given.
    fileprivate mutating func declaredName(_ wanted: String) throws(ParseFault) -> Located {
        let name = try schemaName(wanted)
        guard !name.path.containsReservedNamespace else { throw fault("`__cedar` is reserved", at: name.offset) }
        return name
    }

    fileprivate mutating func nameOrText(_ wanted: String) throws(ParseFault) -> Located {
        guard token.kind == .string else { return try schemaName(wanted) }
        let offset = token.range.lowerBound
        return (try text(), offset)
    }

    /// Reads `A::B::C`.
    fileprivate mutating func schemaPath(_ wanted: String) throws(ParseFault) -> Located {
        var path = try schemaName(wanted)
        while token.kind == .symbol(.doubleColon), case .identifier = following.kind {
            advance()
            path.path += "::" + (try schemaName(wanted).path)
        }
        return path
    }
}

/// Gathers declarations by namespace and sees to it that a name is given once.
private struct SchemaCollector {
    enum Kind { case entityType, action, commonType }
    typealias Name = (text: String, offset: Int, kind: Kind)

    private struct Key: Hashable {
        let namespace: String?
        let kind: Kind
        let name: CedarString
    }

    private(set) var declarations = SchemaDeclarations()
    private var indices: [String?: Int] = [:]
    private var claimed: Set<Key> = []

    /// Begins a namespace, and says whether it is the first of this name.
    mutating func open(_ namespace: String) -> Bool {
        guard indices[namespace] == nil else { return false }
        _ = index(of: namespace)
        return true
    }

    /// Takes a name, and says whether it was free.
    mutating func claim(_ name: Name, in namespace: String?) -> Bool {
        claimed.insert(Key(namespace: namespace, kind: name.kind, name: CedarString(name.text))).inserted
    }

    mutating func add(_ type: WrittenEntityType, to namespace: String?) {
        declarations.namespaces[index(of: namespace)].entityTypes.append(type)
    }

    mutating func add(_ action: WrittenAction, to namespace: String?) {
        declarations.namespaces[index(of: namespace)].actions.append(action)
    }

    mutating func add(_ type: WrittenCommonType, to namespace: String?) {
        declarations.namespaces[index(of: namespace)].commonTypes.append(type)
    }

    private mutating func index(of namespace: String?) -> Int {
        if let index = indices[namespace] { return index }
        let index = declarations.namespaces.count
        declarations.namespaces.append(NamespaceDeclarations(name: namespace))
        indices[namespace] = index
        return index
    }
}
