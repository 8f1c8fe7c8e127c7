import Crypto
import CryptoExtras
import Foundation

/// How much work each guess at a passphrase costs: scrypt with N = 2^``log2N``, r = 8, p = 1.
///
/// Memory is 2^``log2N`` KiB: 128 MiB for ``standard``.
public struct WorkFactor: Hashable, Sendable {
    /// The binary logarithm of scrypt's N.
    public let log2N: Int

    /// N = 2^17, r = 8, p = 1: the first choice of the OWASP Password Storage Cheat Sheet.
    public static let standard = WorkFactor(trusted: 17)
    /// N = 2^14: for tests and practice; the least a file may ask for.
    public static let leastAllowed = WorkFactor(trusted: leastLog2N)

    /// The least exponent read or written.
    public static let leastLog2N = 14
    /// The greatest exponent read or written: 1 GiB of memory, some seconds. A file asking for more is an attack.
    public static let mostLog2N = 20

    static let blockSize = 8
    static let parallelism = 1
    static let saltByteCount = 32

    /// A work factor within the limits.
    ///
    /// - Throws: ``SealingFault/workFactorRefused(log2N:)`` outside 14 to 20.
    public init(log2N: Int) throws {
        guard (WorkFactor.leastLog2N...WorkFactor.mostLog2N).contains(log2N) else {
            throw SealingFault.workFactorRefused(log2N: log2N)
        }
        self.init(trusted: log2N)
    }

    private init(trusted log2N: Int) { self.log2N = log2N }

    /// 32 bytes of scrypt.
    func key(of passphrase: Data, salt: Data) throws -> Data {
        try KDF.Scrypt.deriveKey(
            from: passphrase, salt: salt, outputByteCount: SecretBox.keyByteCount, rounds: 1 << log2N,
            blockSize: WorkFactor.blockSize, parallelism: WorkFactor.parallelism
        ).bytes
    }
}
