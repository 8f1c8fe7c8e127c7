/// The whole of a policy in one environment: the head first, then the conditions as far as they are reached.
extension Typechecker {
    /// Whether the policy can apply here: always, never, or with nil now and then. Faults are told.
    mutating func truth(of policy: PolicyBody, in environment: Environment) -> Bool? {
        self.environment = environment
        let scope = policy.scope
        var result: Bool? = true
        let head = [
            truth(of: scope.principal, for: environment.principal), truth(of: scope.action),
            truth(of: scope.resource, for: environment.resource),
        ]
        for truth in head {
            if truth == false { return false }
            if truth == nil { result = nil }
        }
        let mark = known.mark
        defer { known.forget(since: mark) }
        for condition in policy.conditions {
            guard let found = judgement(of: condition.body) else { return nil }
            let truth = condition.kind == .when ? found.truth : found.truth.map(!)
            if truth == false { return false }
            if truth == nil { result = nil }
            if condition.kind == .when { known.learn(found.capabilities) }
        }
        return result
    }

    /// A slot can be filled with every entity its constraint lets through, so it never decides anything here.
    private func truth(of constraint: EntityConstraint, for type: String) -> Bool? {
        switch constraint {
        case .any: true
        case .equal(.slot), .isIn(.slot): nil
        case .equal(.entity(let entity)): entity.type == type ? nil : false
        case .isIn(.entity(let group)): schema.canEntity(of: type, beIn: group.type) ? nil : false
        case .isType(let wanted): type == wanted
        case .isTypeIn(let wanted, let group): type == wanted ? truth(of: .isIn(group), for: type) : false
        }
    }

    private mutating func truth(of constraint: ActionConstraint) -> Bool? {
        switch constraint {
        case .any: return true
        case .equal(let action): return action == environment.action
        case .isIn(let group): return schema.isAction(environment.action, in: group)
        case .isInAny(let groups):
            guard let type = groups.first?.type else { return fault("an empty set has no type", at: nil) }
            if let other = groups.first(where: { $0.type != type })?.type {
                return fault("a set cannot hold both `\(type)` and `\(other)`", at: nil)
            }
            return groups.contains { schema.isAction(environment.action, in: $0) }
        }
    }
}
