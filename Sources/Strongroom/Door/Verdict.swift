import Foundation

/// What the policies answered, and on what facts: the one thing that is decided, told and logged.
struct Verdict {
    let isAllowed: Bool
    /// The policies that decided, `error:` and a policy that could not be evaluated, or `rule:` and the rule that refused.
    let reasons: [String]
    /// The digest of the set that was asked. An act may change the set in force, and was still decided by this one.
    let policyDigest: Data?
    /// What was asked; nil where nothing was, because the reference leads nowhere or no policy is asked.
    let facts: RecordedFacts?

    /// For acts that are no decision of policy: the founding, recovery, a reference that leads nowhere.
    static func undecided(_ reasons: [String] = []) -> Verdict {
        Verdict(isAllowed: false, reasons: reasons, policyDigest: nil, facts: nil)
    }

    /// The same decision, with what came of it in the policies' place.
    func because(_ reasons: [String]) -> Verdict {
        Verdict(isAllowed: isAllowed, reasons: reasons, policyDigest: policyDigest, facts: facts)
    }

    /// The policies that could not be evaluated, as they are logged.
    var errors: [String] { reasons.filter { $0.hasPrefix(Self.errorPrefix) } }

    static let errorPrefix = "error:"
}
