import EncryptedStore
import Foundation
import Sealing

/// Who may, as the roster had it when an administrator signed it for the list of removals.
struct PeopleListed: Codable {
    /// Somebody who works here.
    struct Person: Codable {
        let staff: String
        let card: Data
        let handle: Data
        let team: String?
        let roles: [String]
    }

    /// A group that has not ended.
    struct Group: Codable {
        let group: String
        let members: [GroupMember]
    }

    let v: Int
    let vault: String
    let at: String
    /// How many statements the roster had.
    let statementCount: Int
    let staff: [Person]
    let groups: [Group]
    let recovery: RecoveryManifest?
}

/// What is gone, as anybody of the vault signed it for the list of removals: it can only take away.
struct RecordsListed: Codable {
    /// A closed record and its day.
    struct Closed: Codable {
        let record: String
        let on: String
    }

    let v: Int
    let vault: String
    let at: String
    let head: LogHead
    /// The heads at which the log went on under a new origin, in their order.
    let restored: [LogHead]
    let removed: [String]
    let closed: [Closed]
}

/// The list of removals: what a restore does again after it has put an older store in place.
///
/// It lies beside the store and beside every backup. Both parts are signed, and sealed under the directory key, so that a
/// folder of backups shows nothing to whoever has no identity of the vault. Format: `RemovalListFormat.md`.
struct RemovalList: Codable {
    static let format = "strongroom/removals"
    static let version = 1

    var format = RemovalList.format
    var version = RemovalList.version
    let vault: String
    /// The signed and sealed ``PeopleListed``; nil until an administrator has opened the vault.
    var people: Data?
    /// Keyed digests of what either part was made from: whether it is still so is seen without opening it.
    var peopleMark: Data?
    /// The signed and sealed ``RecordsListed``.
    var records: Data
    var recordsMark: Data

    enum CodingKeys: String, CodingKey {
        case format, version, vault
        case people = "whoMay"
        case peopleMark = "whoMayMark"
        case records = "whatIsGone"
        case recordsMark = "whatIsGoneMark"
    }

    /// - Throws: ``VaultFault/damaged(_:)``; ``StoreFault/missing(path:)``; ``StoreFault/newer(version:)``.
    static func load(from file: URL) throws -> RemovalList {
        guard FileManager.default.fileExists(atPath: file.path) else { throw StoreFault.missing(path: file.path) }
        let what = "`\(file.lastPathComponent)` is no list of removals"
        let list = try CanonicalJSON.decode(RemovalList.self, from: try Data(contentsOf: file), what: what)
        guard list.format == format else { throw VaultFault.damaged(what) }
        guard list.version == version else { throw StoreFault.newer(version: list.version) }
        return list
    }

    /// Durable and atomic, mode 0600.
    func save(to file: URL) throws {
        try DurableFile.write(CanonicalJSON.encode(self) + Data("\n".utf8), to: file)
    }

    // MARK: its parts

    /// Signs and seals one part.
    static func seal(
        _ part: some Encodable, _ label: Label, by identity: Identity, secrets: VaultSecrets, vault: String
    ) throws -> Data {
        let signed = try SignedStatement(
            signing: CanonicalJSON.encode(part), previous: nil, by: identity, label: label)
        return try SecretBox.seal(
            signed.encoded, key: secrets.directoryKey, label: label, context: Data(vault.utf8))
    }

    /// Opens one part. Its signature is not looked at: by whom it counts is the restore's to say.
    static func open<Part: Decodable>(
        _ sealed: Data, _ type: Part.Type, _ label: Label, secrets: VaultSecrets, vault: String
    ) throws -> (part: Part, signed: SignedStatement) {
        let what = "the list of removals"
        let signed: SignedStatement
        do {
            signed = try SignedStatement(
                encoded: SecretBox.open(
                    sealed, key: secrets.directoryKey, label: label, context: Data(vault.utf8)))
        } catch {
            throw VaultFault.damaged(what)
        }
        return (try CanonicalJSON.decode(type, from: signed.body, what: what), signed)
    }
}
