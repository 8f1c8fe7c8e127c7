/// Attributes and tags: what may be absent can be used only where it has been asked for.
extension Typechecker {
    mutating func attribute(_ name: CedarString, of owner: Expr, at offset: Int) -> Typing? {
        guard let type = typing(of: owner)?.type else { return nil }
        guard let attributes = attributes(of: type, at: owner.offset) else { return nil }
        guard let attribute = attributes[name] else {
            return fault("`\(type)` has no attribute `\(StringEscapes.escape(name.text))`", at: offset)
        }
        if !attribute.isRequired {
            let capability = Capability(owner: shapes.number(of: owner), possession: .attribute(name))
            guard known.contains(capability) else {
                return fault(
                    "the attribute `\(StringEscapes.escape(name.text))` may be absent; ask with `has` first", at: offset
                )
            }
        }
        return Typing(type: attribute.type)
    }

    /// The attributes of a record or an entity; for anything else a fault is told.
    private mutating func attributes(of owner: StaticType, at offset: Int) -> StaticType.Attributes? {
        switch owner {
        case .record(let attributes): attributes
        case .entity(let type): schema.attributes(of: type)
        default: fault("expected a record or an entity, found `\(owner)`", at: offset)
        }
    }

    /// `a has b.c` is `a has b && a.b has c`, for a path of any length.
    mutating func has(_ path: [CedarString], in owner: Expr) -> Judgement? {
        guard var type = typing(of: owner)?.type else { return nil }
        var number = shapes.number(of: owner)
        var result = Judgement(truth: true)
        for name in path {
            guard let attributes = attributes(of: type, at: owner.offset) else { return nil }
            guard let attribute = attributes[name] else { return Judgement(truth: false) }
            let capability = Capability(owner: number, possession: .attribute(name))
            // Of an entity that is not there every `has` is false, even for a required attribute.
            let isCertain = known.contains(capability) || (attribute.isRequired && !type.isEntity)
            if !isCertain { result.truth = nil }
            result.capabilities.insert(capability)
            type = attribute.type
            number = shapes.attribute(name, of: number)
        }
        return result
    }

    mutating func hasTag(_ owner: Expr, _ tag: Expr) -> Typing? {
        guard let type = entity(owner), expect(.string, of: tag) else { return nil }
        guard schema.tags(of: type) != nil else { return Typing(type: .bool(false)) }
        let capability = capability(ofTag: tag, of: owner)
        return Typing(type: .bool(known.contains(capability) ? true : nil), capabilities: [capability])
    }

    mutating func getTag(_ owner: Expr, _ tag: Expr, at offset: Int) -> Typing? {
        guard let type = entity(owner), expect(.string, of: tag) else { return nil }
        guard let tags = schema.tags(of: type) else { return fault("`\(type)` has no tags", at: offset) }
        guard known.contains(capability(ofTag: tag, of: owner)) else {
            return fault("the tag may be absent; ask with `hasTag` first", at: offset)
        }
        return Typing(type: tags)
    }

    private mutating func capability(ofTag tag: Expr, of owner: Expr) -> Capability {
        Capability(owner: shapes.number(of: owner), possession: .tag(shapes.number(of: tag)))
    }
}

extension StaticType {
    fileprivate var isEntity: Bool {
        if case .entity = self { true } else { false }
    }
}
