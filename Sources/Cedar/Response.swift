/// The answer to a request, with the policies that gave it.
public struct Response: Hashable, Sendable {
    /// Yes or no.
    public enum Decision: String, Sendable {
        /// A permit was satisfied and no forbid.
        case allow
        /// A forbid was satisfied, or nothing was.
        case deny
    }

    /// A policy that could not be evaluated and was therefore left out of the decision.
    public struct PolicyFault: Hashable, Sendable {
        /// The policy's name.
        public let policyID: String
        /// What it would have done. A forbid left out no longer forbids: whoever guards something should treat one as
        /// a denial.
        public let effect: Policy.Effect
        /// Why it could not be evaluated.
        public let fault: EvaluationFault

        /// The reason in words, without any value of the request or the entities.
        public var message: String { fault.description }
    }

    /// Yes or no.
    public let decision: Decision
    /// The names of the satisfied forbids if there are any, else of the satisfied permits, in the set's order.
    public let reasons: [String]
    /// The policies that were left out, in the set's order.
    public let errors: [PolicyFault]
}
