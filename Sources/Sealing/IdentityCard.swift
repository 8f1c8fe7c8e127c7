import Crypto
public import Foundation

/// What everybody may know of a person's keys: the public halves, vouching for each other.
///
/// A card proves that whoever made it held the Ed25519 key. It does not prove whose keys they are: compare the
/// ``fingerprint`` over another channel before trusting one. The format is in <doc:IdentityCardFormat>.
public struct IdentityCard: Hashable, Sendable {
    /// Where to seal things for this person.
    public let encapsulation: EncapsulationPublicKey
    /// How to check this person's signatures.
    public let verification: VerificationKeys
    private let selfSignature: Data

    /// The length of ``encoded``.
    public static let byteCount = bodyByteCount + selfSignatureByteCount

    private static let bodyByteCount =
        Format.preludeByteCount + EncapsulationPublicKey.byteCount + VerificationKeys.ed25519ByteCount
        + VerificationKeys.mlDSA65ByteCount
    private static let selfSignatureByteCount = 64
    private static let keyIDByteCount = 8
    private static let title = "IDENTITY CARD"

    init(encapsulation: EncapsulationPublicKey, signing: SigningKeys) throws {
        self.encapsulation = encapsulation
        verification = signing.verificationKeys
        let body = IdentityCard.body(encapsulation, signing.verificationKeys)
        // Ed25519 alone, because it is the same every time: one identity has one card, byte for byte.
        selfSignature = try signing.sign(body, label: .identityCard, strength: .ordinary).ed25519
    }

    /// Reads a card and checks that it vouches for itself.
    ///
    /// - Throws: ``SealingFault/badSignature``, ``SealingFault/malformed(_:)``, ``SealingFault/unknownSuite``.
    public init(encoded: Data) throws {
        var reader = ByteReader(encoded)
        try Format.identityCard.readPrelude(from: &reader)
        encapsulation = try EncapsulationPublicKey(bytes: reader.take(EncapsulationPublicKey.byteCount))
        verification = try VerificationKeys(
            ed25519: reader.take(VerificationKeys.ed25519ByteCount),
            mlDSA65: reader.take(VerificationKeys.mlDSA65ByteCount))
        selfSignature = try reader.take(IdentityCard.selfSignatureByteCount)
        try reader.expectEnd()
        let signature = Signature(strength: .ordinary, ed25519: selfSignature, mlDSA65: Data())
        let body = IdentityCard.body(encapsulation, verification)
        guard signature.verify(body, label: .identityCard, by: verification, atLeast: .ordinary) else {
            throw SealingFault.badSignature
        }
    }

    /// The canonical bytes: one identity, one spelling.
    public var encoded: Data { IdentityCard.body(encapsulation, verification) + selfSignature }

    /// SHA-256 over the keys, that is ``encoded`` without the signature; 32 bytes.
    public var fingerprint: Data { Data(SHA256.hash(data: IdentityCard.body(encapsulation, verification))) }

    /// The first eight bytes of the fingerprint in hexadecimal: a name for lists, too short to be trusted.
    public var keyID: String { Data(fingerprint.prefix(IdentityCard.keyIDByteCount)).hexadecimal }

    /// The card as text to be sent to an administrator.
    public var text: String { armour.text }

    /// Reads a card out of a text; what stands before and after it is ignored.
    ///
    /// - Throws: ``SealingFault/damaged`` if the text was changed on the way, and as ``init(encoded:)``.
    public init(text: String) throws {
        try self.init(Armour.first(IdentityCard.title, in: text))
    }

    init(_ armour: Armour) throws {
        try armour.expectCurrentSuite()
        try self.init(encoded: armour.body)
        guard armour.headers == self.armour.headers else { throw SealingFault.damaged }
    }

    var armour: Armour {
        Armour(
            title: IdentityCard.title,
            headers: [.init("suite", Suite.current.rawValue), .init("key", keyID)], body: encoded)
    }

    private static func body(_ encapsulation: EncapsulationPublicKey, _ verification: VerificationKeys) -> Data {
        Format.identityCard.prelude + encapsulation.bytes + verification.ed25519 + verification.mlDSA65
    }
}
