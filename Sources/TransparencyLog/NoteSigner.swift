import Crypto

/// A key that signs notes: Ed25519, signature type 0x01 of C2SP signed-note.
public struct NoteSigner: Sendable {
    /// The length of the seed.
    public static let seedByteCount = 32

    /// The key's name. A log's is its origin.
    public let name: String
    private let privateKey: Curve25519.Signing.PrivateKey

    /// Makes the key from 32 secret random bytes.
    ///
    /// - Throws: ``NoteFault/malformedKey(_:)`` where the name is no key name or the seed is not 32 bytes.
    public init(name: String, ed25519Seed: [UInt8]) throws {
        guard NoteKey.isName(name) else { throw NoteFault.malformedKey("`\(name)` cannot be a key's name") }
        guard ed25519Seed.count == Self.seedByteCount else {
            throw NoteFault.malformedKey("a seed has \(Self.seedByteCount) bytes, not \(ed25519Seed.count)")
        }
        self.name = name
        privateKey = try Curve25519.Signing.PrivateKey(rawRepresentation: ed25519Seed)
    }

    /// The four bytes that tell this key from others of its name.
    public var keyID: UInt32 { verifier.keyID }

    /// The public half.
    public var verifier: NoteVerifier {
        NoteVerifier(name: name, publicKey: Array(privateKey.publicKey.rawRepresentation))
    }

    /// Signs the text, its final line feed included.
    func sign(_ text: String) -> NoteSignature {
        guard let bytes = try? privateKey.signature(for: Array(text.utf8)) else {
            preconditionFailure("Ed25519 cannot fail on a valid key")
        }
        return NoteSignature(name: name, keyID: keyID, bytes: Array(bytes))
    }
}
