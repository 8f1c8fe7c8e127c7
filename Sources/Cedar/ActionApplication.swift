/// Some action the head of a policy admits must apply to some principal and some resource it admits.
///
/// <https://docs.cedarpolicy.com/policies/validation.html>
struct ActionApplication {
    let schema: StaticSchema

    /// True when an action of the schema fits the head.
    func isPossible(for scope: Scope) -> Bool {
        schema.requests.contains { request in
            admits(request.action, by: scope.action)
                && request.principals.contains { admits($0, by: scope.principal) }
                && request.resources.contains { admits($0, by: scope.resource) }
        }
    }

    private func admits(_ action: EntityUID, by constraint: ActionConstraint) -> Bool {
        switch constraint {
        case .any: true
        case .equal(let wanted): action == wanted
        case .isIn(let group): schema.isAction(action, in: group)
        case .isInAny(let groups):
            // One that is not in the schema spoils the list, as in the reference engine.
            groups.allSatisfy { schema.actions[$0] != nil } && groups.contains { schema.isAction(action, in: $0) }
        }
    }

    private func admits(_ type: String, by constraint: EntityConstraint) -> Bool {
        switch constraint {
        case .any, .equal(.slot), .isIn(.slot): true
        case .equal(.entity(let entity)): type == entity.type
        case .isIn(.entity(let group)): isWithin(type, group.type)
        case .isType(let wanted), .isTypeIn(let wanted, .slot): type == wanted
        case .isTypeIn(let wanted, .entity(let group)): type == wanted && isWithin(type, group.type)
        }
    }

    private func isWithin(_ type: String, _ group: String) -> Bool {
        type == group || schema.entityTypes[type]?.ancestors.contains(group) == true
    }
}
