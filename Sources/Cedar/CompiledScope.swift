/// The head of a policy as it is compared with a request: words of what the policy set holds.
struct CompiledScope {
    let principal: CompiledConstraint
    /// The only action there is for it. A policy for the actions in a group has been found by that group alone.
    private let action: Word?
    let resource: CompiledConstraint

    /// Requires: the code that gets to hold the words lives as long as the scope.
    init(_ scope: Scope, heldBy code: inout Code) {
        principal = CompiledConstraint(scope.principal, heldBy: &code)
        resource = CompiledConstraint(scope.resource, heldBy: &code)
        if case .equal(let uid) = scope.action { action = code.hold(.entity(uid)) } else { action = nil }
    }

    /// True when a request that the ``PolicyIndex`` led here falls under this head.
    @inline(__always)
    func admits(_ subject: Subject, table: EntityTable) -> Bool {
        if let action, !(action == subject.action) { return false }
        return principal.admits(subject.principal, at: subject.principalPlace, table: table)
            && resource.admits(subject.resource, at: subject.resourcePlace, table: table)
    }
}

/// What a head asks of the principal or the resource.
struct CompiledConstraint {
    enum Kind: UInt8 {
        case any, equal, isIn, isType, isTypeIn
        /// A slot that nothing fills.
        case never
    }

    let kind: Kind
    let entity: Word
    let type: Word

    init(_ constraint: EntityConstraint, heldBy code: inout Code) {
        let nothing = Word.bool(false)
        func entity(_ uid: EntityUID) -> Word { code.hold(.entity(uid)) }
        func type(_ path: String) -> Word { code.hold(.string(CedarString(path))) }
        (kind, self.entity, self.type) =
            switch constraint {
            case .any: (.any, nothing, nothing)
            case .equal(.entity(let uid)): (.equal, entity(uid), nothing)
            case .isIn(.entity(let uid)): (.isIn, entity(uid), nothing)
            case .isType(let path): (.isType, nothing, type(path))
            case .isTypeIn(let path, .entity(let uid)): (.isTypeIn, entity(uid), type(path))
            case .equal(.slot), .isIn(.slot), .isTypeIn(_, .slot): (.never, nothing, nothing)
            }
    }

    /// The entity without which no request falls under this head, nil where there is none such.
    var key: Word? {
        switch kind {
        case .equal, .isIn, .isTypeIn: entity
        case .any, .isType, .never: nil
        }
    }

    /// True when an entity of the request, at its place in the table, meets this.
    @inline(__always)
    func admits(_ asked: Word, at place: Int, table: EntityTable) -> Bool {
        switch kind {
        case .any: true
        case .equal: asked == entity
        case .isIn: isIn(asked, at: place, table: table)
        case .isType: hasType(asked)
        case .isTypeIn: hasType(asked) && isIn(asked, at: place, table: table)
        case .never: false
        }
    }

    private func hasType(_ asked: Word) -> Bool {
        asked.entity._withUnsafeGuaranteedRef { asked in
            type.string._withUnsafeGuaranteedRef { asked.type === $0 || asked.type.hasSameBytes(as: $0) }
        }
    }

    private func isIn(_ asked: Word, at place: Int, table: EntityTable) -> Bool {
        if asked == entity { return true }
        guard !table.ancestorRange(at: place).isEmpty else { return false }
        return table.has(entity.entity._withUnsafeGuaranteedRef { table.place(of: $0) }, amongAncestorsAt: place)
    }
}
