import Crypto
public import Foundation

/// The private keys one person signs with: Ed25519, and ML-DSA-65 beside it for acts that must stand for a century.
public struct SigningKeys: Sendable {
    private let secret: SymmetricKey
    private let ed25519: Curve25519.Signing.PrivateKey
    private let mlDSA65: MLDSA65.PrivateKey
    /// The public halves.
    public let verificationKeys: VerificationKeys

    /// The length of ``seed``.
    public static let seedByteCount = 32

    /// New keys.
    public init(random: any SecureRandom = SystemRandom()) {
        do {
            try self.init(seed: random.bytes(SigningKeys.seedByteCount))
        } catch {
            preconditionFailure("signing keys can be made of any 32 bytes")
        }
    }

    /// The keys whose whole secret is `seed`; each is derived from it under a label of its own.
    ///
    /// - Throws: ``SealingFault/malformed(_:)`` unless it is 32 bytes.
    public init(seed: Data) throws {
        guard seed.count == SigningKeys.seedByteCount else { throw SealingFault.malformed("not a signing seed") }
        secret = SymmetricKey(data: seed)
        ed25519 = try Curve25519.Signing.PrivateKey(rawRepresentation: secret.derived(for: .signingEd25519).bytes)
        mlDSA65 = try MLDSA65.PrivateKey(
            seedRepresentation: secret.derived(for: .signingMLDSA65).bytes, publicKey: nil)
        verificationKeys = VerificationKeys(
            trustedEd25519: ed25519.publicKey.rawRepresentation, mlDSA65: mlDSA65.publicKey.rawRepresentation)
    }

    /// The 32 bytes the keys can be made of again.
    public var seed: Data { secret.bytes }

    /// Signs `message` for `label`.
    ///
    /// The Ed25519 half is the same every time; the ML-DSA-65 half is randomised.
    public func sign(_ message: Data, label: Label, strength: Signature.Strength) throws -> Signature {
        let statement = Signature.signedBytes(of: message, label: label, strength: strength)
        return Signature(
            strength: strength,
            ed25519: try ed25519.signature(for: statement),
            mlDSA65: strength == .authority
                ? try mlDSA65.signature(for: statement, context: Data(label.text.utf8)) : Data())
    }
}
