import Crypto
public import Foundation

/// Seals bytes under a symmetric key, any number of times.
///
/// Each box has a fresh 32-byte salt and with it a subkey of its own, so there is no limit on boxes per key and no
/// nonce to keep count of. The format is in <doc:SecretBoxFormat>.
public enum SecretBox {
    /// The length of a key.
    public static let keyByteCount = 32

    // Each subkey seals exactly one box, so a fixed nonce never repeats under it.
    private static let nonce = Data(count: 12)
    private static let tagByteCount = 16

    /// Seals `plaintext` under `key`.
    ///
    /// - Parameters:
    ///   - label: the purpose.
    ///   - context: where the box stands; authenticated, not stored.
    /// - Throws: ``SealingFault/malformed(_:)`` unless the key is 32 bytes.
    public static func seal(
        _ plaintext: Data, key: Data, label: Label, context: Data, random: any SecureRandom = SystemRandom()
    ) throws -> Data {
        let salt = random.bytes(CommittedKey.saltByteCount)
        let subkey = try committedKey(key, salt: salt, label: label)
        let box = try AES.GCM.seal(
            plaintext, using: subkey.key, nonce: AES.GCM.Nonce(data: nonce), authenticating: context)
        return Format.secretBox.prelude + salt + subkey.commitment + box.ciphertext + box.tag
    }

    /// Opens what was sealed under `key` for `label` in `context`.
    ///
    /// - Throws: ``SealingFault/notForThisKey`` if the key or the label is another; ``SealingFault/damaged`` if the
    ///   content was changed or the context is another; ``SealingFault/unknownSuite``;
    ///   ``SealingFault/malformed(_:)``.
    public static func open(_ sealed: Data, key: Data, label: Label, context: Data) throws -> Data {
        var reader = ByteReader(sealed)
        try Format.secretBox.readPrelude(from: &reader)
        let salt = try reader.take(CommittedKey.saltByteCount)
        let commitment = try reader.take(CommittedKey.commitmentByteCount)
        let ciphertext = reader.takeRest()
        guard ciphertext.count >= tagByteCount else { throw SealingFault.malformed("it ends too early") }
        let subkey = try committedKey(key, salt: salt, label: label)
        guard subkey.commitment.matches(commitment) else { throw SealingFault.notForThisKey }
        do {
            let box = try AES.GCM.SealedBox(
                nonce: AES.GCM.Nonce(data: nonce), ciphertext: ciphertext.dropLast(tagByteCount),
                tag: ciphertext.suffix(tagByteCount))
            return try AES.GCM.open(box, using: subkey.key, authenticating: context)
        } catch {
            throw SealingFault.damaged
        }
    }

    private static func committedKey(_ key: Data, salt: Data, label: Label) throws -> CommittedKey {
        guard key.count == keyByteCount else { throw SealingFault.malformed("a key is \(keyByteCount) bytes") }
        return CommittedKey(from: SymmetricKey(data: key), salt: salt, info: Format.secretBox.info(label))
    }
}
