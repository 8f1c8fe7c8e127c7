import Adoption
import Cedar
import Crypto
import Foundation

/// A policy set: Cedar policies, their schema, and the data files, exactly as a vault pins them.
///
/// The digest covers every byte of every file with its name, so two vaults with one digest decide alike. That a set parses
/// does not let it decide: ``PolicyCheck`` says what may come into force.
struct PolicyProfile {
    /// The files by name.
    let files: [String: Data]
    let policies: PolicySet
    let filing: FilingConvention
    /// SHA-256 over the canonical encoding of the files.
    let digest: Data
    let encoded: Data
    /// The first required forbid that is missing or not the one that is required.
    private let forbidFault: String?

    /// Reads a set from the bytes a vault keeps.
    ///
    /// - Throws: ``VaultFault/policies(_:)`` naming the file, with line and column where a policy does not parse.
    init(encoded: Data) throws {
        try self.init(
            files: try CanonicalJSON.decode([String: Data].self, from: encoded, what: "the pinned policy set"))
    }

    init(files: [String: Data]) throws {
        do {
            let sources = files.filter { $0.key.hasSuffix(".cedar") }.sorted { $0.key < $1.key }
            let policies = try PolicySet(
                files: sources.map { (name: $0.key, text: String(decoding: $0.value, as: UTF8.self)) })
            try self.init(files: files, policies: policies)
        } catch let fault as ParseFault {
            throw VaultFault.policies("\(fault)")
        }
    }

    /// A set whose policies have been read from these very files.
    init(files: [String: Data], policies: PolicySet) throws {
        self.files = files
        self.policies = policies
        encoded = try CanonicalJSON.encode(files)
        digest = Data(SHA256.hash(data: encoded))
        filing = try FilingProfile.read(files["profile/filing-convention.yaml"])
        forbidFault = RequiredForbids.faults(in: policies).first
    }

    /// Asks the policies. An error in any of them is a deny: an erroring `forbid` must never fail open.
    func decide(_ request: Request, _ entities: [Entity]) throws -> (isAllowed: Bool, reasons: [String]) {
        decide(request, try Entities(entities))
    }

    func decide(_ request: Request, _ entities: Entities) -> (isAllowed: Bool, reasons: [String]) {
        let response = Authorizer.isAuthorized(request, policies: policies, entities: entities)
        guard response.errors.isEmpty else {
            return (false, response.errors.map { Verdict.errorPrefix + $0.policyID }.sorted())
        }
        return (response.decision == .allow, response.reasons.sorted())
    }

    /// - Throws: ``VaultFault/policies(_:)`` if a forbid that no set may lack is missing or changed.
    func requireForbids() throws {
        if let forbidFault { throw VaultFault.policies(forbidFault) }
    }
}
