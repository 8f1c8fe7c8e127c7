/// What a policy's scope asks of the principal or the resource.
enum EntityConstraint: Sendable {
    case any
    case equal(EntityUID)
    case isIn(EntityUID)
    case isType(String)
    case isTypeIn(String, EntityUID)
}

/// What a policy's scope asks of the action.
enum ActionConstraint: Sendable {
    case any
    case equal(EntityUID)
    case isIn(EntityUID)
    case isInAny([EntityUID])
}

/// The head of a policy. It can be decided without evaluating anything, and never fails.
struct Scope: Sendable {
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

extension EntityConstraint {
    fileprivate func admits(_ entity: EntityUID, entities: Entities) -> Bool {
        switch self {
        case .any: true
        case .equal(let other): entity == other
        case .isIn(let group): entities.is(entity, in: group)
        case .isType(let type): entity.type.hasSameBytes(as: type)
        case .isTypeIn(let type, let group): entity.type.hasSameBytes(as: type) && entities.is(entity, in: group)
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
