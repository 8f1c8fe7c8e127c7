import Crypto
public import Foundation

/// Seals bytes to one public key, for one purpose, in one place.
///
/// HPKE (RFC 9180, base mode) with the hybrid X-Wing, so that an envelope recorded today stays closed to a quantum
/// computer tomorrow. It says nothing about who sealed it: where that matters, sign the envelope. The format is in
/// <doc:EnvelopeFormat>.
public enum Envelope {
    private static let suite = HPKE.Ciphersuite.XWingMLKEM768X25519_SHA256_AES_GCM_256
    private static let encapsulatedKeyByteCount = 1_120
    private static let tagByteCount = 16

    /// How many bytes longer than its plaintext an envelope is.
    public static let overheadByteCount =
        Format.preludeByteCount + encapsulatedKeyByteCount + CommittedKey.commitmentByteCount + tagByteCount

    /// Seals `plaintext` to `recipient`.
    ///
    /// - Parameters:
    ///   - label: the purpose; only ``open(_:with:label:context:)`` with the same label opens it.
    ///   - context: where the envelope stands (a record, a group, an epoch); authenticated, not stored.
    public static func seal(
        _ plaintext: Data, to recipient: EncapsulationPublicKey, label: Label, context: Data
    ) throws -> Data {
        var sender = try HPKE.Sender(
            recipientKey: recipient.key, ciphersuite: suite, info: Format.envelope.info(label))
        let commitment = try sender.exportSecret(
            context: Data(Label.commitment.text.utf8), outputByteCount: CommittedKey.commitmentByteCount)
        let ciphertext = try sender.seal(plaintext, authenticating: context)
        return Format.envelope.prelude + sender.encapsulatedKey + commitment.bytes + ciphertext
    }

    /// Opens what was sealed to `key` for `label` in `context`.
    ///
    /// - Throws: ``SealingFault/notForThisKey`` if the key or the label is another; ``SealingFault/damaged`` if the
    ///   content was changed or the context is another; ``SealingFault/unknownSuite``;
    ///   ``SealingFault/malformed(_:)``.
    public static func open(
        _ sealed: Data, with key: EncapsulationPrivateKey, label: Label, context: Data
    ) throws -> Data {
        var reader = ByteReader(sealed)
        try Format.envelope.readPrelude(from: &reader)
        let encapsulated = try reader.take(encapsulatedKeyByteCount)
        let commitment = try reader.take(CommittedKey.commitmentByteCount)
        let ciphertext = reader.takeRest()
        guard ciphertext.count >= tagByteCount else { throw SealingFault.malformed("it ends too early") }
        guard
            var recipient = try? HPKE.Recipient(
                privateKey: key.key, ciphersuite: suite, info: Format.envelope.info(label),
                encapsulatedKey: encapsulated),
            let expected = try? recipient.exportSecret(
                context: Data(Label.commitment.text.utf8), outputByteCount: CommittedKey.commitmentByteCount),
            expected.bytes.matches(commitment)
        else { throw SealingFault.notForThisKey }
        do {
            return try recipient.open(ciphertext, authenticating: context)
        } catch {
            throw SealingFault.damaged
        }
    }

    /// Whether these bytes have an envelope's form around so many bytes, whoever it is for; opening alone tells more.
    public static func isWellFormed(_ sealed: Data, holding byteCount: PartialRangeFrom<Int> = 0...) -> Bool {
        var reader = ByteReader(sealed)
        return (try? Format.envelope.readPrelude(from: &reader)) != nil
            && byteCount.contains(sealed.count - overheadByteCount)
    }
}
