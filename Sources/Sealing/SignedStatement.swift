import Crypto
public import Foundation

/// A body someone signed, in its place after an earlier statement.
///
/// What a body means is the caller's. The signature of a statement read from outside is not checked until
/// ``verify(by:atLeast:label:)`` or ``StatementChain`` does it. The format is in <doc:SignedStatementFormat>.
public struct SignedStatement: Hashable, Sendable {
    /// The canonical bytes that are stated.
    public let body: Data
    /// The ``digest`` of the statement before, 32 bytes; nothing for the first.
    public let previous: Data?
    /// The fingerprint of the signer's identity card, 32 bytes.
    public let signer: Data
    /// The signature over everything above.
    public let signature: Signature

    private static let digestByteCount = 32
    private static let mostBodyByteCount = 1 << 24

    /// Signs `body` as the statement after `previous`.
    ///
    /// - Parameter label: the purpose of the whole chain; a chain for one purpose is none for another.
    /// - Throws: ``SealingFault/malformed(_:)`` if `previous` is not 32 bytes or the body longer than 16 MiB.
    public init(
        signing body: Data, previous: Data?, by identity: Identity, strength: Signature.Strength = .authority,
        label: Label = .statement
    ) throws {
        let signer = identity.card.fingerprint
        guard
            previous.map({ $0.count == SignedStatement.digestByteCount }) ?? true,
            body.count <= SignedStatement.mostBodyByteCount
        else { throw SealingFault.malformed("a statement's previous digest or body") }
        self.body = body
        self.previous = previous
        self.signer = signer
        signature = try identity.signing.sign(
            SignedStatement.signedBytes(body, previous, signer), label: label, strength: strength)
    }

    /// Reads a statement.
    ///
    /// - Throws: ``SealingFault/malformed(_:)``, ``SealingFault/unknownSuite``.
    public init(encoded: Data) throws {
        var reader = ByteReader(encoded)
        try Format.statement.readPrelude(from: &reader)
        switch try reader.take(1)[0] {
        case 0: previous = nil
        case 1: previous = try reader.take(SignedStatement.digestByteCount)
        default: throw SealingFault.malformed("a statement either has a previous one or has not")
        }
        signer = try reader.take(SignedStatement.digestByteCount)
        let bodyByteCount = Int(try reader.takeBigEndianUInt32())
        guard bodyByteCount <= SignedStatement.mostBodyByteCount else {
            throw SealingFault.malformed("too long a body")
        }
        body = try reader.take(bodyByteCount)
        signature = try Signature(encoded: reader.takeRest())
    }

    /// The statement as it is stored.
    public var encoded: Data { signedBytes + signature.encoded }

    /// SHA-256 of ``encoded``, which the next statement carries; of the first, the root's fingerprint. 32 bytes.
    public var digest: Data { Data(SHA256.hash(data: encoded)) }

    /// Whether these keys signed it for this label, at least this strongly.
    ///
    /// Does not look whether the keys are those of ``signer``: that link is the caller's.
    public func verify(
        by keys: VerificationKeys, atLeast least: Signature.Strength = .authority, label: Label = .statement
    ) -> Bool {
        signature.verify(signedBytes, label: label, by: keys, atLeast: least)
    }

    private var signedBytes: Data { SignedStatement.signedBytes(body, previous, signer) }

    private static func signedBytes(_ body: Data, _ previous: Data?, _ signer: Data) -> Data {
        var bytes = Format.statement.prelude
        bytes += [previous == nil ? 0 : 1]
        bytes += previous ?? Data()
        bytes += signer
        bytes.append(bigEndian: UInt32(body.count))
        return bytes + body
    }
}
