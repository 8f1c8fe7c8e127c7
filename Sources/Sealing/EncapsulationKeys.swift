import Crypto
public import Foundation

/// The public key an envelope is addressed to: X-Wing, that is ML-KEM-768 and X25519 together.
public struct EncapsulationPublicKey: Hashable, Sendable {
    /// 1,216 bytes: the ML-KEM-768 encapsulation key, then the X25519 public key (draft-connolly-cfrg-xwing-kem-06).
    public let bytes: Data

    /// The length of ``bytes``.
    public static let byteCount = 1_216

    private static let mlKEMByteCount = 1_184

    /// Reads a public key.
    ///
    /// - Throws: ``SealingFault/malformed(_:)`` if the length is wrong or the ML-KEM half fails FIPS 203's check.
    public init(bytes: Data) throws {
        // X-Wing itself takes any bytes of the right length and would fail only when something is sealed.
        let mlKEM = Data(bytes.prefix(EncapsulationPublicKey.mlKEMByteCount))
        guard
            bytes.count == EncapsulationPublicKey.byteCount,
            (try? MLKEM768.PublicKey(rawRepresentation: mlKEM)) != nil
        else { throw SealingFault.malformed("not an X-Wing public key") }
        self.bytes = Data(bytes)
    }

    fileprivate init(trusted bytes: Data) { self.bytes = bytes }

    var key: XWingMLKEM768X25519.PublicKey {
        get throws { try XWingMLKEM768X25519.PublicKey(rawRepresentation: bytes) }
    }
}

/// The private key that opens what was sealed to its public key.
public struct EncapsulationPrivateKey: Sendable {
    let key: XWingMLKEM768X25519.PrivateKey
    /// The public half.
    public let publicKey: EncapsulationPublicKey

    /// The length of ``seed``.
    public static let seedByteCount = 32

    /// A new key.
    public init(random: any SecureRandom = SystemRandom()) {
        do {
            try self.init(seed: random.bytes(EncapsulationPrivateKey.seedByteCount))
        } catch {
            preconditionFailure("an X-Wing key can be made of any 32 bytes")
        }
    }

    /// The key whose whole secret is `seed`.
    ///
    /// - Throws: ``SealingFault/malformed(_:)`` unless it is 32 bytes.
    public init(seed: Data) throws {
        guard
            seed.count == EncapsulationPrivateKey.seedByteCount,
            let key = try? XWingMLKEM768X25519.PrivateKey(seedRepresentation: Data(seed), publicKey: nil)
        else { throw SealingFault.malformed("not an X-Wing seed") }
        self.key = key
        publicKey = EncapsulationPublicKey(trusted: key.publicKey.rawRepresentation)
    }

    /// The 32 bytes the key can be made of again.
    public var seed: Data { key.seedRepresentation }
}
