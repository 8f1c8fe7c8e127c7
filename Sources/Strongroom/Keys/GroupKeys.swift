import Crypto
import Foundation
import Sealing

/// Opens the private halves of groups with one person's identity, by membership or by the administrators' office.
struct GroupKeys {
    let rows: KeyRows
    let roster: Roster
    let identity: Identity

    /// The group's current private key, if this identity is one of its members.
    ///
    /// - Throws: ``VaultFault/rosterAltered(_:)`` if what is wrapped is not the key that the signed manifest names.
    func asMember(of group: GroupManifest, epoch: UInt32? = nil) throws -> EncapsulationPrivateKey? {
        let epoch = epoch ?? group.epoch
        guard let sealed = try rows.groupWrap(group.group, epoch: epoch, recipient: identity.card.keyID) else {
            return nil
        }
        return try open(sealed, group: group, epoch: epoch, with: identity.encapsulation)
    }

    /// The group's current private key by way of the office. Policy keeps this to granting, revoking and migrating.
    func byOffice(_ group: GroupManifest) throws -> EncapsulationPrivateKey? {
        guard let office = roster.group(.office), let officeKey = try asMember(of: office) else { return nil }
        if group.group == office.group { return officeKey }
        guard let sealed = try rows.groupWrap(group.group, epoch: group.epoch, recipient: KeyRows.office) else {
            return nil
        }
        return try open(sealed, group: group, epoch: group.epoch, with: officeKey)
    }

    func open(
        _ sealed: Data, group: GroupManifest, epoch: UInt32, with key: EncapsulationPrivateKey
    ) throws -> EncapsulationPrivateKey {
        let opened: EncapsulationPrivateKey
        do {
            let seed = try Envelope.open(
                sealed, with: key, label: VaultLabel.groupPrivate, context: Self.context(group.group, epoch))
            opened = try EncapsulationPrivateKey(seed: seed)
        } catch {
            throw VaultFault.damaged("a group's wrapped key")
        }
        guard epoch != group.epoch || opened.publicKey.bytes == group.publicKey else {
            throw VaultFault.rosterAltered("a group's key is not the one its manifest names")
        }
        return opened
    }

    static func context(_ group: String, _ epoch: UInt32) -> Data { Data("\(group) \(epoch)".utf8) }

    /// The digest that ties a group to its record without naming it.
    static func binding(record: String, salt: Data) -> Data {
        Data(SHA256.hash(data: salt + Data(record.utf8)))
    }
}
