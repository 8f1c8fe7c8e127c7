import Crypto

/// What signer and verifier share: names, and the identifier a signature line carries.
enum NoteKey {
    static let ed25519PublicKeyByteCount = 32
    static let ed25519SignatureByteCount = 64

    /// A name holds no space of any script and no plus sign, so that lines and keys can be split without quoting.
    static func isName(_ name: String) -> Bool {
        !name.isEmpty
            && name.unicodeScalars.allSatisfy { $0 != "+" && $0.value >= 0x20 && !$0.properties.isWhitespace }
    }

    /// The first four bytes, big-endian, of `SHA-256(name || 0x0A || type || public key)`.
    static func identifier(name: String, type: UInt8, publicKey: [UInt8]) -> UInt32 {
        SHA256.hash(data: Array(name.utf8) + [0x0A, type] + publicKey).prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
    }
}
