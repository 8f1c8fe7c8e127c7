import Cedar
import Foundation
import Testing

/// Every policy matters: change one, and a table says so.
struct MutationTests {
    @Test func `without any one policy a table fails`() throws {
        let run = try MutationRun()
        let mutations = run.policies.map(PolicyMutation.deletion)
        let unnoticed = try mutations.filter { try !run.isNoticed($0) }
        print(
            "mutation run: \(mutations.count) policies deleted one at a time,",
            "\(mutations.count - unnoticed.count) noticed")
        #expect(unnoticed.isEmpty, "no table misses \(unnoticed.map(\.policy.id))")
    }

    @Test func `with any one policy turned round a table fails`() throws {
        let run = try MutationRun()
        let mutations = run.policies.map(PolicyMutation.turningRound)
        let unnoticed = try mutations.filter { try !run.isNoticed($0) }
        print(
            "mutation run: \(mutations.count) policies turned round one at a time,",
            "\(mutations.count - unnoticed.count) noticed")
        #expect(unnoticed.isEmpty, "no table notices \(unnoticed.map(\.policy.id))")
    }

    /// A term that no table misses must change nobody's answer: another policy says the same once more.
    @Test func `without any one term of a condition a table fails, or nobody is answered otherwise`() throws {
        let run = try MutationRun()
        let mutations = run.policies.flatMap(PolicyMutation.droppedTerms)
        let unnoticed = try mutations.filter { try !run.isNoticed($0) }
        let missed = try unnoticed.compactMap { mutation in
            try run.firstAnsweredOtherwise(by: mutation).map { "\(mutation): \($0)" }
        }
        print(
            "mutation run: \(mutations.count) terms of conditions dropped one at a time,",
            "\(mutations.count - unnoticed.count) noticed, \(unnoticed.count - missed.count) change nobody's answer")
        #expect(missed.isEmpty, "\(missed.joined(separator: "\n"))")
    }
}
