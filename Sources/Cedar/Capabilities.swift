/// A fact a policy has asked for: that an entity or a record has an attribute or a tag.
///
/// What may be absent can be used only where the fact is known: `principal has nickname && principal.nickname == "Jo"`.
///
/// <https://docs.cedarpolicy.com/policies/validation.html>
struct Capability: Hashable {
    enum Possession: Hashable {
        case attribute(CedarString)
        /// A tag, named by whatever expression.
        case tag(ExpressionShapes.Number)
    }

    let owner: ExpressionShapes.Number
    let possession: Possession
}

/// The facts that hold where typing stands at present.
struct KnownCapabilities {
    private var known: Set<Capability> = []
    /// The facts in the order they were learnt, so that they can be forgotten again.
    private var learnt: [Capability] = []

    func contains(_ capability: Capability) -> Bool { known.contains(capability) }

    /// The present state, to come back to.
    var mark: Int { learnt.count }

    mutating func learn(_ capabilities: Set<Capability>) {
        for capability in capabilities where known.insert(capability).inserted { learnt.append(capability) }
    }

    /// Forgets what was learnt since the mark.
    mutating func forget(since mark: Int) {
        while learnt.count > mark { known.remove(learnt.removeLast()) }
    }
}
