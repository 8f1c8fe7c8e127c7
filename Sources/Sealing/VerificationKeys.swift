import Crypto
public import Foundation

/// The public keys by which one person's signatures are checked.
public struct VerificationKeys: Hashable, Sendable {
    /// The Ed25519 public key, 32 bytes (RFC 8032).
    public let ed25519: Data
    /// The ML-DSA-65 public key, 1,952 bytes (FIPS 204).
    public let mlDSA65: Data

    static let ed25519ByteCount = 32
    static let mlDSA65ByteCount = 1_952

    /// Reads the two keys.
    ///
    /// - Throws: ``SealingFault/malformed(_:)`` if either has the wrong length or is no key.
    public init(ed25519: Data, mlDSA65: Data) throws {
        guard
            ed25519.count == VerificationKeys.ed25519ByteCount,
            mlDSA65.count == VerificationKeys.mlDSA65ByteCount,
            (try? Curve25519.Signing.PublicKey(rawRepresentation: ed25519)) != nil,
            (try? MLDSA65.PublicKey(rawRepresentation: mlDSA65)) != nil
        else { throw SealingFault.malformed("not a pair of verification keys") }
        self.init(trustedEd25519: Data(ed25519), mlDSA65: Data(mlDSA65))
    }

    init(trustedEd25519 ed25519: Data, mlDSA65: Data) {
        self.ed25519 = ed25519
        self.mlDSA65 = mlDSA65
    }
}
