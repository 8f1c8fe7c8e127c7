import EncryptedStore
import Foundation
import Sealing

/// The secrets every current identity holds through the keyring. None of them opens a record.
///
/// The store key seals the pages. The directory key seals the names of the staff directory, makes tokens that everyone
/// in the vault may compare, and marks the keyring; what it sealed is under signatures, so it stays when the store key is
/// renewed. The log key signs checkpoints.
struct VaultSecrets {
    static let byteCount = 32

    var storeKey: StoreKey
    /// The key the store is being sealed anew under, until that is done.
    var nextStoreKey: StoreKey?
    let directoryKey: Data
    let logSeed: Data

    static func fresh() throws -> VaultSecrets {
        VaultSecrets(
            storeKey: try StoreKey(), directoryKey: randomBytes(byteCount), logSeed: randomBytes(byteCount))
    }

    // MARK: the keyring

    /// Wraps all of them for these cards and for recovery, in place of whatever wraps there were.
    func wrap(to cards: [IdentityCard], recovery: IdentityCard?, in keyring: inout StoreKeyring) throws {
        keyring.wraps = try cards.flatMap { try wraps(to: $0, vault: keyring.vaultID) }
        keyring.recoveryWraps = try recovery.map { try wraps(to: $0, vault: keyring.vaultID) } ?? []
        keyring.authenticator = mark(of: keyring)
    }

    /// Whether the keyring holds a second store key: then the store is being sealed anew, or a crash interrupted that.
    static func isBeingRenewed(_ keyring: StoreKeyring) -> Bool {
        (keyring.wraps + keyring.recoveryWraps).contains { $0.purpose == Purpose.nextStore.rawValue }
    }

    private func wraps(to card: IdentityCard, vault: String) throws -> [StoreKeyring.Wrap] {
        func wrap(_ secret: Data, _ purpose: Purpose) throws -> StoreKeyring.Wrap {
            StoreKeyring.Wrap(
                recipient: card.keyID, purpose: purpose.rawValue,
                bytes: try Envelope.seal(
                    secret, to: card.encapsulation, label: purpose.label, context: Data(vault.utf8)))
        }
        func wrap(_ key: StoreKey, _ purpose: Purpose) throws -> StoreKeyring.Wrap {
            try key.withBytes { bytes in
                var copy = Data(bytes)
                defer { copy.resetBytes(in: copy.startIndex..<copy.endIndex) }
                return try wrap(copy, purpose)
            }
        }
        return [
            try wrap(storeKey, .store), try nextStoreKey.map { try wrap($0, .nextStore) },
            try wrap(directoryKey, .directory), try wrap(logSeed, .log),
        ].compactMap { $0 }
    }

    /// - Throws: ``VaultFault/notAMember`` without a wrap for `recipient`; ``VaultFault/keyringDiffers`` if the keyring
    ///   was altered by someone without the directory key.
    static func unwrap(
        from keyring: StoreKeyring, recipient: String, with key: EncapsulationPrivateKey
    ) throws -> VaultSecrets {
        let context = Data(keyring.vaultID.utf8)
        func openIfThere(_ purpose: Purpose) throws -> Data? {
            let every = keyring.wraps + keyring.recoveryWraps
            let mine = every.filter { $0.recipient == recipient && $0.purpose == purpose.rawValue }
            guard !mine.isEmpty else { return nil }
            for wrap in mine {
                if let opened = try? Envelope.open(wrap.bytes, with: key, label: purpose.label, context: context) {
                    return opened
                }
            }
            throw VaultFault.damaged("the keyring's wrap for this identity")
        }
        func open(_ purpose: Purpose) throws -> Data {
            guard let opened = try openIfThere(purpose) else { throw VaultFault.notAMember }
            return opened
        }
        func storeKey(_ bytes: Data) throws -> StoreKey {
            var bytes = bytes
            return try StoreKey(taking: &bytes)
        }
        let secrets = VaultSecrets(
            storeKey: try storeKey(open(.store)), nextStoreKey: try openIfThere(.nextStore).map(storeKey),
            directoryKey: try open(.directory), logSeed: try open(.log))
        guard secrets.mark(of: keyring) == keyring.authenticator else { throw VaultFault.keyringDiffers }
        return secrets
    }

    /// A mark over all of the keyring that only a holder of the directory key can make.
    func mark(of keyring: StoreKeyring) -> Data {
        token(keyring.authenticatedBytes, VaultLabel.keyringMark)
    }

    /// A keyed digest of a value that everyone in the vault may compare, such as a reference that was given away.
    func token(_ value: Data, _ label: Label) -> Data {
        guard let key = try? TokenKey(bytes: directoryKey) else { preconditionFailure("a directory key is 32 bytes") }
        return key.token(value, label: label)
    }

    // MARK: the staff directory

    func sealHandle(_ handle: String, vault: String) throws -> Data {
        try SecretBox.seal(
            Data(handle.utf8), key: directoryKey, label: VaultLabel.handle, context: Data(vault.utf8))
    }

    func openHandle(_ sealed: Data, vault: String) throws -> String {
        do {
            let bytes = try SecretBox.open(
                sealed, key: directoryKey, label: VaultLabel.handle, context: Data(vault.utf8))
            return String(decoding: bytes, as: UTF8.self)
        } catch {
            throw VaultFault.damaged("a name of the staff directory")
        }
    }

    /// What a wrap of the keyring holds.
    private enum Purpose: String {
        case store = "store-key"
        case nextStore = "next-store-key"
        case directory = "directory-key"
        case log = "log-key"

        var label: Label {
            switch self {
            // One key, whichever it is called for the while.
            case .store, .nextStore: VaultLabel.storeKey
            case .directory: VaultLabel.directoryKey
            case .log: VaultLabel.logKey
            }
        }
    }
}
