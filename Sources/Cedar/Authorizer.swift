/// Decides requests.
///
/// <https://docs.cedarpolicy.com/auth/authorization.html>
public enum Authorizer {
    /// Answers whether the request is allowed, and by which policies.
    ///
    /// Allowed is what at least one permit and no forbid is satisfied for. A policy that cannot be evaluated counts as
    /// not satisfied and is listed in ``Response/errors``. Neither the order of the policies nor repeating one matters
    /// to the decision.
    ///
    /// Promises: it ends, takes no lock, keeps nothing and cannot throw.
    public static func isAuthorized(_ request: Request, policies: PolicySet, entities: Entities) -> Response {
        let compiled = policies.compiled
        return Machine.run(compiled.code, request: request, entities: entities) { machine in
            var outcome = Outcome()
            let subject = machine.subject
            let table = machine.table
            compiled.index.forEachCandidate(subject, table: table) { place in
                guard compiled.admits(subject, at: place, table: table) else { return }
                do throws(EvaluationFault) {
                    guard try machine.satisfies(compiled.conditions(at: place)) else { return }
                    switch compiled.effect(at: place) {
                    case .permit: outcome.permits.append(place)
                    case .forbid: outcome.forbids.append(place)
                    }
                } catch {
                    outcome.errors.append((place, error))
                }
            }
            return outcome.response(compiled.policies)
        }
    }

    /// The policies that were satisfied, or could not be evaluated, by their places in the set.
    private struct Outcome {
        var permits: [Int32] = []
        var forbids: [Int32] = []
        var errors: [(place: Int32, fault: EvaluationFault)] = []

        func response(_ policies: [Policy]) -> Response {
            let reasons = (forbids.isEmpty ? permits : forbids).ascending.map { policies[Int($0)].id }
            return Response(
                decision: forbids.isEmpty && !permits.isEmpty ? .allow : .deny, reasons: reasons,
                errors: errors.isEmpty ? [] : faults(policies))
        }

        /// Each place once: a policy that was visited twice has failed alike both times.
        private func faults(_ policies: [Policy]) -> [Response.PolicyFault] {
            var result: [Response.PolicyFault] = []
            var last: Int32?
            for (place, fault) in errors.sorted(by: { $0.place < $1.place }) where place != last {
                let policy = policies[Int(place)]
                result.append(Response.PolicyFault(policyID: policy.id, effect: policy.effect, fault: fault))
                last = place
            }
            return result
        }
    }
}

extension [Int32] {
    /// Each place once, in ascending order. A policy under several of a request's actions has been visited for each.
    fileprivate var ascending: [Int32] {
        guard count > 1 else { return self }
        var result: [Int32] = []
        for place in sorted() where place != result.last { result.append(place) }
        return result
    }
}
