import EncryptedStore
import Foundation
import Sealing

/// The two secrets every current identity holds through the keyring: the store's key and the access log's.
///
/// Neither opens a record. The store key will seal the pages; until then it seals the staff directory and marks the
/// keyring. The log key signs checkpoints.
struct VaultSecrets {
    static let byteCount = 32

    let storeKey: Data
    let logSeed: Data

    static func fresh() -> VaultSecrets {
        VaultSecrets(storeKey: randomBytes(byteCount), logSeed: randomBytes(byteCount))
    }

    /// Wraps both to one more recipient, in place of whatever it held.
    func wrap(to key: EncapsulationPublicKey, recipient: String, in keyring: inout StoreKeyring) throws {
        keyring.wraps.removeAll { $0.recipient == recipient }
        keyring.wraps += try wraps(to: key, recipient: recipient, vault: keyring.vaultID)
        keyring.authenticator = mark(of: keyring)
    }

    /// Wraps both to recovery, in place of whatever recovery key there was.
    func wrapToRecovery(_ card: IdentityCard, in keyring: inout StoreKeyring) throws {
        keyring.recoveryWraps = try wraps(to: card.encapsulation, recipient: card.keyID, vault: keyring.vaultID)
        keyring.authenticator = mark(of: keyring)
    }

    /// Takes a person out of the keyring.
    func unwrap(recipient: String, in keyring: inout StoreKeyring) {
        keyring.wraps.removeAll { $0.recipient == recipient }
        keyring.authenticator = mark(of: keyring)
    }

    private func wraps(
        to key: EncapsulationPublicKey, recipient: String, vault: String
    ) throws -> [StoreKeyring.Wrap] {
        let context = Data(vault.utf8)
        return try [(Purpose.store, storeKey, VaultLabel.storeKey), (Purpose.log, logSeed, VaultLabel.logKey)].map {
            StoreKeyring.Wrap(
                recipient: recipient, purpose: $0.0,
                bytes: try Envelope.seal($0.1, to: key, label: $0.2, context: context))
        }
    }

    /// - Throws: ``VaultFault/notAMember`` without a wrap for `recipient`; ``VaultFault/keyringDiffers`` if the keyring
    ///   was altered by someone without the store key.
    static func unwrap(
        from keyring: StoreKeyring, recipient: String, with key: EncapsulationPrivateKey
    ) throws -> VaultSecrets {
        let context = Data(keyring.vaultID.utf8)
        func open(_ purpose: String, _ label: Label) throws -> Data {
            let every = keyring.wraps + keyring.recoveryWraps
            let mine = every.filter { $0.recipient == recipient && $0.purpose == purpose }
            guard !mine.isEmpty else { throw VaultFault.notAMember }
            for wrap in mine {
                if let opened = try? Envelope.open(wrap.bytes, with: key, label: label, context: context) {
                    return opened
                }
            }
            throw VaultFault.damaged("the keyring's wrap for this identity")
        }
        let secrets = VaultSecrets(
            storeKey: try open(Purpose.store, VaultLabel.storeKey), logSeed: try open(Purpose.log, VaultLabel.logKey))
        guard secrets.mark(of: keyring) == keyring.authenticator else { throw VaultFault.keyringDiffers }
        return secrets
    }

    /// A mark over all of the keyring that only a holder of the store key can make.
    func mark(of keyring: StoreKeyring) -> Data {
        token(keyring.authenticatedBytes, VaultLabel.keyringMark)
    }

    /// A keyed digest of a value that everyone in the vault may compare, such as a reference that was given away.
    func token(_ value: Data, _ label: Label) -> Data {
        guard let key = try? TokenKey(bytes: storeKey) else { preconditionFailure("the store key is 32 bytes") }
        return key.token(value, label: label)
    }

    // MARK: the staff directory

    func sealHandle(_ handle: String, vault: String) throws -> Data {
        try SecretBox.seal(Data(handle.utf8), key: storeKey, label: VaultLabel.handle, context: Data(vault.utf8))
    }

    func openHandle(_ sealed: Data, vault: String) throws -> String {
        do {
            let bytes = try SecretBox.open(sealed, key: storeKey, label: VaultLabel.handle, context: Data(vault.utf8))
            return String(decoding: bytes, as: UTF8.self)
        } catch {
            throw VaultFault.damaged("a name of the staff directory")
        }
    }

    private enum Purpose {
        static let store = "store-key"
        static let log = "log-key"
    }
}
