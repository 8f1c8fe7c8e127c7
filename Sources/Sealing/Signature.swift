import Crypto
public import Foundation

/// A signature over a message for one purpose.
///
/// The format, and exactly which bytes are signed, is in <doc:SignatureFormat>.
public struct Signature: Hashable, Sendable {
    /// How much a signature is meant to withstand.
    public enum Strength: UInt8, Hashable, Sendable, Comparable {
        /// Ed25519: an entry, a batch.
        case ordinary = 1
        /// Ed25519 and ML-DSA-65, both of which must verify: an act of authority.
        case authority = 2

        /// Ordinary before authority.
        public static func < (one: Strength, other: Strength) -> Bool { one.rawValue < other.rawValue }
    }

    /// What it was made to withstand; bound into both halves, so an authority signature cannot be cut down.
    public let strength: Strength
    let ed25519: Data
    let mlDSA65: Data

    private static let ed25519ByteCount = 64
    private static let mlDSA65ByteCount = 3_309

    init(strength: Strength, ed25519: Data, mlDSA65: Data) {
        self.strength = strength
        self.ed25519 = ed25519
        self.mlDSA65 = mlDSA65
    }

    /// Prelude, strength, Ed25519 signature, and for an act of authority the ML-DSA-65 signature.
    public var encoded: Data { Format.signature.prelude + [strength.rawValue] + ed25519 + mlDSA65 }

    /// Reads a signature; it is checked only by ``verify(_:label:by:atLeast:)``.
    ///
    /// - Throws: ``SealingFault/malformed(_:)``, ``SealingFault/unknownSuite``.
    public init(encoded: Data) throws {
        var reader = ByteReader(encoded)
        try Format.signature.readPrelude(from: &reader)
        guard let strength = try Strength(rawValue: reader.take(1)[0]) else {
            throw SealingFault.malformed("a signature of unknown strength")
        }
        self.strength = strength
        ed25519 = try reader.take(Signature.ed25519ByteCount)
        mlDSA65 = try strength == .authority ? reader.take(Signature.mlDSA65ByteCount) : Data()
        try reader.expectEnd()
    }

    /// Whether these keys signed exactly this message for exactly this label, at least this strongly.
    public func verify(
        _ message: Data, label: Label, by keys: VerificationKeys, atLeast least: Strength
    ) -> Bool {
        let statement = Signature.signedBytes(of: message, label: label, strength: strength)
        guard
            strength >= least,
            let first = try? Curve25519.Signing.PublicKey(rawRepresentation: keys.ed25519),
            first.isValidSignature(ed25519, for: statement)
        else { return false }
        guard strength == .authority else { return true }
        guard let second = try? MLDSA65.PublicKey(rawRepresentation: keys.mlDSA65) else { return false }
        return second.isValidSignature(mlDSA65, for: statement, context: Data(label.text.utf8))
    }

    /// Suite, zero, label, zero, strength, SHA-512 of the message. Neither name can hold a zero byte.
    static func signedBytes(of message: Data, label: Label, strength: Strength) -> Data {
        var bytes = Data(Suite.current.rawValue.utf8) + [0]
        bytes += Data(label.text.utf8) + [0, strength.rawValue]
        return bytes + Data(SHA512.hash(data: message))
    }
}
