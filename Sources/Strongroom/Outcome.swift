public import Adoption

/// What the one door answers. A fault is thrown, so these three are all that is left.
public enum Outcome<Answer> {
    /// Decided, logged and done.
    case done(Answer)
    /// Policy says no, or there is no such record: one answer for both.
    case denied(Denial)
    /// Policy says yes and a rule of the domain says no.
    case refused(Refusal)
}

extension Outcome: Sendable where Answer: Sendable {}

/// The one answer for "not there", "not yours" and "closed".
public struct Denial: Hashable, Sendable {
    /// The reference as it was typed, or nil for an act on the vault itself.
    public let typed: String?
}

extension Outcome {
    /// The same outcome with its answer changed.
    public func map<Other>(_ change: (Answer) throws -> Other) rethrows -> Outcome<Other> {
        switch self {
        case .done(let answer): .done(try change(answer))
        case .denied(let denial): .denied(denial)
        case .refused(let refusal): .refused(refusal)
        }
    }
}
