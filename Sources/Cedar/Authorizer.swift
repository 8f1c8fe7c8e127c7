/// Decides requests.
public enum Authorizer {
    /// Answers whether the request is allowed, and by which policies.
    ///
    /// Allowed is what at least one permit and no forbid is satisfied for. A policy that cannot be evaluated counts as
    /// not satisfied and is listed in ``Response/errors``. Neither the order of the policies nor repeating one matters
    /// to the decision.
    ///
    /// Promises: it ends, takes no lock, keeps nothing and cannot throw.
    public static func isAuthorized(_ request: Request, policies: PolicySet, entities: Entities) -> Response {
        let evaluator = Evaluator(request: request, entities: entities)
        var permits: [String] = []
        var forbids: [String] = []
        var errors: [Response.PolicyFault] = []
        for policy in policies.policies where policy.scope.admits(request, entities: entities) {
            do {
                guard try evaluator.satisfies(policy.conditions) else { continue }
                switch policy.effect {
                case .permit: permits.append(policy.id)
                case .forbid: forbids.append(policy.id)
                }
            } catch {
                errors.append(Response.PolicyFault(policyID: policy.id, effect: policy.effect, fault: error))
            }
        }
        guard forbids.isEmpty else { return Response(decision: .deny, reasons: forbids, errors: errors) }
        return Response(decision: permits.isEmpty ? .deny : .allow, reasons: permits, errors: errors)
    }
}
