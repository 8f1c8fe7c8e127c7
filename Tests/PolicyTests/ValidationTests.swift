import Cedar
import Foundation
import Testing

/// The shipped policies agree with their schema.
struct ValidationTests {
    @Test func `the policies validate strictly, without a warning`() throws {
        let report = Validator(schema: try PolicyTable.schema()).validate(try PolicyTable.policies())
        #expect(report.isValid, "\(report.faults.map(\.description).joined(separator: "\n"))")
        #expect(report.warnings.isEmpty, "\(report.warnings.map(\.description).joined(separator: "\n"))")
    }

    /// Spellings are data to the language: only this notices a kind, stage or role that no record and nobody has.
    @Test func `the policies know no kind, stage or role that the vault does not`() throws {
        let known = Set(VaultState.spellings + Cast.roles)
        for policy in try PolicyTable.policies().policies {
            let texts = policy.sourceText.split(separator: "{", maxSplits: 1).last?.split(separator: "\"") ?? []
            let written = texts.indices.filter { $0 % 2 == 1 }.map { String(texts[$0]) }
            #expect(known.isSuperset(of: written), "\(policy.id): \(Set(written).subtracting(known))")
        }
    }
}
