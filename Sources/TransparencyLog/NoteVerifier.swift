import Crypto

/// The public half of a key that signs notes: what an auditor is given, by a way other than the log itself.
public struct NoteVerifier: Sendable, Hashable {
    /// The key's name. A log's is its origin.
    public let name: String
    /// The four bytes that tell this key from others of its name.
    public let keyID: UInt32
    /// The Ed25519 public key, 32 bytes.
    public let publicKey: [UInt8]

    init(name: String, publicKey: [UInt8]) {
        self.name = name
        self.publicKey = publicKey
        keyID = NoteKey.identifier(name: name, type: Labels.ed25519, publicKey: publicKey)
    }

    /// Reads a key in the text form of C2SP signed-note: `name+keyid+base64(type || public key)`.
    ///
    /// - Throws: ``NoteFault/malformedKey(_:)`` for anything but an Ed25519 key in its one canonical spelling.
    public init(vkey: String) throws {
        // Only the first two: base64 may hold plus signs of its own.
        let parts = vkey.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3 else { throw NoteFault.malformedKey("its three parts are not joined by `+`") }
        let name = String(parts[0])
        guard NoteKey.isName(name) else { throw NoteFault.malformedKey("`\(name)` cannot be a key's name") }
        guard let key = Base64.decode(parts[2]) else { throw NoteFault.malformedKey("its last part is not base64") }
        guard key.first == Labels.ed25519, key.count == 1 + NoteKey.ed25519PublicKeyByteCount else {
            throw NoteFault.malformedKey("it is not an Ed25519 key of type 1")
        }
        self.init(name: name, publicKey: Array(key.dropFirst()))
        guard keyIDText == parts[1] else {
            throw NoteFault.malformedKey("its identifier does not fit its name and key")
        }
    }

    /// The key's text form, one line without line feed.
    public var vkey: String { "\(name)+\(keyIDText)+\(Base64.encode([Labels.ed25519] + publicKey))" }

    /// Accepts a note that this key signed.
    ///
    /// Signatures by other keys are ignored; one in this key's name and identifier that fails rejects the whole note.
    ///
    /// - Throws: ``NoteFault/notSigned(by:)`` or ``NoteFault/badSignature(key:)``.
    public func check(_ note: SignedNote) throws(NoteFault) {
        let mine = note.signatures.filter { $0.keyID == keyID && $0.name.utf8.elementsEqual(name.utf8) }
        guard !mine.isEmpty else { throw .notSigned(by: name) }
        guard mine.allSatisfy({ accepts($0.bytes, over: note.text) }) else { throw .badSignature(key: name) }
    }

    private func accepts(_ signature: [UInt8], over text: String) -> Bool {
        guard signature.count == NoteKey.ed25519SignatureByteCount else { return false }
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey) else { return false }
        return key.isValidSignature(signature, for: Array(text.utf8))
    }

    private var keyIDText: String {
        let digits = String(keyID, radix: 16)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }
}
