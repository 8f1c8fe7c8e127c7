import Crypto
public import Foundation

/// The secret of one record in one epoch, from which the key of each entry is derived.
///
/// It never leaves as plain bytes: only wrapped.
public struct RecordKey: Sendable {
    private let secret: SymmetricKey

    /// The length of the secret.
    public static let byteCount = 32

    /// A new record key.
    public init(random: any SecureRandom = SystemRandom()) {
        secret = SymmetricKey(data: random.bytes(RecordKey.byteCount))
    }

    /// Takes a secret that came out of an envelope of the caller's own.
    ///
    /// - Throws: ``SealingFault/malformed(_:)`` unless it is 32 bytes.
    public init(bytes: Data) throws {
        guard bytes.count == RecordKey.byteCount else {
            throw SealingFault.malformed("a record key is \(RecordKey.byteCount) bytes")
        }
        secret = SymmetricKey(data: bytes)
    }

    private init(secret: SymmetricKey) { self.secret = secret }

    /// The key in an envelope to a group or to recovery.
    ///
    /// - Parameter context: which record and epoch this is, in bytes that never change.
    public func wrapped(to recipient: EncapsulationPublicKey, context: Data) throws -> Data {
        try Envelope.seal(secret.bytes, to: recipient, label: .recordKey, context: context)
    }

    /// Opens a wrap made by ``wrapped(to:context:)`` in this context.
    ///
    /// - Throws: as ``Envelope/open(_:with:label:context:)``.
    public static func unwrap(_ wrap: Data, with key: EncapsulationPrivateKey, context: Data) throws -> RecordKey {
        let bytes = try Envelope.open(wrap, with: key, label: .recordKey, context: context)
        guard bytes.count == byteCount else { throw SealingFault.malformed("a record key is \(byteCount) bytes") }
        return RecordKey(secret: SymmetricKey(data: bytes))
    }

    /// The key of one entry: HKDF-SHA256 of this key for ``Label/entryKey`` and the identity.
    public func entryKey(_ entryIdentity: Data) -> EntryKey {
        EntryKey(secret: secret.derived(for: .entryKey, entryIdentity))
    }

    /// A digest of `plaintext` that only holders of this key can compute or compare; 32 bytes.
    public func digest(_ plaintext: Data) -> Data {
        var digest = digester()
        digest.update(plaintext)
        return digest.value
    }

    /// The same digest, taken piece by piece.
    public func digester() -> KeyedDigest { KeyedDigest(key: secret.derived(for: .contentDigest)) }
}
