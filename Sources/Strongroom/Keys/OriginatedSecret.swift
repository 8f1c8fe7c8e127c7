import Foundation
import Sealing

/// A 32-byte secret together with who made it, for whom and for what.
///
/// An envelope alone does not say who sealed it: someone with the disk could put a key of their own in a record's place
/// and wait for the next entry. So every wrapped secret carries its maker's signature, kept through every re-wrap.
struct OriginatedSecret {
    static let secretByteCount = 32
    private static let fingerprintByteCount = 32

    let secret: Data
    let maker: Data
    let signature: Data

    /// Makes a fresh secret, signed by `identity` for `subject` alone.
    static func fresh(for subject: String, by identity: Identity) throws -> OriginatedSecret {
        try OriginatedSecret(secret: randomBytes(secretByteCount), subject: subject, by: identity)
    }

    init(secret: Data, subject: String, by identity: Identity) throws {
        self.secret = secret
        maker = identity.card.fingerprint
        signature = try identity.signing.sign(
            secret + Data(subject.utf8), label: VaultLabel.secretOrigin, strength: .ordinary
        ).encoded
    }

    func sealed(to key: EncapsulationPublicKey, subject: String, label: Label) throws -> Data {
        try Envelope.seal(secret + maker + signature, to: key, label: label, context: Data(subject.utf8))
    }

    /// - Throws: ``VaultFault/rosterAltered(_:)`` if its maker is nobody of this vault or did not sign it.
    static func open(
        _ sealed: Data, with key: EncapsulationPrivateKey, subject: String, label: Label, roster: Roster
    ) throws -> OriginatedSecret {
        let bytes: Data
        do {
            bytes = try Envelope.open(sealed, with: key, label: label, context: Data(subject.utf8))
        } catch {
            throw VaultFault.damaged("a wrapped key")
        }
        let head = secretByteCount + fingerprintByteCount
        guard bytes.count > head else { throw VaultFault.damaged("a wrapped key") }
        let opened = OriginatedSecret(
            secret: Data(bytes.prefix(secretByteCount)),
            maker: Data(bytes.dropFirst(secretByteCount).prefix(fingerprintByteCount)),
            signature: Data(bytes.dropFirst(head)))
        guard let keys = roster.verificationKeys(ofCard: opened.maker),
            let signature = try? Signature(encoded: opened.signature),
            signature.verify(
                opened.secret + Data(subject.utf8), label: VaultLabel.secretOrigin, by: keys, atLeast: .ordinary)
        else { throw VaultFault.rosterAltered("a key was made by nobody of this vault") }
        return opened
    }

    private init(secret: Data, maker: Data, signature: Data) {
        self.secret = secret
        self.maker = maker
        self.signature = signature
    }
}
