public import Foundation

/// One custodian's share of a secret that any ``threshold`` of ``count`` custodians restore together.
///
/// Fewer learn nothing at all about it. Its printed form is ``page``.
public struct RecoveryShare: Hashable, Sendable {
    /// How many shares restore the secret.
    public let threshold: Int
    /// How many shares were made.
    public let count: Int
    /// Which of them this is, from 1.
    public let index: Int
    /// Five random bytes the shares of one split have in common.
    public let setID: Data
    /// The share itself: 36 bytes, the secret's 32 and its checksum's four, each shared on its own.
    public let value: Data

    static let setIDByteCount = 5
    static let valueByteCount = 36
    static let mostCount = 32

    init(threshold: Int, count: Int, index: Int, setID: Data, value: Data) throws {
        guard
            count <= RecoveryShare.mostCount, (2...max(2, count)).contains(threshold),
            (1...max(1, count)).contains(index), setID.count == RecoveryShare.setIDByteCount,
            value.count == RecoveryShare.valueByteCount
        else { throw SealingFault.malformed("a threshold is 2 to the number of shares, at most 32 of them") }
        self.threshold = threshold
        self.count = count
        self.index = index
        self.setID = setID
        self.value = value
    }

    /// The set's id as it stands on the page, for example `7K3M-9QXD`.
    public var setName: String {
        let text = Crockford.encode(setID)
        return "\(text.prefix(4))-\(text.suffix(4))"
    }
}
