/// The set of algorithms a sealed object was made with.
///
/// Every format of this room names its suite, in text or as one byte, and binds the name into what it authenticates. A
/// reader that meets another name stops with ``SealingFault/unknownSuite``: nothing is guessed and nothing negotiated.
public enum Suite: String, Hashable, Sendable, CaseIterable {
    /// X-Wing HPKE with HKDF-SHA256 and AES-256-GCM; HKDF-SHA256; AES-256-GCM; Ed25519 and ML-DSA-65; scrypt.
    case hybrid1 = "strongroom-suite-1"

    /// The suite everything new is made with.
    static let current = Suite.hybrid1

    /// The one byte by which binary formats name the suite.
    var byte: UInt8 {
        switch self {
        case .hybrid1: 0x01
        }
    }
}
