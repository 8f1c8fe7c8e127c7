/// What the principal or the resource is compared with: an entity, or in a template a slot to be filled.
///
/// A slot is always that of its own place: `?principal` in the principal's constraint, `?resource` in the resource's.
enum EntityReference: Hashable, Sendable {
    case entity(EntityUID)
    case slot
}

/// What a policy's scope asks of the principal or the resource.
enum EntityConstraint: Hashable, Sendable {
    case any
    case equal(EntityReference)
    case isIn(EntityReference)
    case isType(String)
    case isTypeIn(String, EntityReference)
}

/// What a policy's scope asks of the action.
enum ActionConstraint: Hashable, Sendable {
    case any
    case equal(EntityUID)
    case isIn(EntityUID)
    case isInAny([EntityUID])
}

/// The head of a policy. It can be decided without evaluating anything, and never fails.
struct Scope: Hashable, Sendable {
    let principal: EntityConstraint
    let action: ActionConstraint
    let resource: EntityConstraint
}
