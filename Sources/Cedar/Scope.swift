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

    /// True when the request falls under the policy as far as its head goes.
    func admits(_ request: Request, entities: Entities) -> Bool {
        action.admits(request.action, entities: entities)
            && principal.admits(request.principal, entities: entities)
            && resource.admits(request.resource, entities: entities)
    }
}

extension Scope {
    /// The slots to be filled: none in a policy, at least one in a template.
    var slots: Set<Slot> {
        var slots: Set<Slot> = []
        if principal.reference == .slot { slots.insert(.principal) }
        if resource.reference == .slot { slots.insert(.resource) }
        return slots
    }

    /// The same scope with entities in place of slots.
    func filled(with values: [Slot: EntityUID]) -> Scope {
        Scope(
            principal: principal.filled(with: values[.principal]), action: action,
            resource: resource.filled(with: values[.resource]))
    }
}

extension EntityConstraint {
    /// The entity or slot it compares with, if it does.
    var reference: EntityReference? {
        switch self {
        case .any, .isType: nil
        case .equal(let reference), .isIn(let reference), .isTypeIn(_, let reference): reference
        }
    }

    fileprivate func filled(with entity: EntityUID?) -> EntityConstraint {
        guard let entity else { return self }
        return switch self {
        case .equal(.slot): .equal(.entity(entity))
        case .isIn(.slot): .isIn(.entity(entity))
        case .isTypeIn(let type, .slot): .isTypeIn(type, .entity(entity))
        default: self
        }
    }
}

extension EntityConstraint {
    fileprivate func admits(_ entity: EntityUID, entities: Entities) -> Bool {
        switch self {
        case .any: true
        case .equal(.entity(let other)): entity == other
        case .isIn(.entity(let group)): entities.is(entity, in: group)
        case .isType(let type): entity.type.hasSameBytes(as: type)
        case .isTypeIn(let type, .entity(let group)):
            entity.type.hasSameBytes(as: type) && entities.is(entity, in: group)
        case .equal(.slot), .isIn(.slot), .isTypeIn(_, .slot): false
        }
    }
}

extension ActionConstraint {
    fileprivate func admits(_ action: EntityUID, entities: Entities) -> Bool {
        switch self {
        case .any: true
        case .equal(let other): action == other
        case .isIn(let group): entities.is(action, in: group)
        case .isInAny(let groups): groups.contains { entities.is(action, in: $0) }
        }
    }
}
