import Crypto
public import Foundation

/// Splits a secret among custodians and restores it: Shamir's scheme over GF(2^8), byte by byte.
///
/// How the bytes are shared is in <doc:RecoverySharePageFormat>.
public enum RecoveryShares {
    /// The length of a secret.
    public static let secretByteCount = 32

    private static let checksumByteCount = 4

    /// Splits `secret` so that any `threshold` of `count` shares restore it.
    ///
    /// - Throws: ``SealingFault/malformed(_:)`` unless the secret is 32 bytes and 2 ≤ threshold ≤ count ≤ 32.
    public static func split(
        _ secret: Data, threshold: Int, count: Int, random: any SecureRandom = SystemRandom()
    ) throws -> [RecoveryShare] {
        guard secret.count == secretByteCount else { throw SealingFault.malformed("a secret is 32 bytes") }
        guard (2...RecoveryShare.mostCount).contains(threshold), (threshold...RecoveryShare.mostCount).contains(count)
        else { throw SealingFault.malformed("a threshold is 2 to the number of shares, at most 32 of them") }
        let setID = random.bytes(RecoveryShare.setIDByteCount)
        let polynomials = (secret + checksum(of: secret, in: setID)).map { [$0] + random.bytes(threshold - 1) }
        return try (1...count).map { index in
            let value = Data(polynomials.map { GaloisField.evaluate($0, at: UInt8(index)) })
            return try RecoveryShare(threshold: threshold, count: count, index: index, setID: setID, value: value)
        }
    }

    /// Restores the secret; all shares given are used, and must agree.
    ///
    /// - Throws: ``SealingFault/sharesOfDifferentSets``; ``SealingFault/tooFewShares(needed:have:)``, where one share
    ///   given twice counts once; ``SealingFault/damaged`` if a share is not what was handed out.
    public static func combine(_ shares: [RecoveryShare]) throws -> Data {
        let different = Set(shares).sorted { $0.index < $1.index }
        guard let first = different.first else { throw SealingFault.tooFewShares(needed: 2, have: 0) }
        guard
            different.allSatisfy({
                $0.setID == first.setID && $0.threshold == first.threshold && $0.count == first.count
            })
        else { throw SealingFault.sharesOfDifferentSets }
        guard Set(different.map(\.index)).count == different.count else { throw SealingFault.damaged }
        guard different.count >= first.threshold else {
            throw SealingFault.tooFewShares(needed: first.threshold, have: different.count)
        }
        let chosen = Array(different.prefix(first.threshold))
        for other in different.dropFirst(first.threshold) where value(of: chosen, at: other.index) != other.value {
            throw SealingFault.damaged
        }
        let restored = value(of: chosen, at: 0)
        let secret = Data(restored.prefix(secretByteCount))
        guard checksum(of: secret, in: first.setID).matches(Data(restored.suffix(checksumByteCount))) else {
            throw SealingFault.damaged
        }
        return secret
    }

    private static func value(of shares: [RecoveryShare], at place: Int) -> Data {
        Data(
            (0..<RecoveryShare.valueByteCount).map { byte in
                GaloisField.interpolate(
                    shares.map { (x: UInt8($0.index), y: $0.value[$0.value.startIndex + byte]) }, at: UInt8(place))
            })
    }

    /// Shared along with the secret, so it tells fewer than the threshold nothing.
    private static func checksum(of secret: Data, in setID: Data) -> Data {
        let message = Data(Label.recoverySecret.text.utf8) + [0] + setID + secret
        return Data(SHA256.hash(data: message).prefix(checksumByteCount))
    }
}
