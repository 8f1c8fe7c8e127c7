/// A policy set made ready to decide with: compiled once, used for every request.
final class CompiledPolicies: Sendable {
    let policies: [Policy]
    let code: Code
    let index: PolicyIndex
    private let heads: [Head]
    private let conditions: [CompiledCondition]

    private struct Head {
        let scope: CompiledScope
        let effect: Policy.Effect
        let conditionStart: Int32
        let conditionEnd: Int32
    }

    init(_ policies: [Policy]) {
        var compiler = Compiler()
        var heads: [Head] = []
        var conditions: [CompiledCondition] = []
        for policy in policies {
            let start = Int32(conditions.count)
            for condition in policy.conditions {
                conditions.append(
                    CompiledCondition(place: compiler.compile(condition.body), isWhen: condition.kind == .when))
            }
            heads.append(
                Head(
                    scope: CompiledScope(policy.scope, heldBy: &compiler.code), effect: policy.effect,
                    conditionStart: start, conditionEnd: Int32(conditions.count)))
        }
        index = PolicyIndex(policies, scopes: heads.map(\.scope), heldBy: &compiler.code)
        code = compiler.code
        self.policies = policies
        self.heads = heads
        self.conditions = conditions
    }

    /// True when a request that ``index`` led here falls under the policy's scope.
    @inline(__always)
    func admits(_ subject: Subject, at place: Int32, table: EntityTable) -> Bool {
        heads[Int(place)].scope.admits(subject, table: table)
    }

    /// What a policy does when it is satisfied.
    func effect(at place: Int32) -> Policy.Effect { heads[Int(place)].effect }

    /// What a policy asks beyond its scope.
    func conditions(at place: Int32) -> ArraySlice<CompiledCondition> {
        let head = heads[Int(place)]
        return conditions[Int(head.conditionStart)..<Int(head.conditionEnd)]
    }
}

/// A `when` or `unless`: the place of its instruction in the code.
struct CompiledCondition {
    let place: Int32
    let isWhen: Bool
}
