import Crypto
public import Foundation

/// A digest under a record's key, taken piece by piece: HMAC-SHA256.
///
/// Equal documents in two records have different digests, so a store does not show that they are equal.
public struct KeyedDigest {
    private var state: HMAC<SHA256>

    init(key: SymmetricKey) { state = HMAC(key: key) }

    /// Adds the next bytes; how they are cut does not matter.
    public mutating func update(_ bytes: Data) { state.update(data: bytes) }

    /// The digest of what was added so far; 32 bytes.
    public var value: Data { Data(state.finalize()) }
}
