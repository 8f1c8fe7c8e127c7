import Crypto
public import Foundation

/// Turns a value into a token by which it can be found but not read: HMAC-SHA256.
///
/// Whoever holds the key can guess values and compare; keep it with those who may search.
public struct TokenKey: Sendable {
    private let secret: SymmetricKey

    /// The length of ``bytes``.
    public static let byteCount = 32

    /// A new key.
    public init(random: any SecureRandom = SystemRandom()) {
        secret = SymmetricKey(data: random.bytes(TokenKey.byteCount))
    }

    /// The key that was stored as `bytes`.
    ///
    /// - Throws: ``SealingFault/malformed(_:)`` unless they are 32.
    public init(bytes: Data) throws {
        guard bytes.count == TokenKey.byteCount else { throw SealingFault.malformed("a token key is 32 bytes") }
        secret = SymmetricKey(data: bytes)
    }

    /// The key, to be sealed by the caller.
    public var bytes: Data { secret.bytes }

    /// The token of `value` for `label`: HMAC-SHA256 over the label, a zero byte and the value; 32 bytes.
    public func token(_ value: Data, label: Label) -> Data {
        Data(HMAC<SHA256>.authenticationCode(for: Data(label.text.utf8) + [0] + value, using: secret))
    }
}
