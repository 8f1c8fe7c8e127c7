/// How long a sealed content is made to look.
///
/// The length is rounded up to a bucket and given random slack, anew for each copy: a size tells the order of magnitude
/// and no more, and two copies of one document do not show by it.
public enum PaddedLength {
    /// Nothing looks shorter than this, so that short notes look alike.
    public static let leastByteCount: UInt64 = 256

    /// Longer contents are refused by the sealer: 2^48 bytes.
    public static let mostByteCount: UInt64 = 1 << 48

    /// Random slack is less than this many units of the bucket.
    static let slackUnitCount: UInt64 = 3

    /// `byteCount` rounded up to its bucket, plus random slack.
    ///
    /// Adds at most four units of the bucket: a quarter of a length below 64 KiB, an eighth below 4 GiB.
    ///
    /// - Requires: at most ``mostByteCount``.
    public static func padded(_ byteCount: UInt64, random: any SecureRandom = SystemRandom()) -> UInt64 {
        precondition(byteCount <= mostByteCount, "longer than any stream")
        let unit = unit(of: byteCount)
        return bucket(of: byteCount) + random.number(below: slackUnitCount * unit)
    }

    /// The bucket: `byteCount`, but at least ``leastByteCount``, rounded up to a whole number of units.
    public static func bucket(of byteCount: UInt64) -> UInt64 {
        let unit = unit(of: byteCount)
        return (max(byteCount, leastByteCount) + unit - 1) / unit * unit
    }

    /// Padmé's unit (Nikitin et al., PURBs, 2019): a power of two that keeps only the leading bits of a length, as many
    /// as its binary logarithm has bits.
    private static func unit(of byteCount: UInt64) -> UInt64 {
        let exponent = 63 - max(byteCount, leastByteCount).leadingZeroBitCount
        let kept = Int.bitWidth - exponent.leadingZeroBitCount
        return 1 << UInt64(exponent - kept)
    }
}
