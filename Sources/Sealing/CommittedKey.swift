import Crypto
import Foundation

/// A one-use AES-256-GCM key and the commitment to it.
///
/// GCM alone lets one ciphertext open under two keys. Whoever compares the commitment first cannot be shown one content
/// while a colleague is shown another.
struct CommittedKey {
    let key: SymmetricKey
    let commitment: Data

    static let saltByteCount = 32
    static let commitmentByteCount = 32
    private static let keyByteCount = 32

    /// HKDF-SHA256 of `secret` with `salt` and `info`, 64 bytes: the key, then the commitment.
    init(from secret: SymmetricKey, salt: Data, info: Data) {
        let derived = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: secret, salt: salt, info: info,
            outputByteCount: CommittedKey.keyByteCount + CommittedKey.commitmentByteCount)
        // Straight from one zeroised key into another: no copy of the key's half stays behind in a Data.
        key = derived.withUnsafeBytes {
            SymmetricKey(data: UnsafeRawBufferPointer(rebasing: $0[..<CommittedKey.keyByteCount]))
        }
        commitment = derived.withUnsafeBytes { Data($0[CommittedKey.keyByteCount...]) }
    }
}

extension SymmetricKey {
    var bytes: Data { withUnsafeBytes { Data($0) } }

    /// The key HKDF-SHA256 derives from this one for `label` and `identity`.
    func derived(for label: Label, _ identity: Data = Data()) -> SymmetricKey {
        let info = Framing.join([Data(Suite.current.rawValue.utf8), Data(label.text.utf8), identity])
        return HKDF<SHA256>.deriveKey(inputKeyMaterial: self, info: info, outputByteCount: 32)
    }
}
