import Adoption
import Foundation
import Yams

/// Reads the filing convention of a policy profile.
enum FilingProfile {
    /// - Throws: ``VaultFault/policies(_:)`` if the file does not say what the domain can take.
    static func read(_ bytes: Data?) throws -> FilingConvention {
        guard let bytes else { return .standard }
        do {
            return try YAMLDecoder().decode(FilingConvention.self, from: bytes)
        } catch {
            throw VaultFault.policies("`profile/filing-convention.yaml`: \(error)")
        }
    }
}
