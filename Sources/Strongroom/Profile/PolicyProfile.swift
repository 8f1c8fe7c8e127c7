import Adoption
import Cedar
import Crypto
public import Foundation

/// The policy set in force: Cedar policies, their schema, and the data files, exactly as a vault pins them.
///
/// The digest covers every byte of every file with its name, so two vaults with one digest decide alike.
public struct PolicyProfile: Sendable {
    /// The files by name, in the order their names sort.
    public let files: [String: Data]
    let policies: PolicySet
    let filing: FilingConvention

    /// SHA-256 over the canonical encoding of the files.
    public let digest: Data
    let encoded: Data

    /// Reads a profile's directory: `*.cedar`, `*.cedarschema` and `profile/*.yaml`.
    ///
    /// - Throws: ``VaultFault/policies(_:)`` naming the file, with line and column where a policy does not parse.
    public init(directory: URL) throws {
        var files: [String: Data] = [:]
        for (folder, endings) in [("", ["cedar", "cedarschema"]), ("profile", ["yaml"])] {
            let place = folder.isEmpty ? directory : directory.appendingPathComponent(folder)
            let names = (try? FileManager.default.contentsOfDirectory(atPath: place.path)) ?? []
            for name in names where endings.contains((name as NSString).pathExtension) {
                guard let bytes = try? Data(contentsOf: place.appendingPathComponent(name)) else {
                    throw VaultFault.policies("`\(name)` cannot be read")
                }
                files[folder.isEmpty ? name : "\(folder)/\(name)"] = bytes
            }
        }
        guard files.keys.contains(where: { $0.hasSuffix(".cedar") }) else {
            throw VaultFault.policies("there is no policy in `\(directory.path)`")
        }
        try self.init(files: files)
    }

    /// Reads a profile from the bytes a vault pinned.
    init(encoded: Data) throws {
        try self.init(
            files: try CanonicalJSON.decode([String: Data].self, from: encoded, what: "the pinned policy set"))
    }

    private init(files: [String: Data]) throws {
        self.files = files
        encoded = try CanonicalJSON.encode(files)
        digest = Data(SHA256.hash(data: encoded))
        let sources = files.filter { $0.key.hasSuffix(".cedar") }.sorted { $0.key < $1.key }
        do {
            policies = try PolicySet(
                files: sources.map { (name: $0.key, text: String(decoding: $0.value, as: UTF8.self)) })
        } catch {
            throw VaultFault.policies("\(error)")
        }
        filing = try FilingProfile.read(files["profile/filing-convention.yaml"])
        try requireForbids()
    }

    /// The `forbid`s without which no set may become active: a set cannot vote itself free of them.
    static let requiredForbids: Set<String> = [
        "closed-never-opens", "removed-never-opens", "inactive-staff-do-nothing",
        "one-person-does-not-withdraw-an-order", "auditor-reads-no-record", "archive-keeper-alone-reads-nothing",
        "no-reversal-after-order",
    ]

    private func requireForbids() throws {
        let present = Set(policies.policies.filter { $0.effect == .forbid }.compactMap { $0.annotations["id"] })
        if let missing = Self.requiredForbids.subtracting(present).min() {
            throw VaultFault.policies("the required forbid `\(missing)` is missing")
        }
    }
}
